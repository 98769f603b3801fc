import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe } from 'node:test';
import { namespaceType, statefulSetType, storageClassType } from '../../src/api/builtin-types.ts';
import { describeError } from '../../src/base/errors.ts';
import type { ObjectAction, Plan, PodVerb } from '../../src/core/plan/plan-model.ts';
import { invoke } from '../cli/invoke.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { Machines } from './support/machines.ts';
import { generatePair } from './support/plan-pairs/generate-pair.ts';
import type { Pair } from './support/plan-pairs/generate-pair.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { storageClasses } from './support/plan-pairs/pair-objects.ts';
import type { Manifest } from './support/plan-pairs/pair-objects.ts';
import { ReadyPods } from './support/plan-pairs/ready-pods.ts';
import {
  assertQuiet,
  compareObjects,
  comparePods,
  listStrays,
  noState,
  readStates,
} from './support/plan-pairs/state.ts';
import type { State } from './support/plan-pairs/state.ts';
import { planSuite } from './support/suite.ts';

/** `STOKER_PLAN_PAIRS=300` is the whole of it. */
const count = Number(process.env['STOKER_PLAN_PAIRS'] ?? 10);
const first = Number(process.env['STOKER_PLAN_FIRST'] ?? 0);
const atOnce = 25;
/** Pairs of a batch that are planned by themselves, too. */
const alone = 2;
const machines = 2;
const quietMs = 1500;
const lookMs = 250;
const patienceMs = 240_000;
const flags = [
  '--feature-gates=PrometheusAgentDaemonSet=true',
  ...['--pod-disruption-budgets=on', '--network-policies=on'],
];
const suite = planSuite(['kubectl']);

let cluster: Cluster;
let pods: ReadyPods;
const folder = mkdtempSync(join(tmpdir(), 'stoker-plan-truth-'));

