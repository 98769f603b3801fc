import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Container } from '../../../../src/api/core/container.ts';
import { complete } from '../../../../src/base/interruptible.ts';
import { AssetStore } from '../../../../src/core/assets/store.ts';
import type { Desired } from '../../../../src/core/desired/steps.ts';
import { chooseSurplusGuards } from '../../../../src/core/desired/guard-steps.ts';
import type { GuardStep } from '../../../../src/core/desired/guard-steps.ts';
import type { WorkloadKind, WorkloadObject, WorkloadSources } from '../../../../src/core/kinds/kind.ts';
import { mapSources } from '../../../../src/core/kinds/kind.ts';
import { workloadKinds } from '../../../../src/core/kinds/registry.ts';
import { createLister } from '../../../../src/core/manifests/sources.ts';
import type { NetworkPolicy, PodDisruptionBudget } from '../../../../src/core/render/shared/rendered-objects.ts';
import type { GuardModes } from '../../../../src/core/settings.ts';
import { judgeGuards } from '../../../../src/core/status/guard-verdict.ts';
import { makeSettings } from '../render/prometheus/fixtures.ts';

const budgetAnnotation = 'stoker.dev/pod-disruption-budget';
const policyAnnotation = 'stoker.dev/network-policy';
const on: GuardModes = { podDisruptionBudgets: 'on', networkPolicies: 'on' };
const annotated: GuardModes = { podDisruptionBudgets: 'annotated', networkPolicies: 'annotated' };
const off: GuardModes = { podDisruptionBudgets: 'off', networkPolicies: 'off' };
const sources: WorkloadSources = {
  ...mapSources(() => createLister([])),
  namespaces: createLister([]),
};

const kindOf = (name: string): WorkloadKind => {
  const found = workloadKinds.find(({ type }) => type.kind === name);
  assert.ok(found);
  return found;
};

interface Case {
  readonly kind?: string;
  readonly spec?: object;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly guards?: GuardModes;
}

function render({ kind = 'Prometheus', spec = {}, annotations = {}, guards = on }: Case): Desired {
  const metadata = { name: 'main', namespace: 'monitoring', uid: 'u1', annotations };
  // As the API server fills it in.
  const instance = { metadata, spec: { scrapeInterval: '30s', ...spec } } as WorkloadObject;
  const match = complete(kindOf(kind).createMatcher()(instance, makeSettings({ guards }), sources));
  const desired = complete(match.render(new AssetStore({ secrets: [], configMaps: [] })));
  assert.deepEqual(desired.failures, []);
  return desired;
}

const findStep = (one: Case): GuardStep | undefined =>
  render(one).steps.find((step): step is GuardStep => step.kind === 'guards');

const listBudgets = (one: Case): PodDisruptionBudget[] =>
  (findStep(one)?.objects ?? []).filter(
    (object): object is PodDisruptionBudget => object.kind === 'PodDisruptionBudget',
  );

const findPolicy = (one: Case): NetworkPolicy => {
  const found = findStep(one)?.objects.find((object): object is NetworkPolicy => object.kind === 'NetworkPolicy');
  assert.ok(found);
  return found;
};

/** "9090/TCP" of each rule. */
const listPorts = (one: Case): string[] =>
  findPolicy(one).spec.ingress.map(({ ports }) => ports.map(({ port, protocol }) => `${port}/${protocol}`).join());

const sizeOf = (text: string, replicas = 3) => {
  const [budget] = listBudgets({ annotations: { [budgetAnnotation]: text }, spec: { replicas } });
  return budget && [budget.spec.maxUnavailable, budget.spec.minAvailable];
};

const reasonsOf = (one: Case): string[] => (findStep(one)?.remarks ?? []).map(({ reason }) => reason);

