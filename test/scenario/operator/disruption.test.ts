import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { podType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { prometheusType } from '../../../src/api/prometheus.ts';
import { chooseSettings } from '../../../src/cli/settings.ts';
import { planChange } from '../../../src/core/plan/plan-workloads.ts';
import type { StatefulSet } from '../../../src/core/render/shared/rendered-objects.ts';
import { begin } from './one-prometheus.ts';
import { inWorld, monitor, prometheus } from './world.ts';
import type { World } from './world.ts';

const set = (world: World, name?: string): StatefulSet => world.statefulSet(name) as StatefulSet;
const imageOf = (world: World, name?: string): string => set(world, name).spec.template.spec.containers[0]?.image ?? '';
const change = (world: World, annotations: object, spec: object, name = 'main'): void => {
  const body = { metadata: { annotations }, spec };
  world.api.patch(prometheusType, { namespace: 'monitoring', name }, { kind: 'merge', body, fieldManager: 'user' });
};
const pending = (world: World, name?: string): string => world.condition('ChangePending', name);
const isPending = (world: World, reason: string) => (): boolean => pending(world).startsWith(`True ${reason} `);

/** What `stoker plan` tells to approve. */
function planned(from: object, to: object): string | undefined {
  const [before, after] = [from, to].map((spec) => [prometheus('main', spec) as KubernetesObject]);
  return planChange(before ?? [], after ?? [], chooseSettings({ kubernetesVersion: '1.36' })).workloads[0]?.approval;
}

/** Names of the StatefulSets whose pods are not all there and ready. */
function listUnready(world: World): string[] {
  const { items } = world.api.list(podType, { namespace: 'monitoring' });
  const isReady = ({ status }: { status?: { conditions?: { type: string; status: string }[] } }): boolean =>
    status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') === true;
  const ready = items.filter((pod) => pod.metadata.deletionTimestamp === undefined && isReady(pod as object));
  return ['a', 'b', 'c'].filter(
    (name) => ready.filter(({ metadata }) => metadata.name?.startsWith(`prometheus-${name}-`) === true).length < 2,
  );
}

describe('changes that wait for approval', () => {
  it('hold pods back and nothing else, until the hash is approved', () =>
    inWorld(async (world) => {
      await begin(world, { replicas: 2 });
      change(world, { 'stoker.dev/disruption': 'approve' }, { image: 'example.org/prometheus:v3.1.0' });
      await world.until(isPending(world, 'ApprovalMissing'), 'the change waits');
      const message = pending(world);
      const [, hash = ''] = /approved-change=(\w+)$/.exec(message) ?? [];
      assert.match(message, /^True ApprovalMissing A restart of prometheus-main \(spec\.template\.spec\.containers/);
      assert.ok(
        message.endsWith(
          `kubectl annotate -n monitoring prometheus main --overwrite stoker.dev/approved-change=${hash}`,
        ),
      );
      assert.equal(hash, planned({ replicas: 2 }, { replicas: 2, image: 'example.org/prometheus:v3.1.0' }));
      assert.notEqual(imageOf(world), 'example.org/prometheus:v3.1.0');

      change(world, {}, { replicas: 3 });
      world.apply(monitor('shop'));
      await world.until(() => set(world).spec.replicas === 3 && world.jobs().length === 2, 'all else goes on');
      await world.pass(300_000);
      assert.equal(pending(world), message);
      assert.notEqual(imageOf(world), 'example.org/prometheus:v3.1.0');
      assert.equal(world.events.filter(({ reason }) => reason === 'ChangePending').length, 1);

      change(world, { 'stoker.dev/approved-change': 'another' }, {});
      await world.pass(5000);
      assert.equal(pending(world), message);
      change(world, { 'stoker.dev/approved-change': hash }, {});
      await world.until(() => imageOf(world) === 'example.org/prometheus:v3.1.0', 'it goes on');
      await world.until(() => pending(world) === '', 'the condition goes');
      assert.equal(set(world).metadata.annotations?.['stoker.dev/approved-change'], undefined);
    }));

  it('approve one change, not the next', () =>
    inWorld(async (world) => {
      await begin(world);
      change(world, { 'stoker.dev/disruption': 'approve' }, { image: 'example.org/prometheus:v3.1.0' });
      await world.until(isPending(world, 'ApprovalMissing'), 'the change waits');
      const hash = /\w+$/.exec(pending(world))?.[0] ?? '';
      change(world, { 'stoker.dev/approved-change': hash }, { image: 'example.org/prometheus:v3.2.0' });
      await world.pass(10_000);
      assert.ok(isPending(world, 'ApprovalMissing')(), pending(world));
      assert.doesNotMatch(imageOf(world), /example/);
    }));

  it('write the configuration for the version that runs', () =>
    inWorld(
      async (world) => {
        await begin(world, { version: 'v2.30.0' });
        const text = (): string => world.text('prometheus-main', 'prometheus.yaml.gz');
        world.apply(monitor('shop', { trackTimestampsStaleness: true }));
        await world.until(() => world.jobs().length === 2, 'both jobs are there');
        change(world, {}, { version: 'v3.1.0' });
        await world.until(isPending(world, 'ApprovalMissing'), 'the change waits');
        world.apply(monitor('pay', { trackTimestampsStaleness: true }));
        await world.until(() => world.jobs().length === 3, 'the configuration goes on');
        assert.doesNotMatch(text(), /track_timestamps_staleness/);
        change(world, { 'stoker.dev/disruption': 'allow' }, {});
        await world.until(() => text().includes('track_timestamps_staleness'), 'the new version has it');
        assert.match(imageOf(world), /v3\.1\.0/);
      },
      { disruption: ['approve'] },
    ));

  it('wait with all of it where pods would have to mount more', () =>
    inWorld(
      async (world) => {
        await begin(world);
        change(world, {}, { secrets: ['more'] });
        await world.until(isPending(world, 'ApprovalMissing'), 'the change waits');
        world.apply(monitor('shop'));
        await world.pass(10_000);
        assert.equal(world.jobs().length, 1);
        change(world, { 'stoker.dev/disruption': 'allow' }, {});
        await world.until(() => world.jobs().length === 2, 'the configuration is written');
        await world.until(() => pending(world) === '', 'the condition goes');
      },
      { disruption: ['approve'] },
    ));

  it('hold back making a set anew', () =>
    inWorld(
      async (world) => {
        await begin(world);
        const { uid } = set(world).metadata;
        change(world, {}, { podManagementPolicy: 'OrderedReady' });
        await world.until(isPending(world, 'ApprovalMissing'), 'the change waits');
        await world.pass(60_000);
        assert.equal(set(world).metadata.uid, uid);
        assert.match(pending(world), /Making anew of prometheus-main \(spec\.podManagementPolicy\)/);
        change(world, { 'stoker.dev/disruption': 'allow' }, {});
        await world.until(() => ![undefined, uid].includes(world.statefulSet()?.metadata.uid), 'it is made anew');
        await world.until(() => pending(world) === '', 'the condition goes');
      },
      { disruption: ['approve'] },
    ));

  it('wait while an annotation cannot be read', () =>
    inWorld(async (world) => {
      await begin(world);
      change(world, { 'stoker.dev/disruption': 'aprove' }, { image: 'example.org/prometheus:v3.1.0' });
      await world.until(isPending(world, 'InvalidDisruptionPolicy'), 'the change waits');
      assert.match(pending(world), /unknown value "aprove": want "approve" or "allow"/);
      change(world, { 'stoker.dev/disruption': null }, {});
      await world.until(() => imageOf(world) === 'example.org/prometheus:v3.1.0', 'it goes on');
    }));
});

describe('changes that wait for a maintenance window', () => {
  it('go on when it opens', () =>
    inWorld(async (world) => {
      await begin(world);
      const opens = Math.ceil(world.clock.now() / 60_000 + 5) * 60_000;
      const show = (at: number): string => new Date(at).toISOString().slice(11, 16);
      const window = `${show(opens)}-${show(opens + 3_600_000)}`;
      change(world, { 'stoker.dev/maintenance-window': window }, { image: 'example.org/prometheus:v3.1.0' });
      await world.until(isPending(world, 'OutsideMaintenanceWindow'), 'the change waits');
      const wanted = `${new Date(opens).toISOString().slice(0, 16)}Z`;
      assert.ok(pending(world).endsWith(`the maintenance window that opens at ${wanted}`), pending(world));
      await world.pass(opens - world.clock.now() - 30_000);
      assert.doesNotMatch(imageOf(world), /example/);
      await world.until(() => imageOf(world) === 'example.org/prometheus:v3.1.0', 'it goes on');
    }));
});

describe('changes in waves', () => {
  const flags = { 'max-disrupted-workloads': ['1'] };

  it('disrupt one workload after the other', () =>
    inWorld(async (world) => {
      for (const name of ['a', 'b', 'c']) world.apply(prometheus(name, { replicas: 2 }));
      await world.until(() => listUnready(world).length === 0, 'all are ready');
      await world.pass(5000);
      const image = 'example.org/prometheus:v3.1.0';
      for (const name of ['a', 'b', 'c']) change(world, {}, { image }, name);
      const isDone = (): boolean => ['a', 'b', 'c'].every((name) => imageOf(world, `prometheus-${name}`) === image);
      let most = 0;
      await world.until(() => {
        most = Math.max(most, listUnready(world).length);
        return isDone() && listUnready(world).length === 0;
      }, 'all have it');
      assert.equal(most, 1);
      await world.until(() => ['a', 'b', 'c'].every((name) => pending(world, name) === ''), 'nothing waits');
    }, flags));

  it('stop at one that does not become ready, which can be mended', () =>
    inWorld(async (world) => {
      for (const name of ['a', 'b']) world.apply(prometheus(name, { replicas: 1 }));
      const ready = (name: string): boolean => world.condition('Available', name).startsWith('True');
      await world.until(() => ready('a') && ready('b'), 'both are ready');
      await world.pass(5000);
      change(world, {}, { image: 'example.org/never-ready:v3.1.0' }, 'a');
      await world.until(() => imageOf(world, 'prometheus-a').includes('never-ready'), 'a is broken');
      change(world, {}, { image: 'example.org/prometheus:v3.1.0' }, 'b');
      await world.until(() => pending(world, 'b') !== '', 'b waits');
      await world.pass(600_000);
      assert.match(
        pending(world, 'b'),
        /^True WorkloadsDisrupted .* at most 1 may be disrupted at once: Prometheus monitoring\/a: prometheus-a is .*: 0 of 1 pods are \w+$/,
      );
      change(world, {}, { image: 'example.org/prometheus:v3.1.0' }, 'a');
      await world.until(() => imageOf(world, 'prometheus-b') === 'example.org/prometheus:v3.1.0', 'b goes on');
    }, flags));

  it('stop at a shard that does not become ready, and look at it now and then', () =>
    inWorld(async (world) => {
      await begin(world, { shards: 2 });
      change(world, {}, { image: 'example.org/never-ready:v3.1.0' });
      await world.until(isPending(world, 'ShardDisrupted'), 'the second shard waits');
      await world.pass(30_000);
      const before = world.syncs();
      await world.pass(600_000);
      assert.ok(world.syncs() - before <= 12, `${world.syncs() - before} syncs in ten minutes`);
      assert.doesNotMatch(imageOf(world, 'prometheus-main-shard-1'), /never-ready/);
      change(world, {}, { image: 'example.org/prometheus:v3.1.0' });
      await world.until(() => /prometheus:v3/.test(imageOf(world, 'prometheus-main-shard-1')), 'it can be mended');
    }, flags));

  it('mend two that are broken, one for each other', () =>
    inWorld(async (world) => {
      for (const name of ['a', 'b']) world.apply(prometheus(name, { image: 'example.org/never-ready:v3.1.0' }));
      await world.until(
        () => ['a', 'b'].every((name) => world.statefulSet(`prometheus-${name}`) !== undefined),
        'both are there',
      );
      await world.pass(5000);
      for (const name of ['a', 'b']) change(world, {}, { image: 'example.org/prometheus:v3.1.0' }, name);
      const isMended = (name: string): boolean => imageOf(world, `prometheus-${name}`).endsWith('prometheus:v3.1.0');
      await world.until(() => isMended('a') && isMended('b'), 'both are mended');
    }, flags));

  it('restart shard after shard', () =>
    inWorld(async (world) => {
      await begin(world, { shards: 3 });
      const sets = ['prometheus-main', 'prometheus-main-shard-1', 'prometheus-main-shard-2'];
      const image = 'example.org/prometheus:v3.1.0';
      change(world, {}, { image });
      const order: string[] = [];
      await world.until(() => {
        for (const name of sets) if (imageOf(world, name) === image && !order.includes(name)) order.push(name);
        return order.length === 3;
      }, 'all have it');
      assert.deepEqual(order, sets);
      await world.until(() => pending(world) === '', 'nothing waits');
    }, flags));
});
