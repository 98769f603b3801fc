import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WrittenStatuses } from '../../../../src/controllers/workload/written-statuses.ts';

const key = 'shop/main';
const cached = (resourceVersion: string, replicas: number) => ({
  metadata: { namespace: 'shop', name: 'main', resourceVersion },
  spec: {},
  status: { replicas },
});

describe('WrittenStatuses', () => {
  it('has what the cache has as long as nothing was written', () => {
    assert.deepEqual(new WrittenStatuses().recall(key, cached('5', 1)), { replicas: 1 });
  });

  it('knows nothing between a write and its answer', () => {
    const written = new WrittenStatuses();
    written.begin(key);
    assert.equal(written.recall(key, cached('5', 1)), 'unknown');
  });

  it('has what was written until the cache shows it, and what the cache shows from then on', () => {
    const written = new WrittenStatuses();
    written.begin(key);
    written.confirm(key, cached('5', 1), { status: { replicas: 2 }, version: '9' });
    assert.deepEqual(written.recall(key, cached('5', 1)), { replicas: 2 });
    assert.deepEqual(
      written.recall(key, cached('7', 3)),
      { replicas: 2 },
      'an earlier write comes from the watch first',
    );
    assert.deepEqual(written.recall(key, cached('9', 4)), { replicas: 4 });
    assert.deepEqual(written.recall(key, cached('5', 1)), { replicas: 1 }, 'it is forgotten once it was seen');
  });

  it('goes by the version that was superseded where the answer named none', () => {
    const written = new WrittenStatuses();
    written.confirm(key, cached('5', 1), { status: { replicas: 2 }, version: undefined });
    assert.deepEqual(written.recall(key, cached('5', 1)), { replicas: 2 });
    assert.deepEqual(written.recall(key, cached('6', 3)), { replicas: 3 });
  });

  it('forgets a workload that is gone', () => {
    const written = new WrittenStatuses();
    written.begin(key);
    written.forget(key);
    assert.deepEqual(written.recall(key, cached('5', 1)), { replicas: 1 });
  });
});
