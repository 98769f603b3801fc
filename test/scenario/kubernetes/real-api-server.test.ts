import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { createSystemClock } from '../../../src/base/clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { createInformer } from '../../../src/kubernetes/cache/informer.ts';
import type { Informer, InformerOptions } from '../../../src/kubernetes/cache/informer.ts';
import { createClient } from '../../../src/kubernetes/client/rest-client.ts';
import type { ClientOptions, KubernetesClient } from '../../../src/kubernetes/client/client.ts';
import {
  isAlreadyExists,
  isConflict,
  isGone,
  isInvalid,
  isNotFound,
  isTransport,
} from '../../../src/kubernetes/client/errors.ts';
import { loadKubeConfig } from '../../../src/kubernetes/client/kube-config.ts';
import { reviewAccess } from '../../../src/kubernetes/access.ts';
import { getServerVersion } from '../../../src/kubernetes/discovery.ts';
import { createEventRecorder } from '../../../src/kubernetes/events/event-recorder.ts';
import type { EventObject } from '../../../src/kubernetes/events/event-series.ts';
import { createLeaderElector } from '../../../src/kubernetes/leader-election/leader-elector.ts';
import type { LeaderElector } from '../../../src/kubernetes/leader-election/leader-elector.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { startControlPlane } from '../../control-plane/control-plane.ts';
import { locateControlPlane } from '../../control-plane/locate.ts';
import { eventually } from '../../e2e/support/eventually.ts';

interface ConfigMap extends KubernetesObject {
  data?: Record<string, string>;
}

const configMaps: ResourceType = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};
const secrets: ResourceType = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
const events: ResourceType = {
  group: 'events.k8s.io',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  namespaced: true,
};
const clock = createSystemClock({ unref: true });
const skip = locateControlPlane().skipped ?? false;

