import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listImmutablePaths } from '../../../../../src/core/render/shared/immutable-fields.ts';

const image = 'spec.template.spec.containers[prometheus].image';

describe('fields that cannot be changed in place', () => {
  // The API server's own list: test/contract/cases/immutable-fields.ts has its words.
  const cases: readonly [kind: string, path: string, isImmutable: boolean][] = [
    ['StatefulSet', image, false],
    ['StatefulSet', 'spec.replicas', false],
    ['StatefulSet', 'spec.updateStrategy.type', false],
    ['StatefulSet', 'spec.minReadySeconds', false],
    ['StatefulSet', 'spec.persistentVolumeClaimRetentionPolicy.whenDeleted', false],
    ['StatefulSet', 'metadata.labels["spec.selector"]', false],
    ['StatefulSet', 'spec.selector.matchLabels.tier', true],
    ['StatefulSet', 'spec.serviceName', true],
    ['StatefulSet', 'spec.podManagementPolicy', true],
    ['StatefulSet', 'spec.volumeClaimTemplates', true],
    ['StatefulSet', 'spec.volumeClaimTemplates[0].spec.storageClassName', true],
    ['DaemonSet', image, false],
    ['DaemonSet', 'spec.minReadySeconds', false],
    ['DaemonSet', 'spec.selector.matchLabels.tier', true],
  ];
  for (const [kind, path, isImmutable] of cases)
    it(`${kind} ${path}: ${isImmutable ? 'cannot' : 'can'}`, () => {
      assert.deepEqual(listImmutablePaths(kind, [path]), isImmutable ? [path] : []);
    });
});
