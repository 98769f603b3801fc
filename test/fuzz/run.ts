import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import type { FuzzResult } from './fuzz.ts';

/** `npm run fuzz -- [--inputs N] [--seed S] [--first I] [--no-big]`: bad inputs at every door; exit code 1 when one crashes. */

const { values } = parseArgs({
  options: {
    inputs: { type: 'string' },
    seed: { type: 'string' },
    first: { type: 'string' },
    'no-big': { type: 'boolean' },
  },
});
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const seed = Number(values.seed ?? 1);
const count = Number(values.inputs ?? 10_000);
const began = process.cpuUsage();
print(`seed ${seed}, ${count} inputs`);
const progress = (done: number): void => {
  if (done % 1000 === 0) print(`… ${done}`);
};
const result = await fuzz({ seed, first: Number(values.first ?? 0), count, big: values['no-big'] !== true, progress });
print(describe(result));
process.exitCode = result.crashes.length === 0 ? 0 : 1;

function describe({ totals, crashes, peakHeapMb }: FuzzResult): string {
  const rows = [...totals].map(([door, { inputs, answered, refused, crashes: crashed, slowestMs, slowest }]) =>
    [
      door.padEnd(13),
      ...[inputs, answered, refused, crashed, Math.round(slowestMs)].map((one) => String(one).padStart(9)),
      `  ${slowest}`,
    ].join(''),
  );
  const { user, system } = process.cpuUsage(began);
  return [
    ...crashes.map(({ door, input, error, shrunk }) => `CRASH at ${door}: ${input}\n  ${error}\n  ${shrunk}`),
    'door            inputs answered  refused  crashes  slowest ms',
    ...rows,
    `peak heap ${peakHeapMb} MB, ${Math.round((user + system) / 1e6)} s of CPU; ${crashes.length} crashes of different causes`,
  ].join('\n');
}
