import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listConditions } from '../../../../src/controllers/workload/observed-conditions.ts';
import type { WorkloadObject } from '../../../../src/core/kinds/kind.ts';

const conditions = [{ type: 'Available', status: 'True', lastTransitionTime: '2026-12-01T12:00:00Z' }];
const workload = (name: string, more: object = {}, status?: object): WorkloadObject => ({
  metadata: { namespace: 'shop', name, ...more },
  spec: {},
  ...(status && { status }),
});

describe('conditions that metrics show', () => {
  it('are those of our workloads that are not being deleted', () => {
    const all = [
      workload('ours', {}, { conditions }),
      workload('new'),
      workload('others', {}, { conditions }),
      workload('leaving', { deletionTimestamp: '2026-12-01T12:00:00Z' }, { conditions }),
    ];
    const lister = { list: () => all } as unknown as Parameters<typeof listConditions>[0];
    assert.deepEqual(
      listConditions(lister, ({ metadata }) => metadata.name !== 'others'),
      [
        { namespace: 'shop', name: 'ours', conditions },
        { namespace: 'shop', name: 'new', conditions: [] },
      ],
    );
  });
});