const keyOf = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`;

const listGone = ({ from, to }: Pair): Manifest[] => {
  const kept = new Set(to.map(keyOf));
  return from.filter((object) => !kept.has(keyOf(object)));
};

/** Into a folder for each side, so that one kubectl applies all of a batch. */
function write({ namespace }: Pair, side: 'from' | 'to' | 'gone', items: readonly Manifest[]): string {
  mkdirSync(join(folder, side), { recursive: true });
  const file = join(folder, side, `${namespace}.json`);
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return file;
}

/** As a user does; what the API server refuses is refused. */
async function kubectl(...args: readonly string[]): Promise<void> {
  await cluster.controlPlane.kubectl([...args]).catch((error: unknown) => {
    if (!/is invalid|Invalid value|denied/.test(describeError(error))) throw error;
  });
}

/** Until nothing has changed for a while, and nothing is under way. */
async function settle(what: string): Promise<ReadonlyMap<string, State>> {
  let [last, since] = ['', Date.now()];
  return await eventually(
    what,
    async () => {
      await assertQuiet(cluster.api);
      const states = await readStates(cluster.api);
      const now = JSON.stringify([...states]);
      if (now !== last) [last, since] = [now, Date.now()];
      assert.ok(Date.now() - since >= quietMs, 'things still change');
      return states;
    },
    patienceMs,
  );
}

/** Of files or whole folders. */
async function takePlan(to: string, gone: string): Promise<Plan> {
  const { code, stdout, stderr } = await invoke(
    ...['plan', to, '-o', 'json', '--kubeconfig', cluster.controlPlane.kubeconfigPath],
    ...['--operator-args', flags.join(' ')],
    ...(existsSync(gone) ? ['--delete', gone] : []),
  );
  assert.ok([0, 1, 5, 6].includes(code), stderr);
  return JSON.parse(stdout) as Plan;
}

/** The plan of all pairs of a batch: they share no namespace. That of one alone is the same, and all else stays. */
async function planBatch(pairs: readonly Pair[]): Promise<Plan> {
  for (const pair of pairs) {
    const gone = listGone(pair);
    write(pair, 'to', pair.to);
    if (gone.length > 0) write(pair, 'gone', gone);
  }
  const all = await takePlan(join(folder, 'to'), join(folder, 'gone'));
  for (const { namespace } of pairs.slice(0, alone)) {
    const one = await takePlan(join(folder, 'to', `${namespace}.json`), join(folder, 'gone', `${namespace}.json`));
    const isMoving = ({ action }: Plan['workloads'][number]): boolean => action !== 'none' && action !== 'unknown';
    const others = one.workloads.filter((workload) => workload.namespace !== namespace);
    assert.deepEqual(others.filter(isMoving), [], 'nothing changes in other namespaces');
    const of = ({ workloads, services }: Plan): unknown =>
      [...workloads, ...services].filter((found) => found.namespace === namespace);
    assert.deepEqual(of(one), of(all));
  }
  return all;
}

/** Objects of the pair that are written, in the words of `compareObjects`. */
function listWritten({ namespace }: Pair, { workloads, services }: Plan): string[] {
  const isOwn = (one: { readonly namespace: string }): boolean => one.namespace === namespace;
  const objects = workloads.filter(isOwn).flatMap((one) => one.objects);
  return [...objects, ...services.filter(isOwn)].map(
    ({ action, kind, name }) => `${actions[action] ?? action} ${kind} ${name}`,
  );
}

/** What can be seen of an object afterwards; around its pods or not, a set that was made anew is another one. */
const actions: Readonly<Partial<Record<ObjectAction, string>>> = { retain: 'update', renew: 'recreate' };

const verbs: Readonly<Record<PodVerb, string | undefined>> = {
  ...{ restart: 'replace', recreate: 'replace', stop: 'stop', start: 'start', wait: undefined },
};

function listPodChanges({ namespace }: Pair, { workloads }: Plan): string[] {
  const changes = workloads.filter((one) => one.namespace === namespace).flatMap((one) => one.pods);
  return changes.flatMap(({ set, verb, pods: many }) => {
    const number = many === 'each-node' ? machines : many;
    const word = verbs[verb];
    return word === undefined || number === 0 ? [] : [`${word} ${number} of ${set}`];
  });
}

function makeStorageClass(name: (typeof storageClasses)[number]): KubernetesObject {
  const isFirst = name === storageClasses[0];
  const annotations = isFirst ? { 'storageclass.kubernetes.io/is-default-class': 'true' } : {};
  const fields = { provisioner: 'nobody.example', allowVolumeExpansion: isFirst };
  return { metadata: { name, annotations }, ...fields };
}

/** What 300 pairs have among them. */
const covered = [
  ...['create', 'update', 'recreate', 'delete'].map((verb) => `${verb} StatefulSet`),
  ...['DaemonSet', 'PodDisruptionBudget', 'NetworkPolicy'].flatMap((kind) =>
    ['create', 'update', 'delete'].map((verb) => `${verb} ${kind}`),
  ),
  ...['replace pods', 'start pods', 'stop pods', 'refused ServiceMonitor', 'workload in part'],
];

interface Counts {
  readonly [what: string]: number;
}

const add = (counts: Record<string, number>, what: string): void => {
  counts[what] = (counts[what] ?? 0) + 1;
};

/** A pair of which the plan does not come true: what was planned, and what happened. */
interface Miss {
  readonly seed: number;
  readonly changes: readonly string[];
  readonly planned: readonly string[];
  readonly happened: readonly string[];
}

interface Result {
  readonly counts: Counts;
  readonly misses: readonly Miss[];
}

async function runBatch(pairs: readonly Pair[]): Promise<Result> {
  for (const side of ['from', 'to', 'gone']) rmSync(join(folder, side), { recursive: true, force: true });
  for (const { namespace } of pairs) await cluster.createNamespace(namespace);
  for (const pair of pairs) write(pair, 'from', pair.from);
  await kubectl('apply', '-R', '-f', join(folder, 'from'));
  const before = await settle('the first side is brought about');
  const plan = await planBatch(pairs);
  const writesBefore = cluster.listWrites().length;
  await kubectl('apply', '-R', '-f', join(folder, 'to'));
  if (existsSync(join(folder, 'gone'))) await kubectl('delete', '--ignore-not-found', '-R', '-f', join(folder, 'gone'));
  const after = await settle('the second side is brought about');
  const writes = cluster.listWrites().slice(writesBefore);
  const counts: Record<string, number> = {};
  for (const { kind } of plan.refused ?? []) add(counts, `refused ${kind}`);
  for (const { action } of plan.workloads) if (action === 'unknown') add(counts, 'workload in part');
  const misses = pairs.flatMap((pair): Miss[] => {
    const states = [before.get(pair.namespace) ?? noState, after.get(pair.namespace) ?? noState] as const;
    const objects = compareObjects(...states);
    const planned = [...listWritten(pair, plan), ...listPodChanges(pair, plan)].sort();
    const strays = listStrays(writes, pair, listWritten(pair, plan));
    const happened = [...objects, ...comparePods(...states), ...strays].sort();
    for (const line of happened)
      add(counts, line.replace(/(?<=^\w+) \d+ of.*/, ' pods').replace(/(?<=^\w+ \w+) .*/, ''));
    const isSame = JSON.stringify(happened) === JSON.stringify(planned);
    return isSame ? [] : [{ seed: pair.seed, changes: pair.changes, planned, happened }];
  });
  for (const { namespace } of pairs) await cluster.api.remove(namespaceType, namespace);
  await eventually(
    'the namespaces are empty',
    async () => assert.deepEqual(await cluster.api.list(statefulSetType), []),
    patienceMs,
  );
  return { counts, misses };
}

describe('what stoker plan says of a real cluster comes true', () => {
  suite.before(async () => {
    cluster = await startCluster({ controllerManager: true });
    await new Machines(cluster.api, machines).create();
    for (const name of storageClasses) await cluster.api.create(storageClassType, makeStorageClass(name));
    pods = new ReadyPods(cluster.api);
    pods.start();
    await (await cluster.startOperator({ args: flags })).whenReady();
  });
  suite.after(async () => {
    await pods.stop();
    await cluster.stop();
    rmSync(folder, { recursive: true });
  });

  suite.it(
    'of generated pairs of manifests: objects written, pods replaced, stopped and started',
    async (test) => {
      const pairs = Array.from({ length: count }, (_, at) => generatePair(first + at));
      const totals: Record<string, number> = {};
      const misses: Miss[] = [];
      for (let at = 0; at < pairs.length; at += atOnce) {
        const result = await runBatch(pairs.slice(at, at + atOnce));
        misses.push(...result.misses);
        for (const miss of result.misses) test.diagnostic(JSON.stringify(miss));
        for (const [what, number] of Object.entries(result.counts)) totals[what] = (totals[what] ?? 0) + number;
        await delay(lookMs);
      }
      const counted = Object.entries(totals)
        .sort()
        .map(([what, number]) => `${what} ${number}`);
      test.diagnostic(`${pairs.length} pairs from seed ${first}, ${misses.length} misses; ${counted.join(', ')}`);
      assert.deepEqual(misses, []);
      if (count >= 300) for (const what of covered) assert.ok((totals[what] ?? 0) > 0, `no pair has: ${what}`);
    },
    3_600_000,
  );
});
