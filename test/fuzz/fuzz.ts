import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, explain, operator, plan, render, targets } from './doors.ts';
import type { Door } from './doors.ts';
import { makeBigInputs, makeInput } from './input.ts';
import type { FuzzInput } from './input.ts';
import { shrinkInput } from './shrink.ts';
import { webhook } from './webhook-door.ts';

const doors: Readonly<Record<string, Door>> = { operator, webhook, check, render, explain, targets, plan };

/** Each input comes to the doors of the operator, and to one of the commands, which share what they read with: they take turns. */
const commands = ['check', 'render', 'explain', 'targets'] as const;
/** Beside the door of that turn: who came to which door once comes there again. */
const planTurn = 3;
const takesTurn = (door: string, turn: number): boolean =>
  door === 'plan'
    ? turn % commands.length === planTurn
    : !commands.some((one) => one === door) || commands[turn % commands.length] === door;

export interface DoorTotals {
  inputs: number;
  answered: number;
  refused: number;
  crashes: number;
  slowestMs: number;
  slowest: string;
}

export interface CrashReport {
  readonly door: string;
  readonly input: string;
  readonly error: string;
  readonly shrunk: string;
}

export interface FuzzResult {
  readonly totals: ReadonlyMap<string, DoorTotals>;
  /** One for each place that crashed. */
  readonly crashes: readonly CrashReport[];
  readonly peakHeapMb: number;
}

export interface FuzzOptions {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  /** Whether the large inputs are among them. */
  readonly big: boolean;
  readonly progress?: (done: number) => void;
}

/** What was thrown and where, by which crashes of one cause are told once. */
export function describeCrash(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const places = (error.stack ?? '').split('\n').filter((line) => line.includes('/src/'));
  const where = places.slice(0, 3).map((line) => line.replace(/^.*\/src\//, 'src/').replace(/\)$/, ''));
  return `${error.name}: ${error.message.slice(0, 500)} (${where.join(' < ')})`;
}

const classOf = (error: unknown): string => {
  const places = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => line.includes('/src/')) : [];
  return `${error instanceof Error ? error.name : ''} ${places[0] ?? String(error).slice(0, 60)}`;
};

class Run {
  readonly totals = new Map<string, DoorTotals>();
  readonly crashes = new Map<string, CrashReport>();
  readonly folder = mkdtempSync(join(tmpdir(), 'stoker-fuzz-'));
  peak = 0;

  /** @param turn undefined for all doors. */
  async knockAll(name: string, input: FuzzInput, turn?: number): Promise<void> {
    const isBig = turn === undefined;
    for (const [door, knock] of Object.entries(doors))
      if (turn === undefined || takesTurn(door, turn)) await this.#knock(door, knock, { name, input, isBig });
  }

  async #knock(
    door: string,
    knock: Door,
    { name, input, isBig }: { name: string; input: FuzzInput; isBig: boolean },
  ): Promise<void> {
    const totals = this.totals.get(door) ?? {
      inputs: 0,
      answered: 0,
      refused: 0,
      crashes: 0,
      slowestMs: 0,
      slowest: '',
    };
    this.totals.set(door, totals);
    totals.inputs += 1;
    const began = performance.now();
    try {
      totals[await knock(input, this.folder)] += 1;
    } catch (error) {
      totals.crashes += 1;
      await this.#report(error, { door, name, input, isBig });
    }
    const took = performance.now() - began;
    if (took > totals.slowestMs && !isBig) Object.assign(totals, { slowestMs: took, slowest: name });
    this.peak = Math.max(this.peak, process.memoryUsage().heapUsed);
  }

  async #report(
    error: unknown,
    { door, name, input, isBig }: { door: string; name: string; input: FuzzInput; isBig: boolean },
  ): Promise<void> {
    const sought = classOf(error);
    const key = `${door} ${sought}`;
    if (this.crashes.has(key)) return;
    const crashesAlike = async (one: FuzzInput): Promise<boolean> => {
      try {
        await doors[door]?.(one, this.folder);
        return false;
      } catch (other) {
        return classOf(other) === sought;
      }
    };
    const shrunk = isBig ? 'not shrunk: it is large' : await shrinkInput(input, crashesAlike);
    this.crashes.set(key, { door, input: name, error: describeCrash(error), shrunk });
  }
}

/** Sends inputs through all doors. What a door does with one never depends on those before. */
export async function fuzz({ seed, first, count, big, progress }: FuzzOptions): Promise<FuzzResult> {
  const run = new Run();
  try {
    for (let index = first; index < first + count; index += 1) {
      await run.knockAll(`seed ${seed} index ${index}`, makeInput(seed, index), index);
      progress?.(index - first + 1);
    }
    if (big) for (const [name, make] of makeBigInputs()) await run.knockAll(name, make());
  } finally {
    rmSync(run.folder, { recursive: true });
  }
  return { totals: run.totals, crashes: [...run.crashes.values()], peakHeapMb: Math.round(run.peak / 1024 / 1024) };
}
