import type { AssetObject } from '../../src/core/assets/store.ts';
import type { StoreSnapshot } from '../../src/sandbox/store/store.ts';
import type { Script } from './action.ts';
import type { Cluster } from './cluster.ts';
import type { LogLine, OperatorProcess } from './operator-process.ts';
import { listGoodAssets } from './objects.ts';
import { Simulation } from './simulation.ts';
import { captureState, compareStates, identifyUserObjects, keepUserObjects, listExcuses } from './state.ts';

export interface RunResult {
  /** What is wrong, in sentences; empty: nothing. */
  readonly findings: readonly string[];
  /** Simulated milliseconds from the last action until all was as a fresh operator would have made it. */
  readonly settledMs: number;
  /** Simulated milliseconds that all of it took. */
  readonly simulatedMs: number;
  /** Real milliseconds that the event loop was held at most by one timer and what it set off. */
  readonly longestTurnMs: number;
  /** Milliseconds of CPU that one piece of rendering took at most. */
  readonly longestPieceMs: number;
  readonly writes: number;
  readonly faults: number;
  /** Of all requests and their times: the same run has the same. */
  readonly digest: string;
  /** The last lines of the operator's log. */
  readonly log: readonly LogLine[];
}

export interface RunOptions {
  /** The cluster to begin with. */
  readonly template: StoreSnapshot;
  /** Of all maps and sets of this process; absent: they are not looked at. */
  readonly countEntries?: () => Promise<number>;
}

/**
 * After the last fault everything has to be right within this time: a watch that hangs is found after 130 s, a request
 * that hangs after 60 s, and each is tried again with a back-off of up to a minute.
 */
const settleMs = 360_000;
/** What is excused from the comparison is tried again, too, and counted again: all that waits for that has had its turn then. */
const leastSettleMs = 90_000;
const stepMs = 30_000;
/** How long nothing may be written once all is right: longer than pods are polled and caches are believed. */
const quietMs = 130_000;
const freshMs = 90_000;

/** Mistakes of the program, as they show in the log; whatever users and servers do must not lead to one. */
const bug =
  /TypeError|ReferenceError|RangeError|Maximum call stack|Cannot read propert|is not a function|is not iterable/;

