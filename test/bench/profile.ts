/**
 * `node --import tsx test/bench/profile.ts [--real] [MONITORS]`: where the time of one change goes, from a CPU profile of the operator while 40
 * monitors change one after the other, by the file of ours that was at work. Writes the table into docs/scale.md. Printed, never asserted.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { SourceMap } from 'node:module';
import type { SourceMapPayload } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../control-plane/readiness.ts';
import { startEmbedded, startReal } from './cluster.ts';
import { writeSection } from './document.ts';
import { measure } from './measure.ts';
import { stoker } from './subjects.ts';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly children?: readonly number[];
}

interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds. */
  readonly timeDeltas: readonly number[];
}

/** What files of src belong to, the first that fits. */
const stages: readonly (readonly [string, RegExp])[] = [
  ['event: lines of the watch, parsed', /^kubernetes\/client\/(watch-stream|error-answer)/],
  ['event: trimmed, frozen, stored; lists in order', /^kubernetes\/cache\//],
  ['status: counted, compared, patched', /^(core\/status|controllers\/workload\/(status|written-statuses))/],
  [
    'handlers, queues, turns',
    /^(runtime\/(turns|coalescer|controller)|kubernetes\/workqueue|controllers\/workload\/(handlers|reconcile))/,
  ],
  [
    'matching, verdicts of the last time',
    /^core\/(select\/(match|monitor|affected|rules)|monitor|kinds|desired\/desired)/,
  ],
  ['gzip of one chunk, all chunks joined', /^core\/render\/prometheus\/config\/(chunks|prometheus-config|fragment)/],
  [
    'the changed monitor: checked, rendered, loaded',
    /^(core\/(select|field-checks|prometheus-config|promql|relabel|findings|object-bounds|assets)|core\/render\/prometheus\/config|base\/(yaml|go-regexp|durations))/,
  ],
  [
    'digest and base64 of the Secret',
    /^core\/(desired\/config-secrets|render\/shared\/secret|render\/prometheus\/prometheus-secrets)/,
  ],
  ['PUT: JSON, sent, answer read', /^(kubernetes\/client|runtime\/(applier|fenced-client))/],
  ['StatefulSet and other objects: rendered, compared', /^(core\/|controllers\/|base\/|api\/)/],
  ['metrics, log, event loop', /^operator\//],
];
const collector = 'garbage collection on the main thread';
const outside = 'Node: sockets, TLS, timers';

/** Names the stage of each node: that of the innermost function of ours, or what V8 and Node do by themselves. */
class Stages {
  readonly #nodes: ReadonlyMap<number, ProfileNode>;
  readonly #parents = new Map<number, number>();
  readonly #map: SourceMap;

  constructor({ nodes }: CpuProfile, map: SourceMap) {
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    for (const { id, children = [] } of nodes) for (const child of children) this.#parents.set(child, id);
    this.#map = map;
  }

  /** Undefined: nothing was computed. */
  of(id: number): string | undefined {
    const { functionName } = this.#nodes.get(id)?.callFrame ?? { functionName: '(idle)' };
    if (functionName === '(idle)') return undefined;
    if (functionName === '(garbage collector)') return collector;
    for (let at: number | undefined = id; at !== undefined; at = this.#parents.get(at)) {
      const file = this.#fileOf(at);
      if (file !== undefined) return stages.find(([, files]) => files.test(file))?.[0] ?? outside;
    }
    return outside;
  }

  #fileOf(id: number): string | undefined {
    const { url, lineNumber, columnNumber } = this.#nodes.get(id)?.callFrame ?? {};
    if (url?.endsWith('stoker.mjs') !== true) return undefined;
    const entry = this.#map.findEntry(lineNumber ?? 0, columnNumber ?? 0);
    const source = 'originalSource' in entry ? entry.originalSource : '';
    return /(?:^|\/)src\/(.*)\.ts$/.exec(source)?.[1];
  }
}

function sumByStage(profile: CpuProfile, map: SourceMap): Map<string, number> {
  const named = new Stages(profile, map);
  const sums = new Map<string, number>();
  for (const [at, id] of profile.samples.entries()) {
    const stage = named.of(id);
    if (stage !== undefined) sums.set(stage, (sums.get(stage) ?? 0) + (profile.timeDeltas[at + 1] ?? 0) / 1000);
  }
  return sums;
}

/** @param cpuMs of one change, measured in the same run: samples tell the share of time, others on the same cores stretch the time itself */
function writeTable(sums: ReadonlyMap<string, number>, cpuMs: number): string {
  const all = [...sums.values()].reduce((sum, ms) => sum + ms, 0);
  const rows = [...sums].sort(([, a], [, b]) => b - a);
  const show = ([name, ms]: readonly [string, number]): string =>
    `| ${name} | ${((ms / all) * 100).toFixed(0)} % | ${((ms / all) * cpuMs).toFixed(1)} |`;
  return ['| one change | share | ms of CPU |', '|---|--:|--:|', ...rows.map(show), show(['all', all])].join('\n');
}

const words = process.argv.slice(2);
const isReal = words.includes('--real');
const monitors = Number(words.find((word) => !word.startsWith('--')) ?? 10_000);
const changes = 40;
const folder = mkdtempSync(join(tmpdir(), 'stoker-profile-'));
const bundle = join(folder, 'stoker.mjs');
execFileSync(process.execPath, ['scripts/build.mjs', bundle, '--source-map'], { stdio: 'inherit' });
const cluster = isReal ? await startReal() : await startEmbedded(monitors);
const address = `127.0.0.1:${await findFreePort()}`;
/** Begins when the bench asks what was written before the first change. */
let taken: Promise<string> | undefined;
const profiled = {
  ...cluster,
  readWrittenBytes: () => {
    taken ??= fetch(`http://${address}/debug/pprof/profile?seconds=${Math.ceil(changes * 0.75)}`).then((answer) =>
      answer.text(),
    );
    return Promise.resolve(undefined);
  },
};
try {
  await cluster.fill(monitors);
  const subject = stoker([`--debug.listen-address=${address}`], bundle);
  const { changeCpuMs } = await measure(profiled, subject, {
    monitors,
    effort: { changes, burst: 0, patienceMs: 600_000 },
    beforeStop: () => taken,
  });
  const profile = JSON.parse((await taken) ?? '{}') as CpuProfile;
  const map = new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as SourceMapPayload);
  const table = writeTable(sumByStage(profile, map), changeCpuMs);
  process.stdout.write(`${table}\n`);
  writeSection('docs/scale.md', 'profile', table);
} finally {
  await cluster.stop();
  rmSync(folder, { recursive: true });
}
