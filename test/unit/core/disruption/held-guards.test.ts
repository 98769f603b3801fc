import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Step } from '../../../../src/core/desired/steps.ts';
import { listGuardSteps } from '../../../../src/core/desired/guard-steps.ts';
import { holdSteps } from '../../../../src/core/disruption/hold.ts';
import type { NetworkPolicy, StatefulSet } from '../../../../src/core/render/shared/rendered-objects.ts';
import { makeServer, makeStatefulSet } from '../render/prometheus/fixtures.ts';

const guards = { podDisruptionBudgets: 'on', networkPolicies: 'on' } as const;
const selector = { app: 'a' };
const makeSet = (...ports: number[]): StatefulSet => {
  const containers = [
    { name: 'proxy', image: 'example.org/proxy:v1', ports: ports.map((port) => ({ containerPort: port })) },
  ];
  return makeStatefulSet(makeServer({ containers }, { guards }));
};

/** The guards that are written while the set waits. */
function hold(desired: StatefulSet, live: StatefulSet, namespaces?: string): Extract<Step, { kind: 'guards' }> {
  const workload = makeServer({}, { guards });
  const annotations = namespaces === undefined ? {} : { 'stoker.dev/network-policy': `namespaces=${namespaces}` };
  const owner = { ...workload.owner, metadata: { ...workload.owner.metadata, annotations } };
  const peers = { ports: [4180], areOpen: true };
  const steps = listGuardSteps({ ...workload, owner }, { sets: [desired], selector, peers });
  const [step] = holdSteps(steps, [{ desired, live }]);
  assert.equal(step?.kind, 'guards');
  return step;
}

const portsOf = (step: Extract<Step, { kind: 'guards' }>): number[][] => {
  const policy = step.objects.find((object): object is NetworkPolicy => object.kind === 'NetworkPolicy');
  return (policy?.spec.ingress ?? []).map((rule) => rule.ports.map(({ port }) => port));
};

describe('guards of pods that wait', () => {
  it('let in what goes to ports that the old pods have', () => {
    assert.deepEqual(portsOf(hold(makeSet(4190), makeSet(4180))), [[4190, 8080, 9090, 4180]]);
    assert.deepEqual(portsOf(hold(makeSet(4180), makeSet(4180))), [[4180, 8080, 9090]]);
  });

  it('open ports of the old pods to those alone who reach the others', () => {
    const step = hold(makeSet(4180), makeSet(4200), 'shop');
    assert.deepEqual(portsOf(step), [[4180, 8080, 9090, 4200], [8080, 9090, 4200], [4180]]);
  });

  it('are left as they are where the old pods have other labels', () => {
    const live = makeSet(4180);
    const other = { ...live, spec: { ...live.spec, selector: { matchLabels: { app: 'b' } } } };
    const { objects, settled } = hold(makeSet(4180), other);
    assert.deepEqual([objects, settled], [[], []]);
  });
});