/** Carries out a script, waits until all should be well, and says what is not. */
export async function runScript(script: Script, { template, countEntries }: RunOptions): Promise<RunResult> {
  const simulation = new Simulation(script, template);
  const findings: string[] = [];
  let settledMs = 0;
  let faults = 0;
  try {
    for (const action of script.actions) await simulation.perform(action);
    faults = simulation.cluster.faults.hits;
    simulation.cluster.calmDown();
    const settled = await settle(simulation, script, template);
    settledMs = settled.afterMs;
    findings.push(...settled.findings);
    if (findings.length === 0) findings.push(...(await examine(simulation, settled.fresh, countEntries)));
    if (findings.length === 0 && script.mends && mend(simulation, settled.fresh, script)) {
      const mended = await settle(simulation, script, template);
      findings.push(...mended.findings.map((one) => `After users had put right what was wrong: ${one}`));
    }
  } catch (error) {
    findings.push(`The run ended: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  findings.push(...listBugs(simulation));
  simulation.stop();
  const { time, cluster, log } = simulation;
  return {
    findings,
    settledMs,
    simulatedMs: time.monotonic(),
    faults,
    longestTurnMs: time.longestTurnMs,
    longestPieceMs: simulation.longestPieceMs,
    writes: cluster.writes.length,
    digest: cluster.digest(),
    log,
  };
}

interface Settled {
  readonly findings: string[];
  readonly afterMs: number;
  readonly fresh: Simulation;
}

/** Waits until the cluster is what a fresh operator would make of it. */
async function settle(simulation: Simulation, script: Script, template: StoreSnapshot): Promise<Settled> {
  const before = keepUserObjects(simulation.cluster, template);
  let users = identifyUserObjects(before);
  let fresh = await makeAnew(script, before);
  for (let afterMs = stepMs; ; afterMs += stepMs) {
    await simulation.pass(stepMs);
    const kept = keepUserObjects(simulation.cluster, template);
    const now = identifyUserObjects(kept);
    if (now !== users) fresh = await makeAnew(script, kept);
    users = now;
    const findings = compareClusters(simulation, fresh);
    if ((findings.length === 0 && afterMs >= leastSettleMs) || afterMs >= settleMs) return { findings, afterMs, fresh };
  }
}

function compareClusters({ cluster, leader }: Simulation, fresh: Simulation): string[] {
  const excuses = listExcuses(cluster, fresh.cluster);
  const findings = compareStates(captureState(cluster, excuses), captureState(fresh.cluster, excuses));
  return leader === undefined ? ['Nobody leads', ...findings] : findings;
}

/** What a fresh operator makes of the same objects in a fresh cluster. */
async function makeAnew({ seed, flags, pods }: Script, users: StoreSnapshot): Promise<Simulation> {
  const fresh = new Simulation({ seed: seed + 1, flags, pods, replicas: 1 }, users);
  await fresh.pass(freshMs);
  fresh.stop();
  return fresh;
}

/** Users put right what was wrong: nothing is paused, and all that is referred to is there. False: all was well before. */
function mend({ cluster }: Simulation, fresh: Simulation, { pods }: Script): boolean {
  const { kept, waiting } = listExcuses(cluster, fresh.cluster);
  if (kept.size + (pods ? waiting.size : 0) === 0) return false;
  for (const { metadata } of cluster.list('Namespace'))
    for (const object of listGoodAssets(metadata.name ?? '')) cluster.apply(object);
  for (const kind of ['Prometheus', 'PrometheusAgent'] as const)
    for (const { metadata } of cluster.list(kind))
      cluster.patch(
        { kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' },
        { spec: { paused: false } },
      );
  return true;
}

/** What must hold once all is right. */
async function examine(
  simulation: Simulation,
  fresh: Simulation,
  countEntries: RunOptions['countEntries'],
): Promise<string[]> {
  const { cluster } = simulation;
  const findings = await listWrites(simulation, quietMs, 'although nothing had changed');
  const before = await describeProcess(simulation);
  findings.push(...before.complaints, ...findStaleAssets(cluster, simulation.leader));
  // Timers that were cancelled hold what they were for (seed 2000).
  simulation.time.compact();
  const entries = await countEntries?.();
  simulation.replaceAll();
  findings.push(...(await listWrites(simulation, freshMs, 'after a restart')));
  findings.push(...compareClusters(simulation, fresh).map((one) => `After a restart: ${one}`));
  const after = await describeProcess(simulation);
  // A key that failed and then did not waits in its queue until its back-off is over.
  const queued = 2 * (cluster.list('Prometheus').length + cluster.list('PrometheusAgent').length);
  if (before.timers > after.timers + queued)
    findings.push(`${before.timers} timers are set where a fresh process has ${after.timers}`);
  findings.push(...(await judgeEntries(simulation, entries, countEntries)));
  // What is paused or fails keeps what it had; a process that never saw it otherwise has nothing.
  if (listExcuses(cluster, fresh.cluster).kept.size > 0) return findings;
  if (before.assets !== after.assets)
    findings.push(`Contents are kept of ${before.assets}; a fresh process keeps ${after.assets}`);
  findings.push(...compareGauges(before.gauges, after.gauges));
  return findings;
}

/** What a process with a past may hold more than a new one: the last of what is forgotten after minutes. */
const allowedEntries = 60;

async function judgeEntries(
  { time }: Simulation,
  before: number | undefined,
  countEntries: RunOptions['countEntries'],
): Promise<string[]> {
  if (before === undefined || countEntries === undefined) return [];
  time.compact();
  const after = await countEntries();
  if (before - after <= allowedEntries) return [];
  return [`${before - after} entries of maps and sets are held that a fresh process does not have`];
}

async function listWrites(simulation: Simulation, ms: number, when: string): Promise<string[]> {
  const { cluster } = simulation;
  const before = cluster.writes.length;
  await simulation.pass(ms);
  return [...new Set(cluster.writes.slice(before))].map((write) => `Was written ${when}: ${write}`);
}

interface ProcessFacts {
  readonly timers: number;
  readonly assets: string;
  readonly gauges: Readonly<Record<string, number>>;
  readonly complaints: readonly string[];
}

const gaugeNames = ['managed_resources', 'syncs', 'spec_replicas', 'spec_shards', 'prometheus_enforced_sample_limit'];

/** What a process holds. Timers of requests under way come and go: the least of some moments counts. */
async function describeProcess(simulation: Simulation): Promise<ProcessFacts> {
  let timers = Number.POSITIVE_INFINITY;
  for (let moment = 0; moment < 10; moment += 1) {
    await simulation.pass(1500);
    timers = Math.min(timers, simulation.leader?.timers ?? Number.POSITIVE_INFINITY);
  }
  const { leader } = simulation;
  if (leader === undefined) return { timers: 0, assets: '', gauges: {}, complaints: ['Nobody leads'] };
  const { secrets, configMaps } = leader.listAssets();
  const names = [...secrets, ...configMaps].map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`);
  return {
    timers,
    assets: names.sort().join(', '),
    gauges: await leader.readGauges(gaugeNames.map((name) => `prometheus_operator_${name}`)),
    complaints: leader.listComplaints(),
  };
}

/** Contents that the operator holds and that are not in the cluster like that. */
function findStaleAssets(cluster: Cluster, leader: OperatorProcess | undefined): string[] {
  if (leader === undefined) return [];
  const { secrets, configMaps } = leader.listAssets();
  const isStale =
    (kind: 'Secret' | 'ConfigMap') =>
    ({ metadata, data }: AssetObject) => {
      const { namespace = '', name = '' } = metadata;
      const live = cluster.api.get(cluster.typeOf(kind), { namespace, name });
      return JSON.stringify(live?.data ?? {}) !== JSON.stringify(data ?? {});
    };
  const stale = [...secrets.filter(isStale('Secret')), ...configMaps.filter(isStale('ConfigMap'))];
  return stale.map(({ metadata }) => `The content held of ${metadata.namespace ?? ''}/${metadata.name ?? ''} is old`);
}

function compareGauges(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => (before[name] ?? 0) !== (after[name] ?? 0))
    .map((name) => `${name} is ${before[name] ?? 'absent'}, of a fresh process ${after[name] ?? 'absent'}`);
}

function listBugs({ log, cluster }: Simulation): string[] {
  const lines = log.filter(({ fields }) => bug.test(JSON.stringify(fields)));
  return [...lines.slice(0, 3).map(describeLine), ...cluster.failures.slice(0, 3)].map((one) => `A mistake: ${one}`);
}

/** A line of the log for people. */
export function describeLine({ at, level, message, fields }: LogLine): string {
  return `${(at / 1000).toFixed(3)} s ${level} ${message} ${JSON.stringify(fields)}`;
}
