import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StatefulSet } from '../../../../src/core/render/shared/rendered-objects.ts';
import type { Pod } from '../../../../src/core/status/pods.ts';
import { findStuckPod } from '../../../../src/core/status/repair.ts';

const set = {
  metadata: { name: 'prometheus-main', generation: 3 },
  spec: {},
  status: { observedGeneration: 3, currentRevision: 'one', updateRevision: 'three' },
} as unknown as StatefulSet;

function makePod(ordinal: number, revision: string, changes: { ready?: boolean; deleted?: boolean } = {}): Pod {
  const { ready = false, deleted = false } = changes;
  return {
    metadata: {
      name: `prometheus-main-${ordinal}`,
      labels: { 'controller-revision-hash': revision },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'prometheus-main', uid: 'u' }],
      ...(deleted ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    status: { phase: ready ? 'Running' : 'Pending', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

const find = (pods: readonly Pod[], of = set): string | undefined => findStuckPod(of, pods)?.metadata.name;

describe('a stuck pod', () => {
  it('is of a revision that is neither the current nor the new one, and not ready; the highest ordinal first', () => {
    const pods = [makePod(2, 'two'), makePod(10, 'two'), makePod(11, 'one'), makePod(12, 'three')];
    assert.equal(find(pods), 'prometheus-main-10');
  });

  it('is none that is ready, or on its way out, or of another set', () => {
    const foreign = makePod(4, 'two');
    foreign.metadata.ownerReferences = [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'other', uid: 'u' }];
    assert.equal(find([makePod(2, 'two', { ready: true }), makePod(3, 'two', { deleted: true }), foreign]), undefined);
  });

  it('is not looked for before the newest generation was seen', () => {
    const behind = { ...set, metadata: { ...set.metadata, generation: 4 } };
    assert.equal(find([makePod(0, 'two')], behind), undefined);
    assert.equal(find([makePod(0, 'two')], { ...set, status: { observedGeneration: 3 } }), undefined);
  });
});
