import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import type { WorkloadPlan } from '../../../../src/core/plan/plan-model.ts';
import { planChange } from '../../../../src/core/plan/plan-workloads.ts';
import { chooseSettings } from '../../../../src/cli/settings.ts';

type Manifest = KubernetesObject & { readonly spec: Readonly<Record<string, unknown>> };

const settings = chooseSettings({ kubernetesVersion: '1.36', featureGates: 'PrometheusShardRetentionPolicy=true' });

function makePrometheus(spec: Manifest['spec'], metadata: KubernetesObject['metadata'] = {}): Manifest {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: 'main', namespace: 'default', ...metadata },
    spec,
  };
}

function planOne(from: readonly KubernetesObject[], to: readonly KubernetesObject[]): WorkloadPlan {
  const [workload] = planChange(from, to, settings).workloads;
  assert.ok(workload);
  return workload;
}

const listActions = ({ objects }: WorkloadPlan): string[] =>
  objects.map(({ action, kind, name }) => `${action} ${kind} ${name}`);

describe('plan of a workload', () => {
  it('takes an object of a cluster and its manifest for the same one', () => {
    const live = makePrometheus({}, { uid: '1-2', resourceVersion: '7', generation: 3 });
    const file = makePrometheus({});
    assert.equal(planOne([live], [file]).action, 'none');
    assert.equal(planOne([file], [live]).action, 'none');
    const { namespace: _namespace, ...bare } = file.metadata;
    assert.equal(planOne([live], [{ ...file, metadata: bare }]).action, 'none');
  });

  it('knows rule files of an object of a cluster and of its manifest for the same', () => {
    const rule = {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'cart', namespace: 'default' },
      spec: { groups: [{ name: 'a', rules: [{ record: 'a:b', expr: 'up' }] }] },
    };
    const prometheus = makePrometheus({ ruleSelector: {} });
    const live = { ...rule, metadata: { ...rule.metadata, uid: '5' } };
    assert.equal(planOne([prometheus, live], [prometheus, rule]).action, 'none');
  });

  it('leaves labels that the operator leaves: foreign ones of a set survive', () => {
    const { objects, pods } = planOne([makePrometheus({}, { labels: { team: 'a' } })], [makePrometheus({})]);
    assert.deepEqual(
      objects.flatMap(({ fields }) => fields.map(({ path }) => path)),
      ['metadata.annotations["prometheus-operator-input-hash"]'],
    );
    assert.deepEqual(pods, []);
  });

  it('retains shards where the policy says so: their pods go on', () => {
    const retain = { shardRetentionPolicy: { whenScaled: 'Retain' } };
    const { pods, claims, ...plan } = planOne(
      [makePrometheus({ ...retain, shards: 2 })],
      [makePrometheus({ ...retain, shards: 1 })],
    );
    assert.ok(listActions(plan as WorkloadPlan).includes('retain StatefulSet prometheus-main-shard-1'));
    assert.deepEqual([pods, claims], [[], []]);
  });

  it('deletes shards that are too many, and makes those that are missing', () => {
    const [one, two] = [makePrometheus({ shards: 1 }), makePrometheus({ shards: 2 })];
    const fewer = planOne([two], [one]);
    assert.ok(listActions(fewer).includes('delete StatefulSet prometheus-main-shard-1'));
    assert.deepEqual(fewer.pods, [{ set: 'prometheus-main-shard-1', verb: 'stop', pods: 1 }]);
    const more = planOne([one], [two]);
    assert.ok(listActions(more).includes('create StatefulSet prometheus-main-shard-1'));
    assert.deepEqual(more.pods, [{ set: 'prometheus-main-shard-1', verb: 'start', pods: 1 }]);
  });

  it('keeps the governing Service while one of its owners stays', () => {
    const [main, other] = [makePrometheus({}), makePrometheus({}, { name: 'other' })];
    assert.deepEqual(planChange([main, other], [other], settings).services, []);
    assert.deepEqual(
      planChange([main], [], settings).services.map(({ action, namespace, name }) => [action, namespace, name]),
      [['delete', 'default', 'prometheus-operated']],
    );
  });

  it('plans nothing for what cannot be rendered, from either side', () => {
    const [good, bad] = [makePrometheus({ replicas: 2 }), makePrometheus({ version: 'three' })];
    for (const [from, to, side] of [
      [good, bad, 'to'],
      [bad, good, 'from'],
    ] as const) {
      const plan = planOne([from], [to]);
      assert.equal(plan.action, 'unknown');
      assert.deepEqual(
        plan.failures.map((failure) => failure.side),
        [side],
      );
      assert.deepEqual([plan.objects, plan.pods, plan.parts], [[], [], []]);
    }
  });

  it('tells which objects are rejected now, and which no longer', () => {
    const prometheus = makePrometheus({ serviceMonitorSelector: {} });
    const monitor = (scrapeTimeout: string): KubernetesObject & { spec: unknown } => ({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'cart', namespace: 'default' },
      spec: { selector: {}, endpoints: [{ port: 'web', interval: '15s', scrapeTimeout }] },
    });
    const [good, bad] = [monitor('5s'), monitor('20s')];
    const tell = (from: readonly KubernetesObject[], to: readonly KubernetesObject[]) =>
      planOne([prometheus, ...from], [prometheus, ...to]).rejections.map(({ action, code }) => `${action} ${code}`);
    assert.deepEqual(tell([good], [bad]), ['rejected STK5301']);
    assert.deepEqual(tell([bad], [good]), ['accepted STK5301']);
    assert.deepEqual(tell([bad], []), ['gone STK5301']);
    assert.deepEqual(tell([bad], [bad]), []);
  });
});