describe('PodDisruptionBudgets', () => {
  it('let one pod of a shard go by default, also where it is the only one', () => {
    const one = { spec: { shards: 2 } };
    assert.deepEqual(
      listBudgets(one).map(({ metadata, spec }) => [metadata.name, spec.maxUnavailable, spec.selector.matchLabels]),
      ['0', '1'].map((shard) => [
        shard === '0' ? 'prometheus-main' : `prometheus-main-shard-${shard}`,
        1,
        {
          'app.kubernetes.io/managed-by': 'prometheus-operator',
          'app.kubernetes.io/name': 'prometheus',
          'app.kubernetes.io/instance': 'main',
          'operator.prometheus.io/name': 'main',
          prometheus: 'main',
          'operator.prometheus.io/shard': shard,
        },
      ]),
    );
    assert.deepEqual(reasonsOf(one), []);
  });

  it('have the size of the annotation', () => {
    assert.deepEqual(sizeOf('on'), [1, undefined]);
    assert.deepEqual(sizeOf(' 2 '), [2, undefined]);
    assert.deepEqual(sizeOf('25%'), ['25%', undefined]);
    assert.deepEqual(sizeOf('maxUnavailable=2'), [2, undefined]);
    assert.deepEqual(sizeOf('minAvailable=2'), [undefined, 2]);
    assert.deepEqual(sizeOf('minAvailable=050%'), [undefined, '50%']);
    assert.equal(sizeOf('off'), undefined);
  });

  it('are left as they are while the annotation cannot be read', () => {
    for (const text of ['', 'two', '-1', '101%', '1.5', 'minavailable=1', 'maxUnavailable', '9999999']) {
      const step = findStep({ annotations: { [budgetAnnotation]: text } });
      assert.deepEqual(step?.settled, ['NetworkPolicy'], text);
      const [remark] = step.remarks;
      assert.equal(remark?.reason, 'InvalidGuard');
      assert.match(
        remark.message,
        new RegExp(`^annotation ${budgetAnnotation}: cannot read "${text}": want "on", "off"`),
      );
    }
  });

  it('that never let a pod go are told of', () => {
    const blocks = (text: string, replicas: number): boolean =>
      reasonsOf({ annotations: { [budgetAnnotation]: text }, spec: { replicas } }).includes('EvictionsBlocked');
    const blocking: [string, number][] = [
      ['0', 3],
      ['0%', 3],
      ['minAvailable=1', 1],
      ['minAvailable=3', 3],
      ['minAvailable=67%', 3],
      ['minAvailable=1%', 1],
    ];
    for (const [text, replicas] of blocking) assert.ok(blocks(text, replicas), `${text} of ${replicas}`);
    // Percentages are rounded up: of those that may be away as of those that must be there.
    const free: [string, number][] = [
      ['1%', 1],
      ['minAvailable=66%', 3],
      ['minAvailable=1', 2],
      ['minAvailable=1', 0],
    ];
    for (const [text, replicas] of free) assert.ok(!blocks(text, replicas), `${text} of ${replicas}`);
  });

  it('are not for DaemonSets, and those of before go', () => {
    const step = findStep({ kind: 'PrometheusAgent', spec: { mode: 'DaemonSet' } });
    assert.deepEqual(
      step?.objects.map(({ kind }) => kind),
      ['NetworkPolicy'],
    );
    assert.deepEqual(step.settled, ['PodDisruptionBudget', 'NetworkPolicy']);
  });
});

