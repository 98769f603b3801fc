import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prometheusType } from '../../../../src/api/prometheus.ts';
import type { FinalizerDeps } from '../../../../src/controllers/workload/finalizer.ts';
import { hasFinalizer, setFinalizer, statusFinalizer } from '../../../../src/controllers/workload/finalizer.ts';
import { ApiError } from '../../../../src/kubernetes/client/errors.ts';

const object = (...finalizers: string[]) => ({
  metadata: { namespace: 'shop', name: 'main', resourceVersion: '7', finalizers },
});

/** Sets the finalizer. @returns the bodies that were sent, after how often it was asked who leads */
async function set(before: ReturnType<typeof object>, wanted: boolean, answer?: Error): Promise<unknown[]> {
  const sent: unknown[] = [];
  let fenced = 0;
  const client = {
    patch: (_type: unknown, _name: unknown, { body }: { body: unknown }) => {
      sent.push(fenced, body);
      return answer === undefined ? Promise.resolve({}) : Promise.reject(answer);
    },
  } as unknown as FinalizerDeps['client'];
  await setFinalizer({ client, fence: () => void (fenced += 1) }, { type: prometheusType, object: before }, wanted);
  return sent;
}

describe('the finalizer of bindings', () => {
  it('is added beside those of others, bound to the state that was seen', async () => {
    const finalizers = ['example.org/other', statusFinalizer];
    assert.deepEqual(await set(object('example.org/other'), true), [
      1,
      { metadata: { resourceVersion: '7', finalizers } },
    ]);
  });

  it('is removed alone', async () => {
    assert.deepEqual(await set(object(statusFinalizer, 'example.org/other'), false), [
      1,
      { metadata: { resourceVersion: '7', finalizers: ['example.org/other'] } },
    ]);
  });

  it('is not written where it is as it should be', async () => {
    assert.deepEqual(await set(object(statusFinalizer), true), []);
    assert.deepEqual(await set(object(), false), []);
    assert.deepEqual([hasFinalizer(object(statusFinalizer)), hasFinalizer({ metadata: {} })], [true, false]);
  });

  it('of a workload that is gone is no error, a conflict is', async () => {
    const refuse = (status: number, reason: string): ApiError =>
      new ApiError({ status, reason, message: reason, details: { name: 'main', kind: 'prometheuses' } });
    assert.equal((await set(object(), true, refuse(404, 'NotFound'))).length, 2);
    await assert.rejects(set(object(), true, refuse(409, 'Conflict')), { status: 409 });
  });
});
