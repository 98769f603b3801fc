import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endpointSliceType, podType, secretType } from '../../../src/api/builtin-types.ts';
import { isUnread } from '../../../src/core/explain/facts.ts';
import type { Refusal } from '../../../src/core/refusal.ts';
import { describeRefusals } from '../../../src/core/refusal.ts';

const list = (type: Refusal['type'], why: Refusal['why'] = 'forbidden', namespace = ''): Refusal => ({
  ...{ verb: 'list', type, namespace, why },
});

describe('refusals', () => {
  it('say what could not be read, and why', () => {
    const secret: Refusal = { verb: 'get', type: secretType, namespace: 'shop', name: 'token', why: 'forbidden' };
    assert.deepEqual(
      describeRefusals([secret, list(podType, 'forbidden', 'shop'), list(endpointSliceType, 'absent')]),
      [
        'cannot get Secret shop/token: forbidden',
        'cannot list endpointslices.discovery.k8s.io in all namespaces: the API server has no such resource',
        'cannot list pods in namespace shop: forbidden',
      ],
    );
  });

  it('say once that nothing was asked, whatever was not', () => {
    assert.deepEqual(describeRefusals([list(podType, 'off'), list(endpointSliceType, 'off')]), [
      'Pods, Services and their endpoints are not read: the operator runs without --target-discovery',
    ]);
  });

  it('are of one kind each: a name that begins like another is not meant', () => {
    const unread = [list(endpointSliceType)];
    assert.deepEqual(
      ['EndpointSlice', 'Endpoints'].map((kind) => isUnread({ listUnread: () => unread }, kind)),
      [true, false],
    );
  });
});
