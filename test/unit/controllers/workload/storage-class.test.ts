import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { requireStorageClass } from '../../../../src/controllers/workload/storage-class.ts';
import { InvalidFieldError } from '../../../../src/core/findings.ts';

describe('requireStorageClass', () => {
  it('asks neither for what no StorageClass can be called, nor whether it may', async () => {
    const asked: string[] = [];
    const deps = {
      client: {
        get: <T extends KubernetesObject>(): Promise<T> => {
          asked.push('get');
          return Promise.resolve({ metadata: {} } as T);
        },
      },
      isAllowed: () => {
        asked.push('access');
        return Promise.resolve(true);
      },
    };
    for (const name of ['../../../api/v1/namespaces/kube-system/secrets/x', '..', 'a%2fb', 'A b', 'x'.repeat(300)]) {
      await assert.rejects(requireStorageClass(deps, name), InvalidFieldError, name);
    }
    assert.deepEqual(asked, []);
    await requireStorageClass(deps, 'fast');
    assert.deepEqual(asked, ['access', 'get']);
  });
});
