/**
 * `npm run curve [MONITORS…]`: what start and one change cost with 100 to 50,000 ServiceMonitors, for Stoker and for prometheus-operator (built
 * by test/control-plane/build.sh prometheus-operator), one after the other against the same real kube-apiserver. Writes the table into
 * docs/scale.md and the picture beside it. The figures are printed, never asserted. Linux only (proc(5)).
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { secretType, serviceType, statefulSetType } from '../../src/api/builtin-types.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { findBinary } from '../control-plane/locate.ts';
import type { BenchCluster } from './cluster.ts';
import { startReal } from './cluster.ts';
import { writeSection } from './document.ts';
import type { Effort, Figures, Floor } from './measure.ts';
import { GaveUpError, measure, measureFloor } from './measure.ts';
import { nameNamespace } from './monitors.ts';
import type { Subject } from './subjects.ts';
import { reference, stoker } from './subjects.ts';
import type { Panel, Series } from './svg-panels.ts';
import { drawPanels } from './svg-panels.ts';

interface Point {
  readonly monitors: number;
  readonly subject: string;
  /** Undefined: it came to no complete configuration. */
  readonly figures: Figures | undefined;
  readonly load: number;
}

const picture = 'docs/scale-curve.svg';
const usualSizes = [100, 1000, 5000, 10_000, 20_000, 50_000];
/** Where one change takes seconds, few are enough. */
const effortOf = (subject: Subject, monitors: number): Effort => ({
  changes: subject.name === 'Stoker' ? 20 : monitors > 5000 ? 2 : 5,
  burst: 0,
  patienceMs: 240_000,
});

/** What an operator has made: the next one is to start from nothing. */
async function clear(client: KubernetesClient): Promise<void> {
  const namespace = nameNamespace(0);
  for (const type of [statefulSetType, serviceType, secretType]) {
    const { items } = await client.list(type, { namespace, metadataOnly: true });
    for (const { metadata } of items) await client.delete(type, { namespace, name: metadata.name ?? '' });
  }
}

async function measurePoint(cluster: BenchCluster, subject: Subject, monitors: number): Promise<Point> {
  const load = loadavg()[0] ?? 0;
  const point = { monitors, subject: subject.name, load };
  try {
    const figures = await measure(cluster, subject, { monitors, effort: effortOf(subject, monitors) });
    return { ...point, figures };
  } catch (error) {
    if (!(error instanceof GaveUpError)) throw error;
    return { ...point, figures: undefined };
  } finally {
    await clear(cluster.client);
  }
}

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(2));

interface Column {
  readonly title: string;
  readonly read: (figures: Figures) => number | undefined;
}

const columns: readonly Column[] = [
  { title: 'start, s', read: ({ startMs }) => startMs / 1000 },
  { title: 'CPU of the start, s', read: ({ startCpuMs }) => startCpuMs / 1000 },
  { title: 'one change, s', read: ({ changeMs }) => changeMs / 1000 },
  { title: 'CPU of one change, ms', read: ({ changeCpuMs }) => changeCpuMs },
  { title: 'peak memory, MB', read: ({ peakMb }) => peakMb },
  { title: 'written for one change, KB', read: ({ changeBytes }) => changeBytes && changeBytes / 1024 },
];

function writeTable(points: readonly Point[], floors: ReadonlyMap<number, Floor>): string {
  const rows = points.map(({ monitors, subject, figures, load }) => {
    const floor = floors.get(monitors);
    const ratio = figures && floor && figures.changeMs / floor.ms;
    const cells = columns.map(({ read }) => figures && read(figures));
    const shown = [...cells.slice(0, 3), ratio, ...cells.slice(3)].map((cell) =>
      cell === undefined ? '–' : round(cell),
    );
    return `| ${monitors} | ${subject} | ${shown.join(' | ')} | ${round(load)} |`;
  });
  const [start, cpu, change, ...rest] = columns.map(({ title }) => title);
  const titles = [start, cpu, change, 'times the floor', ...rest, 'load'];
  return [
    `| ServiceMonitors | operator | ${titles.join(' | ')} |`,
    `|--:|---|${titles.map(() => '--:').join('|')}|`,
    ...rows,
  ].join('\n');
}

function draw(points: readonly Point[]): string {
  const subjects = [...new Set(points.map(({ subject }) => subject))];
  const panels = columns.map(({ title, read }): Panel => {
    const series = subjects.map((name): Series => {
      const own = points.filter(({ subject }) => subject === name);
      const values = own.flatMap(({ monitors, figures }) => {
        const y = figures && read(figures);
        return y === undefined || y <= 0 ? [] : [{ x: monitors, y }];
      });
      return { name, points: values };
    });
    return { title, series };
  });
  return drawPanels('ServiceMonitors', panels);
}

const wanted = process.argv.slice(2).map(Number);
const sizes = wanted.length > 0 ? wanted : usualSizes;
const binary = findBinary('prometheus-operator');
const subjects = [stoker(), ...(binary === undefined ? [] : [reference(binary)])];
const cluster = await startReal();
const points: Point[] = [];
const floors = new Map<number, Floor>();

/** After each size: a run that is broken off leaves what it has measured. */
function publish(): void {
  const absent =
    binary === undefined ? '\n\nThe reference is absent: test/control-plane/build.sh has not built it.' : '';
  writeFileSync(picture, draw(points));
  writeSection('docs/scale.md', 'curve', `${writeTable(points, floors)}${absent}`);
}

try {
  for (const monitors of sizes) {
    await cluster.fill(monitors);
    for (const subject of subjects) {
      const point = await measurePoint(cluster, subject, monitors);
      points.push(point);
      const bytes = Math.round((point.figures?.largestKb ?? 0) * 1024);
      if (subject === subjects[0] && bytes > 0) floors.set(monitors, await measureFloor(cluster, bytes));
      process.stderr.write(`${writeTable([point], floors).split('\n').at(-1) ?? ''}\n`);
    }
    publish();
  }
} finally {
  await cluster.stop();
}
process.stdout.write(`${writeTable(points, floors)}\n`);
