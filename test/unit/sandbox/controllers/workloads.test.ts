import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { namespace, workload, World } from './world.ts';

const image = (tag: string) => ({
  spec: { template: { spec: { containers: [{ name: 'main', image: `app:${tag}` }] } } },
});

/** Image tag of each Pod by name. */
function tags(world: World): string[] {
  return world.list('Pod').map(({ metadata, spec }) => {
    const [container] = (spec as { containers: { image: string }[] }).containers;
    return `${metadata.name ?? ''} ${container?.image ?? ''}`;
  });
}

describe('workloads of the sandbox', () => {
  it('a StatefulSet rolls over from the highest ordinal, one Pod at a time', async () => {
    const world = new World({ podStartMs: 100, podStopMs: 50 });
    world.create(
      'StatefulSet',
      'web',
      workload('web', { replicas: 3, serviceName: 'web', podManagementPolicy: 'Parallel' }),
    );
    await world.advance(1_000);
    const order: string[] = [];
    world.api.watch(
      { group: '', plural: 'pods' },
      { resourceVersion: world.api.list({ group: '', plural: 'pods' }).resourceVersion },
      (event) => {
        if (event.type === 'ADDED' || event.type === 'DELETED')
          order.push(`${event.type} ${event.object.metadata.name ?? ''}`);
      },
    );
    world.change('StatefulSet', 'web', image('2'));
    await world.advance(3_000);
    assert.deepEqual(
      order,
      ['web-2', 'web-1', 'web-0'].flatMap((name) => [`DELETED ${name}`, `ADDED ${name}`]),
    );
    assert.deepEqual(tags(world), ['web-0 app:2', 'web-1 app:2', 'web-2 app:2']);
    const { currentRevision, updateRevision, readyReplicas } = world.statusOf('StatefulSet', 'web');
    assert.deepEqual([currentRevision === updateRevision, readyReplicas], [true, 3]);
    assert.deepEqual(world.errors, []);
    world.stop();
  });

  it('a StatefulSet stops its rollout at a Pod that does not get ready', async () => {
    const world = new World();
    world.create('StatefulSet', 'web', workload('web', { replicas: 2, serviceName: 'web' }));
    await world.advance(2_000);
    world.change('StatefulSet', 'web', image('never-ready'));
    await world.advance(5_000);
    assert.deepEqual(tags(world), ['web-0 app:1', 'web-1 app:never-ready']);
    assert.deepEqual(world.pods(), ['web-0 Running ready', 'web-1 Running not ready']);
    world.stop();
  });

  it('a StatefulSet deleted in the foreground goes after its Pods, and its name is free again', async () => {
    const world = new World({ podStopMs: 400 });
    world.create(
      'StatefulSet',
      'web',
      workload('web', { replicas: 2, serviceName: 'web', podManagementPolicy: 'Parallel' }),
    );
    await world.advance(1_000);
    world.delete('StatefulSet', 'web', { propagationPolicy: 'Foreground' });
    await world.advance(399);
    assert.deepEqual([world.pods().length, world.get('StatefulSet', 'web') === undefined], [2, false]);
    await world.advance(10);
    assert.deepEqual([world.pods(), world.get('StatefulSet', 'web')], [[], undefined]);
    world.create('StatefulSet', 'web', workload('web', { replicas: 1, serviceName: 'other' }));
    await world.advance(1_000);
    assert.deepEqual(world.pods(), ['web-0 Running ready']);
    world.stop();
  });

  it('a Deployment rolls over without losing more than a quarter', async () => {
    const world = new World({ podStartMs: 100, podStopMs: 50 });
    world.create('Deployment', 'app', workload('app', { replicas: 4 }));
    await world.advance(1_000);
    world.change('Deployment', 'app', image('2'));
    let fewest = 4;
    for (let step = 0; step < 100; step += 1) {
      await world.advance(20);
      fewest = Math.min(fewest, world.pods().filter((line) => line.endsWith('Running ready')).length);
    }
    assert.equal(fewest, 3);
    assert.deepEqual(
      tags(world).map((line) => line.split(' ')[1]),
      ['app:2', 'app:2', 'app:2', 'app:2'],
    );
    const { updatedReplicas, availableReplicas, observedGeneration } = world.statusOf('Deployment', 'app');
    assert.deepEqual([updatedReplicas, availableReplicas, observedGeneration], [4, 4, 2]);
    world.stop();
  });

  it('a Deployment keeps as many old ReplicaSets as revisionHistoryLimit says', async () => {
    const world = new World();
    world.create('Deployment', 'app', workload('app', { replicas: 1, revisionHistoryLimit: 1 }));
    for (const tag of ['2', '3', '4']) {
      await world.advance(2_000);
      world.change('Deployment', 'app', image(tag));
    }
    await world.advance(2_000);
    const sets = world.api.list({ group: 'apps', plural: 'replicasets' }, { namespace }).items;
    assert.deepEqual(sets.map(({ spec }) => (spec as { replicas: number }).replicas).sort(), [0, 1]);
    world.stop();
  });

  it('a Service finds the Pods of a StatefulSet by host name, Node and zone', async () => {
    const world = new World();
    const ports = [{ name: 'web', port: 80, targetPort: 'web' }];
    world.create('Service', 'web', { spec: { clusterIP: 'None', selector: { app: 'web' }, ports } });
    world.create('StatefulSet', 'web', workload('web', { replicas: 1, serviceName: 'web' }));
    await world.advance(1_000);
    const [slice] = world.list('EndpointSlice', { labelSelector: 'kubernetes.io/service-name=web' });
    const [endpoint] = slice?.['endpoints'] as Record<string, unknown>[];
    const { targetRef: _reference, ...rest } = endpoint ?? {};
    assert.deepEqual(rest, {
      addresses: ['10.244.1.2'],
      conditions: { ready: true, serving: true, terminating: false },
      hostname: 'web-0',
      nodeName: 'sandbox-1',
      zone: 'sandbox-a',
    });
    assert.deepEqual(slice?.['ports'], [{ name: 'web', port: 8080, protocol: 'TCP' }]);
    world.stop();
  });

  it('a Service with more than 100 Pods has several slices', async () => {
    const world = new World();
    world.create('Service', 'app', { spec: { selector: { app: 'app' }, ports: [{ port: 80 }] } });
    world.create('Deployment', 'app', workload('app', { replicas: 120 }));
    await world.advance(3_000);
    const slices = world.list('EndpointSlice', { labelSelector: 'kubernetes.io/service-name=app' });
    const sizes = slices.map((slice) => (slice['endpoints'] as unknown[]).length).sort((one, other) => other - one);
    assert.deepEqual(sizes, [100, 20]);
    world.stop();
  });

  it('a Namespace that is deleted takes running Pods, claims and everything else with it', async () => {
    const world = new World({ caCertificate: 'PEM' });
    const inside = { metadata: { name: 'team' } };
    world.api.create({ group: '', plural: 'namespaces' }, inside);
    await world.advance(0);
    const root = world.api.get({ group: '', plural: 'configmaps' }, { namespace: 'team', name: 'kube-root-ca.crt' });
    assert.deepEqual(root?.['data'], { 'ca.crt': 'PEM' });
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    const volumeClaimTemplates = [{ metadata: { name: 'db' }, spec }];
    const set = workload('web', { replicas: 2, serviceName: 'web', volumeClaimTemplates });
    world.api.create(
      { group: 'apps', plural: 'statefulsets' },
      {
        metadata: { name: 'web', namespace: 'team' },
        ...set,
      },
    );
    await world.advance(2_000);
    assert.equal(world.api.list({ group: '', plural: 'pods' }, { namespace: 'team' }).items.length, 2);
    world.api.delete({ group: '', plural: 'namespaces' }, { namespace: '', name: 'team' });
    await world.advance(2_000);
    assert.equal(world.api.get({ group: '', plural: 'namespaces' }, { namespace: '', name: 'team' }), undefined);
    assert.deepEqual(world.api.list({ group: '', plural: 'pods' }, { namespace: 'team' }).items, []);
    world.stop();
  });
});
