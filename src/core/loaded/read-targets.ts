import type { Interruptible } from '../../base/interruptible.ts';
import { isJsonObject } from '../../base/json.ts';
import { targetsAtOnce } from '../limits.ts';

/** The targets of one job, as one replica has them. */
export interface PoolHealth {
  readonly up: number;
  /** Those that were not scraped yet. */
  readonly fresh: number;
  readonly total: number;
  /** Of the first one that is down; "" when none is. */
  readonly lastError: string;
}

const opening = '"activeTargets":[';

/**
 * What `/api/v1/targets?state=active` says, by job. The answer may have tens of megabytes: its targets are read one by one. It may rest
 * behind some of them.
 * @returns undefined when it is no such answer
 */
export function* readTargetsAnswer(answer: string): Interruptible<ReadonlyMap<string, PoolHealth> | undefined> {
  const pools = new Map<string, PoolHealth>();
  const open = answer.slice(0, 200).indexOf(opening);
  if (open < 0) return undefined;
  let at = open + opening.length;
  for (let count = 1; answer[at] === '{'; count += 1) {
    const end = endOfObject(answer, at);
    const target = end === undefined ? undefined : parse(answer.slice(at, end));
    if (end === undefined || !isJsonObject(target)) return undefined;
    addTarget(pools, target);
    at = answer[end] === ',' ? end + 1 : end;
    if (count % targetsAtOnce === 0) yield;
  }
  return answer[at] === ']' ? pools : undefined;
}

function addTarget(pools: Map<string, PoolHealth>, target: Readonly<Record<string, unknown>>): void {
  const { scrapePool, health, lastError } = target;
  if (typeof scrapePool !== 'string') return;
  const before = pools.get(scrapePool) ?? { up: 0, fresh: 0, total: 0, lastError: '' };
  const isUp = health === 'up';
  const isFresh = health === 'unknown';
  const error = isUp || isFresh || typeof lastError !== 'string' ? '' : lastError;
  pools.set(scrapePool, {
    up: before.up + (isUp ? 1 : 0),
    fresh: before.fresh + (isFresh ? 1 : 0),
    total: before.total + 1,
    lastError: before.lastError === '' ? error : before.lastError,
  });
}

/** Behind the brace that closes the one at `start`. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfText(text, at);
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** The quote that closes the one at `start`. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
