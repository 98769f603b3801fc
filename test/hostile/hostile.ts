import { parseArgs } from 'node:util';
import { describeError } from '../../src/base/errors.ts';
import { checkers } from './checkers/all.ts';
import { measure } from './measure.ts';
import type { Measured } from './measure.ts';
import { Totals } from './totals.ts';

/**
 * `npm run hostile -- [--inputs N] [--seed S] [--only INDEX]`: inputs that were made to be slow, through everything that
 * judges what users write. Exit code 1 when one takes more than 100 ms a kilobyte or ends in an error that nobody expects.
 * There is no timer: work that does not end shows as the index that was printed last.
 */
const { values } = parseArgs({
  options: { inputs: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const seed = Number(values.seed ?? 1);
const first = Number(values.only ?? 0);
const count = values.only === undefined ? Number(values.inputs ?? 10_000) : 1;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

print(`${count} inputs for ${checkers.length} checkers, seed ${seed}`);
const totals = new Totals();
for (let index = first; index < first + count; index += 1) {
  if ((index - first) % 1000 === 999) print(`… ${index + 1 - first}`);
  totals.add(measure(seed, index));
}
const describe = ({ index, checker, bytes, milliseconds, perKilobyte, error }: Measured): string =>
  `  --seed ${seed} --only ${index}: ${checker}, ${bytes} bytes, ${milliseconds.toFixed(0)} ms, ${perKilobyte.toFixed(0)} ms/kB` +
  (error === undefined ? '' : `: ${describeError(error)}`);
for (const one of totals.slow) print(`SLOW${describe(one)}`);
for (const one of totals.crashed) print(`CRASHED${describe(one)}`);
print(totals.describe(seed));
process.exitCode = totals.slow.length + totals.crashed.length === 0 ? 0 : 1;
