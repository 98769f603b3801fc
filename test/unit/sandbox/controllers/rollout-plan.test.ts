import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planRollout } from '../../../../src/sandbox/controllers/deployment/rollout.ts';
import type { Deployment } from '../../../../src/sandbox/controllers/shapes.ts';
import { renderReplicaSet } from './objects.ts';

function renderDeployment(replicas: number, strategy?: NonNullable<Deployment['spec']['strategy']>): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'ns' },
    spec: {
      replicas,
      selector: {},
      template: { spec: { containers: [] } },
      ...(strategy === undefined ? {} : { strategy }),
    },
  };
}

/** Sizes as [current, old]; a missing one does not change. */
function sizes(deployment: Deployment, current: readonly [number, number], old: readonly [number, number]) {
  const plan = planRollout({
    deployment,
    current: renderReplicaSet('current', ...current),
    old: [renderReplicaSet('old', ...old)],
  });
  return Object.fromEntries(plan);
}

describe('the plan of a Deployment', () => {
  it('grows the new set up to maxSurge above the wanted size', () => {
    assert.deepEqual(sizes(renderDeployment(4), [0, 0], [4, 4]), { current: 1 });
  });

  it('shrinks the old set as far as maxUnavailable lets it', () => {
    assert.deepEqual(sizes(renderDeployment(4), [1, 0], [4, 4]), { old: 3 });
    assert.deepEqual(sizes(renderDeployment(4), [2, 2], [3, 3]), { old: 1 });
  });

  it('takes Pods that are not available from the old set first', () => {
    assert.deepEqual(sizes(renderDeployment(4), [1, 1], [4, 2]), { old: 2 });
  });

  it('waits while nothing more may be missing', () => {
    assert.deepEqual(sizes(renderDeployment(4), [2, 0], [3, 3]), {});
  });

  it('scales the only set to what is wanted', () => {
    assert.deepEqual(sizes(renderDeployment(5), [3, 3], [0, 0]), { current: 5 });
    assert.deepEqual(sizes(renderDeployment(1), [3, 3], [0, 0]), { current: 1 });
  });

  it('lets one Pod be missing when both limits come to nothing', () => {
    const deployment = renderDeployment(1, {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' },
    });
    assert.deepEqual(sizes(deployment, [0, 0], [1, 1]), { old: 0 });
  });

  it('with Recreate empties the old set before it begins the new one', () => {
    const deployment = renderDeployment(2, { type: 'Recreate' });
    assert.deepEqual(sizes(deployment, [0, 0], [2, 2]), { old: 0 });
    assert.deepEqual(sizes(deployment, [0, 0], [0, 0]), { current: 2 });
  });
});
