/** What is the same for every kind of the alerting half. */
import assert from 'node:assert/strict';
import { namespaceType, secretType, statefulSetType } from '../../../src/api/builtin-types.ts';
import type { AlertingSubject } from '../support/alerting-subjects.ts';
import { usedSecret } from '../support/alerting-subjects.ts';
import type { Cluster } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import { makeSecret } from '../support/objects.ts';
import type { Operator } from '../support/operator.ts';
import type { Suite } from '../support/suite.ts';
import type { WorkloadWorld } from '../support/workload-world.ts';

/** What each kind is tested for, in a namespace of its own. */
export const parts = [
  'all',
  'edit',
  'selects',
  'secret',
  'tenants',
  'tenant',
  'anew',
  'by-hand',
  'failed',
  'deleted',
] as const;
export type Part = (typeof parts)[number];

/** Without watches on namespaces their labels are asked for every 15 s. */
const labelPatienceMs = 60_000;

interface Scene {
  readonly it: Suite['it'];
  readonly inPart: (part: Part) => WorkloadWorld;
  readonly namespaceOf: (part: Part) => string;
  readonly cluster: () => Cluster;
  readonly operator: () => Operator;
}

export function testSubject(subject: AlertingSubject, { it, inPart, namespaceOf, cluster, operator }: Scene): void {
  const { type, program, selected } = subject;
  const add = ({ namespace }: WorkloadWorld, name: string) =>
    cluster().api.create(selected, subject.makeSelected(namespace, name));
  /** What the program is told has these objects of the namespace, and none of the others. */
  const whenUsed = async (world: WorkloadWorld, used: readonly string[], others: readonly string[] = []) =>
    await eventually(`${used.join(', ')} are used`, async () => {
      const output = await subject.readOutput(world);
      const has = (name: string): boolean => output.includes(subject.traceOf(world.namespace, name));
      assert.deepEqual([used.filter((one) => !has(one)), others.filter(has)], [[], []]);
      return output;
    });

  it(`${type.kind}: makes everything that it needs, owned by it`, async () => {
    const world = inPart('all');
    const { metadata } = await world.begin();
    await add(world, 'web');
    await whenUsed(world, ['web']);
    const children = await world.listChildren();
    assert.deepEqual(Object.keys(children).sort(), subject.children);
    for (const [what, child] of Object.entries(children)) {
      const [owner] = child.metadata.ownerReferences ?? [];
      assert.deepEqual([owner?.apiVersion, owner?.uid], ['monitoring.coreos.com/v1', metadata.uid], what);
    }
  });

  it(`${type.kind}: follows its version and its scale`, async () => {
    const world = inPart('edit');
    await world.begin();
    await world.patchSpec({ version: subject.olderVersion });
    await eventually('the image is another one', async () =>
      assert.equal(await world.readImage(), subject.imageOf(subject.olderVersion)),
    );
    for (const replicas of [3, 0, 2]) {
      await subject.scale(world, replicas);
      await eventually(`there are ${replicas}`, async () => {
        assert.equal((await world.readStatefulSet()).spec.replicas, replicas);
        assert.equal((await world.read()).status?.replicas, replicas);
      });
    }
    await world.whenSynced();
  });

  it(`${type.kind}: follows what it selects, and leaves what is broken out with an event`, async () => {
    const world = inPart('selects');
    await world.begin();
    for (const name of ['web', 'api']) await add(world, name);
    await cluster().api.create(selected, subject.makeBroken(world.namespace, 'broken'));
    await whenUsed(world, ['web', 'api'], ['broken']);
    const { note } = await world.whenWarned(selected.kind, 'broken');
    assert.match(note, /selects\/broken" was rejected/);
    assert.equal((await world.readCondition('Reconciled')).status, 'True');
    await cluster().api.remove(selected, world.keyOf('api'));
    await whenUsed(world, ['web'], ['api', 'broken']);
    const { metadata } = await cluster().api.get(selected, world.keyOf('broken'));
    await cluster().api.replace(selected, { ...subject.makeSelected(world.namespace, 'broken'), metadata });
    await whenUsed(world, ['web', 'broken'], ['api']);
  });

  it(`${type.kind}: follows a Secret that it depends on`, async () => {
    const world = inPart('secret');
    const { name, key } = usedSecret;
    await cluster().api.create(secretType, makeSecret(world.namespace, name, { [key]: 'http://first/' }));
    await world.begin();
    await subject.useSecret(world);
    const whenRead = (value: string) =>
      eventually(`${value} is there`, async () => (await subject.readOutput(world)).includes(value));
    await whenRead('http://first/');
    await cluster().api.patch(secretType, world.keyOf(name), { stringData: { [key]: 'http://second/' } });
    await whenRead('http://second/');
  });

  it(`${type.kind}: follows the labels of namespaces`, async () => {
    const world = inPart('tenants');
    const tenant = namespaceOf('tenant');
    await world.begin({ [subject.namespaceSelector]: { matchLabels: { team: program } } });
    await cluster().api.create(selected, subject.makeSelected(tenant, 'web'));
    const trace = subject.traceOf(tenant, 'web');
    const isUsed = async (): Promise<boolean> => (await subject.readOutput(world)).includes(trace);
    const label = (team: string | null) =>
      cluster().api.patch(namespaceType, tenant, { metadata: { labels: { team } } });
    assert.equal(await isUsed(), false);
    await label(program);
    await eventually('it is used', isUsed, labelPatienceMs);
    await label(null);
    await eventually('it is not used any more', async () => !(await isUsed()), labelPatienceMs);
  });

  it(`${type.kind}: makes the StatefulSet anew when a field is immutable`, async () => {
    const world = inPart('anew');
    await world.begin({ podManagementPolicy: 'Parallel' });
    const metric = 'prometheus_operator_reconcile_sts_delete_create_total';
    const { uid } = (await world.readStatefulSet()).metadata;
    const already = await operator().metric(metric);
    await world.patchSpec({ podManagementPolicy: 'OrderedReady' });
    await eventually('there is another StatefulSet', async () => {
      const { metadata, spec } = await world.readStatefulSet();
      assert.notEqual(metadata.uid, uid);
      assert.equal(spec.podManagementPolicy, 'OrderedReady');
    });
    await world.whenSynced();
    assert.equal((await operator().metric(metric)) - already, 1);
  });

  it(`${type.kind}: undoes what was changed by hand`, async () => {
    const world = inPart('by-hand');
    await world.begin();
    await add(world, 'web');
    const wanted = await whenUsed(world, ['web']);
    const { metadata, spec } = await world.readStatefulSet();
    const [first, ...others] = spec.template.spec.containers;
    const containers = [{ ...first, image: 'example.org/other:v1' }, ...others];
    await cluster().api.patch(statefulSetType, world.keyOf(world.prefix), {
      metadata: { labels: { 'managed-by': null } },
      spec: { replicas: 5, template: { spec: { containers } } },
    });
    await eventually('the set is as it was', async () => {
      const now = await world.readStatefulSet();
      assert.deepEqual(now.spec, spec);
      assert.deepEqual(now.metadata.labels, metadata.labels);
    });
    assert.equal((await world.readStatefulSet()).metadata.uid, metadata.uid);
    const { type: outputType, name } = subject.output;
    await cluster().api.patch(outputType, world.keyOf(name), { data: null });
    await whenUsed(world, ['web']);
    await cluster().api.remove(outputType, world.keyOf(name));
    assert.equal(await whenUsed(world, ['web']), wanted);
  });

  it(`${type.kind}: says in the status why a sync failed, and that the next one did not`, async () => {
    const world = inPart('failed');
    await world.begin();
    await world.patchSpec({ version: 'three' });
    const { reason, message } = await world.whenFailed();
    assert.equal(reason, 'ReconciliationFailed');
    assert.match(message ?? '', /version.*"three"/);
    await world.patchSpec({ version: subject.olderVersion });
    await world.whenSynced();
  });

  it(`${type.kind}: leaves nothing behind when it is deleted`, async () => {
    const world = inPart('deleted');
    await world.begin();
    await eventually('all is there', async () => {
      const children = Object.keys(await world.listChildren());
      assert.ok(children.length >= subject.children.length - 1, children.join());
    });
    await world.remove();
    await eventually('all children are gone', async () => assert.deepEqual(await world.listChildren(), {}), 60_000);
    assert.equal(await cluster().api.find(statefulSetType, world.keyOf(world.prefix)), undefined);
  });
}
