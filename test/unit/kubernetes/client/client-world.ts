import { afterEach, beforeEach } from 'node:test';
import type { ResourceType } from '../../../../src/api/meta.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { createClient } from '../../../../src/kubernetes/client/rest-client.ts';
import type { ClientOptions, KubernetesClient } from '../../../../src/kubernetes/client/client.ts';
import { FakeServer } from './fake-server.ts';

export const pods: ResourceType = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true };
export const name = { namespace: 'a', name: 'x' };
export const pod = { metadata: { namespace: 'a', name: 'x' } };

/** A client, its server and its clock; new ones for each test. */
class ClientWorld {
  server = new FakeServer();
  clock = new FakeClock();
  client!: KubernetesClient;

  async begin(): Promise<void> {
    this.server = new FakeServer();
    this.clock = new FakeClock();
    await this.server.start();
    this.client = this.connect();
  }

  connect(options: Partial<ClientOptions> = {}): KubernetesClient {
    return createClient(this.server.config, { userAgent: 'test/1.0', clock: this.clock, ...options });
  }

  async end(): Promise<void> {
    await this.client.close();
    await this.server.stop();
  }
}

export function useClient(): ClientWorld {
  const world = new ClientWorld();
  beforeEach(() => world.begin());
  afterEach(() => world.end());
  return world;
}
