import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KubernetesObject } from '../../../../src/api/meta.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import { KubeletController } from '../../../../src/controllers/kubelet/kubelet-controller.ts';
import type { KubernetesClient } from '../../../../src/kubernetes/client/client.ts';
import { defaultSettings } from '../../../../src/operator/default-settings.ts';
import { FencedError } from '../../../../src/runtime/controller.ts';
import { missing } from '../../kubernetes/cache/scripted-client.ts';

/** No nodes, and a Service that is made once it may be. */
function createClient(created: KubernetesObject[]): KubernetesClient {
  return {
    list: () => Promise.resolve({ metadata: {}, items: [] }),
    get: () => Promise.reject(missing()),
    create: <T extends KubernetesObject>(_type: unknown, object: T) => {
      created.push(object);
      return Promise.resolve(object);
    },
  } as unknown as KubernetesClient;
}

describe('KubeletController', () => {
  it('goes on when the fence refused a write and the lease was kept', async () => {
    const clock = new FakeClock();
    const created: KubernetesObject[] = [];
    const lease = { isHeld: false };
    const controller = new KubeletController({
      options: {
        service: { namespace: 'kube-system', name: 'kubelet' },
        httpMetrics: true,
        endpoints: false,
        endpointSlices: false,
        selector: '',
        priority: 'internal',
        syncPeriodMs: 180_000,
      },
      client: createClient(created),
      clock,
      logger: silentLogger,
      fence: () => {
        if (!lease.isHeld) throw new FencedError();
      },
      settings: defaultSettings(),
      metrics: { observeMissingAddresses: () => undefined, observeSync: () => undefined, setManaged: () => undefined },
    });
    const end = new AbortController();
    const running = controller.run(end.signal);
    await clock.advance(2000);
    assert.equal(created.length, 0);
    lease.isHeld = true;
    await clock.advance(5000);
    assert.equal(created.length, 1, 'the Service is there before the next period');
    end.abort();
    await running;
  });
});