describe('against a real API server', { skip }, () => {
  let controlPlane: ControlPlane;
  let client: KubernetesClient;
  let requests: string[];
  const end = new AbortController();

  before(async () => {
    controlPlane = await startControlPlane({ users: [{ name: 'restricted' }] });
    client = connect();
  });

  after(async () => {
    end.abort();
    await client.close();
    await controlPlane.stop();
  });

  function connect(user = 'admin', options: Partial<ClientOptions> = {}): KubernetesClient {
    requests = [];
    const kubeconfig = user === 'admin' ? controlPlane.kubeconfigPath : controlPlane.kubeconfigFor(user);
    return createClient(loadKubeConfig({ kubeconfig }), {
      userAgent: 'test',
      clock,
      metrics: { observeRequest: ({ method, endpoint, status }) => requests.push(`${method} ${endpoint} ${status}`) },
      ...options,
    });
  }

  function follow(options: Partial<InformerOptions<ConfigMap>> = {}): Informer<ConfigMap> {
    const informer = createInformer<ConfigMap>({
      client,
      type: configMaps,
      scope: { kind: 'namespaces', names: ['default'] },
      clock,
      random: Math.random,
      logger: silentLogger,
      ...options,
    });
    void informer.run(end.signal);
    return informer;
  }

  function makeConfigMap(name: string, data: Record<string, string> = {}): ConfigMap {
    return { metadata: { namespace: 'default', name }, data };
  }

  it('speaks TLS with the authority of the kubeconfig, and with no other', async () => {
    const { kubeconfigPath: kubeconfig } = controlPlane;
    assert.equal((await getServerVersion(client)).major, 1);
    const wrong = createClient(loadKubeConfig({ kubeconfig, caFile: process.execPath }), { userAgent: 'test', clock });
    await assert.rejects(wrong.raw({ method: 'GET', path: '/version' }), isTransport);
    const careless = loadKubeConfig({ kubeconfig, caFile: process.execPath, insecure: true });
    assert.equal(careless.server, controlPlane.server);
  });

  it('finds permissions', async () => {
    const request = { verb: 'list', group: '', resource: 'secrets' };
    assert.equal((await reviewAccess(client, request)).allowed, true);
    assert.equal((await reviewAccess(connect('restricted'), request)).allowed, false);
  });

  it('writes in every way, and tells refusals apart', async () => {
    const name = { namespace: 'default', name: 'written' };
    const created = await client.create(configMaps, makeConfigMap('written', { a: '1' }));
    await assert.rejects(client.create(configMaps, makeConfigMap('written')), isAlreadyExists);
    await client.patch(configMaps, name, { kind: 'merge', body: { data: { b: '2' } } });
    await client.patch(configMaps, name, { kind: 'strategic', body: { data: { c: '3' } } });
    await client.patch(configMaps, name, { kind: 'json', body: [{ op: 'remove', path: '/data/a' }] });
    await assert.rejects(client.update(configMaps, created), isConflict);
    const intent = { apiVersion: 'v1', kind: 'ConfigMap', metadata: name, data: { d: '4' } };
    const applied = await client.patch<ConfigMap>(configMaps, name, {
      kind: 'apply',
      body: intent,
      fieldManager: 'test',
      force: true,
    });
    assert.deepEqual(applied.data, { b: '2', c: '3', d: '4' });
    await client.update(configMaps, { ...applied, data: {} }, { dryRun: true });
    const got = await client.get<ConfigMap>(configMaps, name);
    assert.deepEqual([got.data, got.kind], [applied.data, 'ConfigMap']);
    await assert.rejects(client.create(configMaps, makeConfigMap('Bad Name')), isInvalid);
    await assert.rejects(client.delete(configMaps, name, { preconditions: { uid: 'another' } }), isConflict);
    await client.delete(configMaps, name, { propagationPolicy: 'Background' });
    await assert.rejects(client.get(configMaps, name), isNotFound);
  });

  it('lists in pages', async () => {
    for (let index = 0; index < 5; index += 1) await client.create(configMaps, makeConfigMap(`page-${index}`));
    const first = await client.list(configMaps, { namespace: 'default', limit: 2 });
    assert.equal(first.items.length, 2);
    const { continue: token = '' } = first.metadata;
    const second = await client.list(configMaps, { namespace: 'default', limit: 100, continue: token });
    assert.ok(second.items.length >= 3);
    await assert.rejects(client.list(configMaps, { limit: 2, continue: 'nonsense' }), { status: 400 });
  });

  it('reads the state and its changes in one request (WatchList)', async () => {
    client = connect();
    const informer = follow();
    const told: string[] = [];
    informer.addHandler({
      add: ({ metadata }) => told.push(`add ${metadata.name ?? ''}`),
      update: (previous, { metadata }) => told.push(`update ${metadata.name ?? ''}`),
      delete: ({ metadata }, tombstone) => told.push(`${tombstone ? 'tombstone' : 'delete'} ${metadata.name ?? ''}`),
    });
    await eventually('the informer has synced', () => informer.hasSynced());
    assert.deepEqual(requests, ['GET /api/v1/namespaces/{namespace}/configmaps 200']);
    told.length = 0;
    await client.create(configMaps, makeConfigMap('followed', { text: 'größer 🦭' }));
    await client.patch(
      configMaps,
      { namespace: 'default', name: 'followed' },
      { kind: 'merge', body: { data: { a: '1' } } },
    );
    await client.delete(configMaps, { namespace: 'default', name: 'followed' });
    await eventually('all changes came', () => told.length === 3);
    assert.deepEqual(told, ['add followed', 'update followed', 'delete followed']);
  });

  it('follows metadata alone', async () => {
    const informer = follow({ metadataOnly: true });
    await eventually('the informer has synced', () => informer.hasSynced());
    const object = informer.store.get('default', 'page-0');
    assert.deepEqual(Object.keys(object ?? {}).toSorted(), ['apiVersion', 'kind', 'metadata']);
    assert.equal(object?.kind, 'ConfigMap');
  });

  it('leaves out denied namespaces on the server', async () => {
    const informer = follow({ scope: { kind: 'cluster', denied: ['default', 'kube-system'] } });
    await eventually('the informer has synced', () => informer.hasSynced());
    assert.deepEqual(informer.store.list('default'), []);
    assert.equal(informer.health().lastError, undefined);
  });

  it('waits for a permission, and goes on when it is granted', async () => {
    const own = connect('restricted');
    await client.create(secrets, { metadata: { namespace: 'default', name: 'hidden' } });
    const informer = follow({ client: own, type: secrets });
    await eventually('the refusal is seen', () => informer.health().refusals.length > 0);
    const { synced, settled, refusals } = informer.health();
    assert.deepEqual([synced, settled, refusals[0]?.status, refusals[0]?.namespace], [false, true, 403, 'default']);
    await controlPlane.kubectl(['create', 'role', 'reader', '--verb=list,watch', '--resource=secrets']);
    await controlPlane.kubectl(['create', 'rolebinding', 'reader', '--role=reader', '--user=restricted']);
    await eventually('the informer has synced', () => informer.hasSynced());
    assert.equal(informer.store.get('default', 'hidden')?.metadata.name, 'hidden');
    assert.deepEqual(informer.health().refusals, []);
  });

  it('elects one of two candidates, and the other after a release', async () => {
    const ends = [new AbortController(), new AbortController()];
    const electors: LeaderElector[] = ends.map((_, index) =>
      createLeaderElector({
        client,
        lease: { namespace: 'default', name: 'lock' },
        identity: `candidate-${index}`,
        leaseDurationMs: 3000,
        renewDeadlineMs: 2000,
        retryPeriodMs: 200,
        clock,
        random: Math.random,
        logger: silentLogger,
        callbacks: { onStartedLeading: () => undefined },
      }),
    );
    const runs = electors.map((elector, index) => elector.run(ends[index]!.signal));
    await eventually('there is a leader', () => electors.some((elector) => elector.isLeader()));
    const [first, second] = electors[0]!.isLeader() ? [0, 1] : [1, 0];
    assert.equal(electors[second]!.isLeader(), false);
    ends[first]!.abort();
    await eventually('the other leads', () => electors[second]!.isLeader());
    assert.equal(electors[first]!.isLeader(), false);
    ends[second]!.abort();
    await Promise.all(runs);
  });

  it('records events, and repeats as a series', async () => {
    const recorder = createEventRecorder({
      client,
      reportingInstance: 'test',
      clock,
      random: Math.random,
      logger: silentLogger,
    });
    void recorder.run(end.signal);
    const regarding = await client.get<ConfigMap>(configMaps, { namespace: 'default', name: 'page-0' });
    const record = { regarding, type: 'Warning', reason: 'Tested', action: 'Testing', note: 'x'.repeat(2000) } as const;
    recorder.record({ ...record, reportingController: 'test' });
    recorder.record({ ...record, reportingController: 'test' });
    let seen: EventObject[] = [];
    for (let round = 0; round < 100 && seen[0]?.series?.count !== 2; round += 1) {
      const { items } = await client.list<EventObject>(events, { namespace: 'default' });
      seen = items.filter(({ reason }) => reason === 'Tested');
    }
    assert.deepEqual(
      seen.map(({ series, note, regarding: { name, kind } }) => [series?.count, note.length, name, kind]),
      [[2, 1024, 'page-0', 'ConfigMap']],
    );
  });

  it('notices a server that hangs', async () => {
    const impatient = connect('admin', { requestTimeoutMs: 1000 });
    const watch = impatient.watch(configMaps, { silenceMs: 1000 })[Symbol.asyncIterator]();
    await watch.next();
    controlPlane.pauseApiServer();
    try {
      // A busy machine may answer once more before the signal arrives.
      await assert.rejects(
        async () => {
          for (;;) await impatient.raw({ method: 'GET', path: '/version' });
        },
        { failure: 'timeout' },
      );
      await assert.rejects(
        async () => {
          for (;;) await watch.next();
        },
        { failure: 'timeout' },
      );
    } finally {
      controlPlane.resumeApiServer();
    }
    await impatient.raw({ method: 'GET', path: '/version' });
    await impatient.close();
  });

  it('finds, after the server was gone, what was deleted before it could look', async () => {
    const informer = follow();
    await eventually('the informer has synced', () => informer.hasSynced());
    assert.notEqual(informer.store.get('default', 'page-1'), undefined);
    await controlPlane.killApiServer();
    await eventually('the loss is seen', () => informer.health().failingSince !== undefined);
    await controlPlane.restartApiServer();
    await controlPlane.kubectl(['delete', 'configmap', 'page-1']);
    await eventually('the delete is seen', () => informer.store.get('default', 'page-1') === undefined);
    await eventually('all is well again', () => informer.health().failingSince === undefined);
  });

  it('says that a resourceVersion from before its restart is too old', async () => {
    const watch = client.watch(configMaps, { resourceVersion: '1' });
    await assert.rejects(async () => {
      for await (const event of watch) assert.ok(event);
    }, isGone);
  });
});
