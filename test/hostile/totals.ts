import { mostPerKilobyte } from './measure.ts';
import type { Measured } from './measure.ts';

interface Row {
  count: number;
  refused: number;
  crashed: number;
  bytes: number;
  milliseconds: number;
  slowest: Measured;
}

/** What is printed of many inputs. */
export class Totals {
  readonly #rows = new Map<string, Row>();
  readonly #slow: Measured[] = [];
  readonly #crashed: Measured[] = [];

  add(one: Measured): void {
    const row = this.#rowOf(one);
    row.count += 1;
    row.bytes += one.bytes;
    row.milliseconds += one.milliseconds;
    if (one.outcome === 'refused') row.refused += 1;
    if (one.outcome === 'crashed') row.crashed += 1;
    if (one.perKilobyte > row.slowest.perKilobyte) row.slowest = one;
    if (one.perKilobyte > mostPerKilobyte) this.#slow.push(one);
    if (one.outcome === 'crashed') this.#crashed.push(one);
  }

  #rowOf(one: Measured): Row {
    const known = this.#rows.get(one.checker);
    const row = known ?? { count: 0, refused: 0, crashed: 0, bytes: 0, milliseconds: 0, slowest: one };
    this.#rows.set(one.checker, row);
    return row;
  }

  /** Those above the bound. */
  get slow(): readonly Measured[] {
    return this.#slow;
  }

  get crashed(): readonly Measured[] {
    return this.#crashed;
  }

  /** A line for each checker, and one for all. */
  describe(seed: number): string {
    const head = ['checker', 'inputs', 'refused', 'crashed', 'MB', 'seconds', 'slowest ms', 'bytes', 'ms/kB', 'index'];
    const rows = [...this.#rows].map(([name, { slowest, ...row }]) => [
      name,
      ...[row.count, row.refused, row.crashed].map(String),
      (row.bytes / 1e6).toFixed(1),
      (row.milliseconds / 1000).toFixed(1),
      slowest.milliseconds.toFixed(1),
      String(slowest.bytes),
      slowest.perKilobyte.toFixed(1),
      String(slowest.index),
    ]);
    return [...[head, ...rows].map(writeRow), this.#describeAll(seed)].join('\n');
  }

  #describeAll(seed: number): string {
    const rows = [...this.#rows.values()];
    const count = rows.reduce((sum, row) => sum + row.count, 0);
    const slowest = Math.max(...rows.map((row) => row.slowest.perKilobyte));
    const crashes = this.#crashed.length === 0 ? '' : `; ${this.#crashed.length} crashed`;
    return `${count} inputs, seed ${seed}, slowest ${slowest.toFixed(1)} ms/kB; ${this.#slow.length} above ${mostPerKilobyte} ms a kilobyte${crashes}`;
  }
}

function writeRow([name = '', ...cells]: readonly string[]): string {
  return `${name.padEnd(24)}${cells.map((cell) => cell.padStart(11)).join('')}`;
}
