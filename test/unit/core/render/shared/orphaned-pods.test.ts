import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ObjectMeta } from '../../../../../src/api/meta.ts';
import { adoptNotes, isOrphanOf } from '../../../../../src/core/render/shared/orphaned-pods.ts';
import type { StatefulSet } from '../../../../../src/core/render/shared/rendered-objects.ts';

const restarted = 'kubectl.kubernetes.io/restartedAt';
const container = 'kubectl.kubernetes.io/default-container';

const set: StatefulSet = {
  metadata: { name: 'a' },
  spec: {
    serviceName: 's',
    selector: {},
    template: { metadata: { labels: { app: 'a' }, annotations: { [container]: 'a' } }, spec: { containers: [] } },
  },
};

const notesOf = (...annotations: Record<string, string>[]) =>
  adoptNotes(
    set,
    annotations.map((one) => ({ metadata: { annotations: one } })),
  ).spec.template.metadata.annotations;

describe('pods that a set has left', () => {
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'a', uid: '1' };
  const cases: readonly [title: string, metadata: ObjectMeta, expected: boolean][] = [
    ['free', { name: 'a-0' }, true],
    ['with an owner that does not control it', { name: 'a-10', ownerReferences: [owner] }, true],
    ['controlled', { name: 'a-0', ownerReferences: [{ ...owner, controller: true }] }, false],
    ['going', { name: 'a-0', deletionTimestamp: '2026-01-01T00:00:00Z' }, false],
    ['of another set', { name: 'a-shard-1-0' }, false],
    ['of a name that begins otherwise', { name: 'b-0' }, false],
  ];
  for (const [title, metadata, expected] of cases)
    it(title, () => {
      assert.equal(isOrphanOf({ metadata }, 'a'), expected);
    });

  it('keep what kubectl has noted, the last of several, and nothing of others', () => {
    const notes = notesOf(
      { [restarted]: '2026-01-02T00:00:00Z', 'sidecar.example/injected': 'yes' },
      { [restarted]: '2026-01-01T00:00:00Z', [container]: 'theirs' },
    );
    assert.deepEqual(notes, { [restarted]: '2026-01-02T00:00:00Z', [container]: 'a' });
  });

  it('without notes the set is as it was rendered', () => {
    assert.equal(adoptNotes(set, [{ metadata: {} }]), set);
  });
});