describe('NetworkPolicies', () => {
  it('let in what goes to the ports of pods, whatever the kind of workload', () => {
    const thanos = { thanos: {} };
    assert.deepEqual(listPorts({ spec: thanos }), ['8080/TCP,9090/TCP,10901/TCP,10902/TCP']);
    for (const mode of ['StatefulSet', 'DaemonSet'])
      assert.deepEqual(listPorts({ kind: 'PrometheusAgent', spec: { mode } }), ['8080/TCP,9090/TCP'], mode);
    assert.deepEqual(listPorts({ kind: 'Alertmanager' }), ['8080/TCP,9093/TCP,9094/TCP,9094/UDP']);
    assert.deepEqual(listPorts({ kind: 'ThanosRuler', spec: { queryEndpoints: ['q:9090'] } }), [
      '8080/TCP,10901/TCP,10902/TCP',
    ]);
  });

  it('let in what goes to containers of users, those that start first and go on running among them', () => {
    const container = (name: string, port: number, more: object = {}): Container => ({
      ...{ name, image: 'example.org/x:v1', ports: [{ containerPort: port, ...more }] },
    });
    const spec = {
      listenLocal: true,
      containers: [container('proxy', 4180), container('prometheus', 9091, { protocol: 'UDP' })],
      initContainers: [
        { ...container('side', 9200), restartPolicy: 'Always' },
        { ...container('once', 9300), restartPolicy: 'OnFailure' },
      ],
    };
    assert.deepEqual(listPorts({ spec }), ['4180/TCP,9091/UDP,9200/TCP']);
  });

  it('of pods without ports let nothing in: a rule without ports would be about all ports', () => {
    const spec = { listenLocal: true };
    assert.deepEqual(findPolicy({ spec }).spec.ingress, []);
    assert.deepEqual(findPolicy({ spec, annotations: { [policyAnnotation]: 'namespaces=a' } }).spec.ingress, []);
  });

  it('are narrowed to namespaces, and always let in the own pods', () => {
    const one = { annotations: { [policyAnnotation]: 'namespaces=shop, monitoring,shop' } };
    const { podSelector, ingress, policyTypes } = findPolicy(one).spec;
    assert.deepEqual(policyTypes, ['Ingress']);
    assert.deepEqual(
      ingress.map(({ from }) => from),
      [
        [{ podSelector }],
        [
          {
            namespaceSelector: {
              matchExpressions: [
                { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['monitoring', 'shop'] },
              ],
            },
          },
        ],
      ],
    );
    assert.equal(podSelector.matchLabels?.['operator.prometheus.io/shard'], undefined, 'all shards');
  });

  it('let peers of an Alertmanager in from anywhere only where there may be some', () => {
    const annotations = { [policyAnnotation]: 'namespaces=shop' };
    const all = '8080/TCP,9093/TCP,9094/TCP,9094/UDP';
    const narrow = { kind: 'Alertmanager', annotations };
    assert.deepEqual(listPorts(narrow), [all, '8080/TCP,9093/TCP']);
    for (const spec of [{ additionalPeers: ['x:9094'] }, { forceEnableClusterMode: true }])
      assert.deepEqual(listPorts({ ...narrow, spec }), [all, '8080/TCP,9093/TCP', '9094/TCP,9094/UDP']);
  });

  it('are left as they are while the annotation cannot be read', () => {
    for (const text of ['', 'yes', 'namespaces=', 'namespaces=a,', 'namespaces=A_b', 'namespace=a']) {
      const step = findStep({ annotations: { [policyAnnotation]: text } });
      assert.deepEqual(step?.settled, ['PodDisruptionBudget'], text);
      assert.deepEqual(
        step.remarks.map(({ reason }) => reason),
        ['InvalidGuard'],
      );
    }
  });
});

describe('guards', () => {
  it('are asked for by flags and annotations', () => {
    const asked = { [budgetAnnotation]: 'on', [policyAnnotation]: 'on' };
    const refused = { [budgetAnnotation]: 'off', [policyAnnotation]: 'off' };
    const count = (one: Case): number | undefined => findStep(one)?.objects.length;
    assert.equal(count({ guards: off }), undefined);
    assert.equal(count({ guards: off, annotations: refused }), undefined);
    assert.equal(count({ guards: annotated }), 0);
    assert.equal(count({ guards: annotated, annotations: asked }), 2);
    assert.equal(count({ guards: on }), 2);
    assert.equal(count({ guards: on, annotations: refused }), 0);
    assert.deepEqual(reasonsOf({ guards: off, annotations: asked }), ['GuardsSwitchedOff', 'GuardsSwitchedOff']);
  });

  it('that are removed are the own ones', () => {
    const { objects } = findStep({ spec: { shards: 2 } }) as GuardStep;
    const step = findStep({}) as GuardStep;
    const owner = { kind: 'Prometheus', metadata: { uid: 'u1' } };
    const kind = 'PodDisruptionBudget';
    const foreign = { kind, metadata: { name: 'mine', labels: objects[1]?.metadata.labels ?? {} } };
    const live = [...objects.filter((one) => one.kind === kind), foreign];
    const names = (chosen: typeof owner): (string | undefined)[] =>
      chooseSurplusGuards(step, chosen, { kind, live }).map(({ metadata }) => metadata.name);
    assert.deepEqual(names(owner), ['prometheus-main-shard-1']);
    assert.deepEqual(names({ ...owner, metadata: { uid: 'u2' } }), []);
  });

  it('are told of by what is missing first', () => {
    const verdict = judgeGuards([
      { reason: 'EvictionsBlocked', message: 'a' },
      { reason: 'InvalidGuard', message: 'b' },
    ]);
    assert.deepEqual(verdict, { status: 'False', reason: 'InvalidGuard', message: 'b\na' });
    assert.equal(judgeGuards([{ reason: 'EvictionsBlocked', message: 'a' }])?.status, 'True');
    assert.equal(judgeGuards([]), undefined);
  });
});
