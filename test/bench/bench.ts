/**
 * `npm run bench`, `node --import tsx test/bench/bench.ts [--real] [MONITORS…]`: start, one change, a burst and memory of the operator with
 * many ServiceMonitors, beside the floor measured in the same run; `--real`: against a real kube-apiserver. The figures are printed,
 * never asserted. Linux only (proc(5)).
 */
import { loadavg } from 'node:os';
import { startEmbedded, startReal } from './cluster.ts';
import type { Figures, Floor } from './measure.ts';
import { fullEffort, measure, measureFloor } from './measure.ts';
import { stoker } from './subjects.ts';

type Measured = Figures & { readonly floor: Floor };

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

async function measureOne(isReal: boolean, monitors: number): Promise<Measured> {
  const cluster = isReal ? await startReal() : await startEmbedded(monitors);
  try {
    await cluster.fill(monitors);
    const figures = await measure(cluster, stoker(), { monitors });
    return { ...figures, floor: await measureFloor(cluster, Math.round(figures.largestKb * 1024)) };
  } finally {
    await cluster.stop();
  }
}

function print(title: string, all: readonly Measured[]): void {
  const { changes, burst } = fullEffort;
  const rows: [string, (figures: Measured) => string][] = [
    ['start to complete config, ms', ({ startMs }) => round(startMs)],
    ['CPU of the start, ms', ({ startCpuMs }) => round(startCpuMs)],
    [`one change to changed Secret, ms (median of ${changes})`, ({ changeMs }) => round(changeMs)],
    ['floor: one event and one Secret PUT, ms', ({ floor }) => round(floor.ms)],
    ['one change, times the floor', ({ changeMs, floor }) => round(changeMs / floor.ms)],
    ['CPU of one change, ms', ({ changeCpuMs }) => round(changeCpuMs)],
    ['CPU of the floor, with the change itself, ms', ({ floor }) => round(floor.cpuMs)],
    [`burst of ${burst} changes to complete config, ms`, ({ burstMs }) => round(burstMs)],
    ['CPU of the burst, ms', ({ burstCpuMs }) => round(burstCpuMs)],
    ['peak memory of the start, MB', ({ startPeakMb }) => round(startPeakMb)],
    ['peak memory, MB', ({ peakMb }) => round(peakMb)],
    [
      'written to the API server for one change, KB',
      ({ changeBytes: bytes }) => (bytes === undefined ? '' : round(bytes / 1024)),
    ],
    ['configuration in Secrets, KB', ({ configKb }) => round(configKb)],
    ['Secrets with it', ({ secrets }) => String(secrets)],
    ['the largest of them, KB', ({ largestKb }) => round(largestKb)],
  ];
  const lines = [
    `| ServiceMonitors (${title}) | ${all.map(({ monitors }) => monitors).join(' | ')} |`,
    `|---|${all.map(() => '--:').join('|')}|`,
    ...rows.map(([name, show]) => `| ${name} | ${all.map(show).join(' | ')} |`),
    `load of the machine: ${loadavg().map(round).join(' ')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const words = process.argv.slice(2);
const isReal = words.includes('--real');
const wanted = words.filter((word) => !word.startsWith('--')).map(Number);
const all: Measured[] = [];
for (const monitors of wanted.length > 0 ? wanted : [2000, 10_000]) all.push(await measureOne(isReal, monitors));
print(isReal ? 'real kube-apiserver' : 'embedded API server', all);
