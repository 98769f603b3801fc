import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import {
  configMapType,
  daemonSetType,
  disruptionBudgetType,
  networkPolicyType,
  secretType,
  serviceType,
  statefulSetType,
} from '../../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { advance } from '../../fake-time.ts';
import { inWorld, monitor, prometheus } from './world.ts';
import type { World } from './world.ts';

/** One object of each kind that the operator writes, and a change that another field manager could insist on. */
interface Front {
  readonly type: ResourceType;
  readonly name: string;
  readonly body: object;
  readonly field: string;
}

const data = { data: { 'prometheus.yaml.gz': 'H4sIAAAAAAAAAwMAAAAAAAAAAAA=' } };

const fronts: readonly Front[] = [
  { type: secretType, name: 'prometheus-main', body: data, field: 'data["prometheus.yaml.gz"]' },
  { type: configMapType, name: 'prometheus-main-rulefiles-0', body: { data: { extra: 'x' } }, field: 'data["extra"]' },
  {
    type: serviceType,
    name: 'prometheus-operated',
    body: { spec: { selector: { app: 'x' } } },
    field: 'spec.selector.app',
  },
  { type: statefulSetType, name: 'prometheus-main', body: { spec: { replicas: 7 } }, field: 'spec.replicas' },
  {
    type: daemonSetType,
    name: 'prom-agent-edge',
    body: { spec: { minReadySeconds: 7 } },
    field: 'spec.minReadySeconds',
  },
  {
    type: disruptionBudgetType,
    name: 'prometheus-main',
    body: { spec: { maxUnavailable: 7 } },
    field: 'spec.maxUnavailable',
  },
  {
    type: networkPolicyType,
    name: 'prometheus-main',
    body: { spec: { policyTypes: ['Ingress', 'Egress'] } },
    field: 'spec.policyTypes',
  },
];

const agent = {
  apiVersion: 'monitoring.coreos.com/v1alpha1',
  kind: 'PrometheusAgent',
  metadata: { name: 'edge', namespace: 'monitoring' },
  spec: { mode: 'DaemonSet' },
};

const rule = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'rules', namespace: 'monitoring' },
  spec: { groups: [{ name: 'a', rules: [{ record: 'a:b', expr: 'vector(1)' }] }] },
};

const flags = {
  'feature-gates': ['PrometheusAgentDaemonSet=true'],
  'pod-disruption-budgets': ['on'],
  'network-policies': ['on'],
};
const manager = 'argocd-controller';

const read = (world: World, { type, name }: Front): KubernetesObject | undefined =>
  world.api.get(type, { namespace: 'monitoring', name });

/** What the operator says: of the agent where the object is the agent's. */
function readCondition(world: World, { type }: Front): string {
  const { status } = type.kind === 'DaemonSet' ? world.agent() : world.prometheus();
  const found = status?.conditions?.find((one) => one.type === 'Contested');
  return found === undefined ? '' : `${found.status} ${found.reason ?? ''} ${found.message ?? ''}`;
}

const updates = (world: World, { type, name }: Front): number =>
  world.writes.filter((write) => write === `update ${type.plural} monitoring/${name}`).length;

async function begin(world: World, front: Front): Promise<void> {
  world.apply(front.type.kind === 'DaemonSet' ? agent : prometheus('main', { ruleSelector: {} }));
  world.apply(rule);
  await world.until(() => read(world, front) !== undefined, 'it is there');
  await world.pass(2000);
}

const change = (world: World, { type, name, body }: Front): void =>
  void world.api.patch(type, { namespace: 'monitoring', name }, { kind: 'merge', body, fieldManager: manager });

/** Whenever it has been written back, it is changed again, at most once a second. */
async function fight(world: World, front: Front, seconds: number): Promise<void> {
  let seen: string | undefined;
  for (let second = 0; second < seconds; second += 1) {
    const version = read(world, front)?.metadata.resourceVersion;
    if (version !== seen) {
      change(world, front);
      seen = read(world, front)?.metadata.resourceVersion;
    }
    await world.pass(1000);
  }
}

describe('a field manager that keeps changing what the operator writes', () => {
  for (const front of fronts)
    it(`is named, and costs ever fewer writes: ${front.type.kind}`, () =>
      inWorld(async (world) => {
        await begin(world, front);
        const [before, good] = [updates(world, front), strip(read(world, front))];
        await fight(world, front, 30);
        const first = updates(world, front) - before;
        assert.ok(first >= 4 && first <= 9, `${first} writes in half a minute`);
        const said = readCondition(world, front);
        assert.ok(said.startsWith(`True FieldsContested ${front.type.kind} "${front.name}": ${front.field}`), said);
        assert.match(said, new RegExp(`"${manager}" has changed it \\d+ times since \\d{4}-`));
        const told = world.events.filter(({ reason }) => reason === 'FieldsContested');
        assert.equal(told.length, 1);
        // It stops: what is wanted comes back.
        await world.until(() => isDeepStrictEqual(strip(read(world, front)), good), 'it is written back');
      }, flags));

  it('is not told of any more after ten quiet minutes', () =>
    inWorld(async (world) => {
      const [front] = fronts;
      assert.ok(front !== undefined);
      await begin(world, front);
      await fight(world, front, 5);
      assert.notEqual(readCondition(world, front), '');
      for (let second = 0; second < 580; second += 10) await advance(world.clock, 10_000);
      assert.notEqual(readCondition(world, front), '');
      await world.until(() => readCondition(world, front) === '', 'nothing is said any more');
    }));

  it('does not keep our own changes from being written at once', () =>
    inWorld(async (world) => {
      const [front] = fronts;
      assert.ok(front !== undefined);
      await begin(world, front);
      await fight(world, front, 40);
      change(world, front);
      await world.pass(1000);
      assert.deepEqual(world.jobs(), [], 'it is left alone');
      world.apply(monitor('cart'));
      await world.pass(2000);
      assert.equal(world.jobs().length, 1);
    }));
});

describe('a change by hand', () => {
  for (const front of fronts)
    it(`is written back at once, and no fight: ${front.type.kind}`, () =>
      inWorld(async (world) => {
        await begin(world, front);
        const good = strip(read(world, front));
        for (let times = 0; times < 2; times += 1) {
          change(world, front);
          await world.pass(1500);
          assert.deepEqual(strip(read(world, front)), good);
        }
        await world.pass(5000);
        assert.equal(readCondition(world, front), '');
      }, flags));
});

/** Without what each write and each controller changes. */
function strip(object: KubernetesObject | undefined): object {
  const { data: content, spec } = (object ?? {}) as { data?: unknown; spec?: unknown };
  return { content, spec };
}
