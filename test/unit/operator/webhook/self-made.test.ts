import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { secretType } from '../../../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../../../src/api/meta.ts';
import { createSystemClock } from '../../../../src/base/clock.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { advance } from '../../../fake-time.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import type { Secret } from '../../../../src/core/render/shared/rendered-objects.ts';
import { createClient } from '../../../../src/kubernetes/client/rest-client.ts';
import type { KubernetesClient } from '../../../../src/kubernetes/client/client.ts';
import { loadKubeConfig } from '../../../../src/kubernetes/client/kube-config.ts';
import { renderWebhook } from '../../../../src/operator/install/webhook-install.ts';
import { SelfMadeIdentity } from '../../../../src/operator/webhook/self-made.ts';
import type { SandboxServer } from '../../../../src/sandbox/server.ts';
import { createSandboxServer } from '../../../../src/sandbox/server.ts';

const day = 24 * 60 * 60_000;
const overlapMs = 60_000;

const configurationType: ResourceType = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  plural: 'validatingwebhookconfigurations',
  kind: 'ValidatingWebhookConfiguration',
  namespaced: false,
};

interface Configuration extends KubernetesObject {
  webhooks: { clientConfig: { caBundle?: string } }[];
}

describe('SelfMadeIdentity', () => {
  let server: SandboxServer;
  let folder = '';
  let client: KubernetesClient;
  before(async () => {
    server = createSandboxServer({ clock: createSystemClock() });
    await server.listen();
    folder = mkdtempSync(join(tmpdir(), 'stoker-self-made-'));
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, server.kubeconfig());
    client = createClient(loadKubeConfig({ kubeconfig }), {
      userAgent: 'test',
      clock: createSystemClock(),
    });
  });
  after(async () => {
    await client.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** A replica, and how it takes its next look. */
  function makeReplica(test: TestContext, name: string, clock: FakeClock) {
    const service = { namespace: 'default', name };
    const hosts = [`${name}.default.svc`];
    const reloads: boolean[] = [];
    const identity = new SelfMadeIdentity(
      {
        secret: `${name}-certificate`,
        policy: { hosts, validityMs: 30 * day, overlapMs },
        targets: { configuration: name, service, hosts },
      },
      {
        client,
        clock,
        random: () => 0.5,
        logger: silentLogger,
        observer: { observeExpiry: () => undefined, observeReload: (failed) => void reloads.push(failed) },
      },
    );
    const stop = new AbortController();
    test.after(() => stop.abort(new Error('stopped')));
    return { identity, reloads, signal: stop.signal };
  }

  const readSecret = (name: string): Promise<Secret> =>
    client.get<Secret>(secretType, { namespace: 'default', name: `${name}-certificate` });
  const readBundle = async (name: string): Promise<string> => {
    const { webhooks } = await client.get<Configuration>(configurationType, { namespace: '', name });
    return Buffer.from(webhooks[0]?.clientConfig.caBundle ?? '', 'base64').toString();
  };

  async function register(name: string): Promise<void> {
    const manifests = renderWebhook({
      namespace: 'default',
      service: name,
      configuration: name,
      labels: {},
      selector: {},
      certificates: { mode: 'self' },
    });
    const found = manifests.find(({ kind }) => kind === configurationType.kind);
    await client.create(configurationType, found as unknown as Configuration);
  }

  /** Lets looks happen until the condition holds; the API server answers in real time. */
  async function turn(clock: FakeClock, until: () => Promise<boolean> | boolean): Promise<void> {
    for (let rounds = 0; rounds < 5000; rounds += 1) {
      if (await until()) return;
      await advance(clock, overlapMs / 40);
    }
    assert.fail('It did not come to pass');
  }

  it('makes a certificate, keeps it in a Secret and tells the API server of its CA', async (test) => {
    await register('first');
    const { identity, signal } = makeReplica(test, 'first', new FakeClock());
    await identity.prepare(signal);
    const { data = {} } = await readSecret('first');
    assert.equal(Buffer.from(data['tls.crt'] ?? '', 'base64').toString(), identity.current.certificate);
    assert.equal(await readBundle('first'), Buffer.from(data['ca.crt'] ?? '', 'base64').toString());
  });

  it('shares it with other replicas, which follow when it is replaced', async (test) => {
    await register('second');
    const clock = new FakeClock();
    const one = makeReplica(test, 'second', clock);
    const two = makeReplica(test, 'second', clock);
    await Promise.all([one.identity.prepare(one.signal), two.identity.prepare(two.signal)]);
    const old = one.identity.current.certificate;
    assert.equal(two.identity.current.certificate, old);
    const told: string[] = [];
    two.identity.subscribe(({ certificate }) => void told.push(certificate));
    await clock.advance(21 * day);
    void one.identity.run(one.signal);
    void two.identity.run(two.signal);
    await turn(clock, () => one.identity.current.certificate !== old && two.identity.current.certificate !== old);
    assert.equal(one.identity.current.certificate, two.identity.current.certificate);
    assert.deepEqual(told, [two.identity.current.certificate]);
    const isBundleSingle = async (): Promise<boolean> => (await readBundle('second')).split('BEGIN').length === 2;
    await turn(clock, isBundleSingle);
  });

  it('puts the CA back when somebody takes it away, and makes a Secret anew that was garbled', async (test) => {
    await register('third');
    const clock = new FakeClock();
    const { identity, signal } = makeReplica(test, 'third', clock);
    await identity.prepare(signal);
    const before = identity.current.certificate;
    void identity.run(signal);
    const body = [{ op: 'remove', path: '/webhooks/0/clientConfig/caBundle' }];
    await client.patch(configurationType, { namespace: '', name: 'third' }, { kind: 'json', body });
    await turn(clock, async () => (await readBundle('third')) !== '');
    const name = { namespace: 'default', name: 'third-certificate' };
    await client.patch(secretType, name, { kind: 'merge', body: { data: { 'state.json': 'e30=' } } });
    await turn(clock, () => identity.current.certificate !== before);
    assert.match(await readBundle('third'), /BEGIN CERTIFICATE/);
  });
});
