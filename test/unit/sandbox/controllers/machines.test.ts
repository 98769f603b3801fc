import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { workload, World } from './world.ts';

const pod = (fields: object = {}) => ({ spec: { containers: [{ name: 'main', image: 'app:1' }], ...fields } });

describe('the machines of the sandbox', () => {
  it('are three ready Nodes in three zones', () => {
    const world = new World();
    const nodes = world.api.list({ group: '', plural: 'nodes' }).items;
    const zones = nodes.map(({ metadata }) => metadata.labels?.['topology.kubernetes.io/zone']);
    assert.deepEqual(
      [nodes.map(({ metadata }) => metadata.name), zones],
      [
        ['sandbox-1', 'sandbox-2', 'sandbox-3'],
        ['sandbox-a', 'sandbox-b', 'sandbox-c'],
      ],
    );
    world.stop();
  });

  it('run a Pod: scheduled, with an address, ready after its time', async () => {
    const world = new World({ podStartMs: 300 });
    world.create('Pod', 'a', pod());
    await world.advance(299);
    assert.deepEqual(world.pods(), ['a Pending not ready']);
    await world.advance(1);
    assert.deepEqual(world.pods(), ['a Running ready']);
    const status = world.statusOf('Pod', 'a');
    const [container] = status['containerStatuses'] as { ready: boolean; state: object }[];
    assert.deepEqual([status['podIP'], status['hostIP'], container?.ready], ['10.244.1.2', '192.0.2.1', true]);
    assert.deepEqual(world.errors, []);
    world.stop();
  });

  it('spread Pods over the Nodes, and honour nodeSelector', async () => {
    const world = new World();
    for (const name of ['a', 'b', 'c']) world.create('Pod', name, pod());
    world.create('Pod', 'd', pod({ nodeSelector: { 'kubernetes.io/hostname': 'sandbox-3' } }));
    world.create('Pod', 'e', pod({ nodeSelector: { 'kubernetes.io/hostname': 'nowhere' } }));
    await world.advance(500);
    const nodes = world.list('Pod').map(({ spec }) => (spec as { nodeName?: string }).nodeName ?? 'none');
    assert.deepEqual(nodes, ['sandbox-1', 'sandbox-2', 'sandbox-3', 'sandbox-3', 'none']);
    world.stop();
  });

  it('keep a Pod from getting ready by annotation or image, and let it when the annotation goes', async () => {
    const world = new World();
    world.create('Pod', 'a', pod(), { annotations: { 'sandbox.stoker.dev/ready': 'false' } });
    world.create('Pod', 'b', pod({ containers: [{ name: 'main', image: 'app:never-ready' }] }));
    await world.advance(1_000);
    assert.deepEqual(world.pods(), ['a Running not ready', 'b Running not ready']);
    world.change('Pod', 'a', { metadata: { annotations: null } });
    await world.advance(0);
    assert.deepEqual(world.pods(), ['a Running ready', 'b Running not ready']);
    world.change('Pod', 'a', { metadata: { annotations: { 'sandbox.stoker.dev/ready': 'false' } } });
    await world.advance(0);
    assert.deepEqual(world.pods(), ['a Running not ready', 'b Running not ready']);
    world.stop();
  });

  it('end a deleted Pod after its grace period, and free its address', async () => {
    const world = new World({ podStopMs: 500 });
    world.create('Pod', 'a', pod({ terminationGracePeriodSeconds: 30 }));
    await world.advance(1_000);
    world.delete('Pod', 'a');
    await world.advance(499);
    assert.deepEqual(world.pods(), ['a Running ready']);
    await world.advance(1);
    assert.deepEqual(world.pods(), []);
    world.create('Pod', 'b', pod());
    await world.advance(1_000);
    assert.equal(world.statusOf('Pod', 'b')['podIP'], '10.244.1.2');
    world.stop();
  });

  it('hold a Pod back until the Secret it mounts is there, and say so in an event', async () => {
    const world = new World();
    world.create('Pod', 'a', pod({ volumes: [{ name: 'config', secret: { secretName: 's' } }] }));
    await world.advance(2_000);
    assert.deepEqual(world.pods(), ['a Pending not ready']);
    const [event] = world.list('Event', { fieldSelector: 'reason=FailedMount' });
    assert.match(String(event?.['message']), /secret "s" not found/);
    assert.ok(Number(event?.['count']) > 1);
    world.create('Secret', 's', { data: {} });
    await world.advance(1_000);
    assert.deepEqual(world.pods(), ['a Running ready']);
    world.stop();
  });

  it('run StatefulSets with claims: bound, then mounted', async () => {
    const world = new World();
    const claim = {
      metadata: { name: 'db' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
    world.create(
      'StatefulSet',
      'web',
      workload('web', { replicas: 2, serviceName: 'web', volumeClaimTemplates: [claim] }),
    );
    await world.advance(2_000);
    assert.deepEqual(world.pods(), ['web-0 Running ready', 'web-1 Running ready']);
    assert.equal(world.statusOf('PersistentVolumeClaim', 'db-web-1')['phase'], 'Bound');
    assert.equal(world.statusOf('StatefulSet', 'web')['readyReplicas'], 2);
    assert.deepEqual(world.errors, []);
    world.stop();
  });

  it('run DaemonSets: a Pod a Node, replaced one after the other on a new template', async () => {
    const world = new World();
    world.create('DaemonSet', 'agent', workload('agent'));
    await world.advance(1_000);
    const nodes = () =>
      world
        .list('Pod')
        .map(({ spec }) => (spec as { nodeName?: string }).nodeName)
        .sort();
    assert.deepEqual(nodes(), ['sandbox-1', 'sandbox-2', 'sandbox-3']);
    assert.equal(world.statusOf('DaemonSet', 'agent')['numberReady'], 3);
    world.change('DaemonSet', 'agent', { spec: { template: { metadata: { annotations: { v: '2' } } } } });
    await world.advance(150);
    const ready = world.pods().filter((line) => line.endsWith(' ready') && !line.endsWith('not ready'));
    assert.equal(ready.length, 2);
    await world.advance(5_000);
    assert.deepEqual(nodes(), ['sandbox-1', 'sandbox-2', 'sandbox-3']);
    assert.equal(world.statusOf('DaemonSet', 'agent')['updatedNumberScheduled'], 3);
    world.stop();
  });

  it('leave no timers behind and do nothing after stop', async () => {
    const world = new World();
    world.create('StatefulSet', 'web', workload('web', { replicas: 1, serviceName: 'web' }));
    await world.advance(50);
    world.stop();
    const before = world.pods();
    await world.advance(5_000);
    assert.deepEqual(world.pods(), before);
  });
});
