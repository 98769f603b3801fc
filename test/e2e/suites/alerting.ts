import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import { namespaceType, secretType, statefulSetType } from '../../../src/api/builtin-types.ts';
import type { Secret } from '../../../src/core/render/shared/objects.ts';
import type { AlertingSubject } from '../support/alerting-subjects.ts';
import { alertmanagers, thanosRulers, usedSecret } from '../support/alerting-subjects.ts';
import { loadWritten } from '../support/alertmanager-process.ts';
import { describeWrite } from '../support/audit.ts';
import type { Write } from '../support/audit.ts';
import type { Cluster, OperatorSettings } from '../support/cluster.ts';
import { startCluster } from '../support/cluster.ts';
import { eventually } from '../support/eventually.ts';
import type { AccessMode } from '../support/identity.ts';
import { installAs, serviceAccountUser, strict } from '../support/identity.ts';
import { makeAlertmanagerConfig, makeSecret } from '../support/objects.ts';
import type { Operator } from '../support/operator.ts';
import { findContainer } from '../support/pod-files.ts';
import { planSuite } from '../support/suite.ts';
import { WorkloadWorld } from '../support/workload-world.ts';

const subjects = [alertmanagers, thanosRulers];
/** What each kind is tested for, in a namespace of its own. */
const parts = [
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
const namespaceOf = ({ program }: AlertingSubject, part: (typeof parts)[number]): string => `${program}-${part}`;
const others = ['base', 'files', 'twin-one', 'twin-two'];
const namespaces = [...subjects.flatMap((subject) => parts.map((part) => namespaceOf(subject, part))), ...others];

/** Without watches on namespaces their labels are asked for every 15 s. */
const labelPatienceMs = 60_000;
/** Nothing is under way when nothing was written for so long. */
const restMs = 2000;

/** The base of an Alertmanager "main": the Secret that it takes when it names none. */
const makeBase = (namespace: string, receiver: string, url = 'http://nowhere/') =>
  makeSecret(namespace, 'alertmanager-main', {
    'alertmanager.yaml': `route: { receiver: ${receiver} }\nreceivers: [{ name: ${receiver}, webhook_configs: [{ url: "${url}" }] }]\n`,
  });

/** Alertmanager and ThanosRuler against a real API server. @param mode the operator's permissions, and nothing else. */
export function describeAlerting(title: string, mode: AccessMode): void {
  const { it, before, after } = planSuite(['kube-controller-manager', 'alertmanager']);

  describe(title, () => {
    let cluster: Cluster;
    let install: OperatorSettings;
    let operator: Operator;
    before(async () => {
      cluster = await startCluster({ controllerManager: true, ...strict });
      install = await installAs(cluster, mode, { namespaces });
      operator = await cluster.startOperator(install);
      await operator.whenReady();
    });
    after(() => cluster.stop());

    const worldOf = (subject: AlertingSubject, namespace: string): WorkloadWorld =>
      new WorkloadWorld(() => cluster, subject, namespace);
    const listWrites = () =>
      cluster.listWrites(serviceAccountUser).filter(({ resource }) => resource !== 'events' && resource !== 'leases');

    for (const subject of subjects) {
      const { type, program, selected } = subject;
      const inPart = (part: (typeof parts)[number]): WorkloadWorld => worldOf(subject, namespaceOf(subject, part));
      const add = ({ namespace }: WorkloadWorld, name: string) =>
        cluster.api.create(selected, subject.makeSelected(namespace, name));
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
        await cluster.api.create(selected, subject.makeBroken(world.namespace, 'broken'));
        await whenUsed(world, ['web', 'api'], ['broken']);
        const { note } = await world.whenWarned(selected.kind, 'broken');
        assert.match(note, /selects\/broken" was rejected/);
        assert.equal((await world.readCondition('Reconciled')).status, 'True');
        await cluster.api.remove(selected, world.keyOf('api'));
        await whenUsed(world, ['web'], ['api', 'broken']);
        const { metadata } = await cluster.api.get(selected, world.keyOf('broken'));
        await cluster.api.replace(selected, { ...subject.makeSelected(world.namespace, 'broken'), metadata });
        await whenUsed(world, ['web', 'broken'], ['api']);
      });

      it(`${type.kind}: follows a Secret that it depends on`, async () => {
        const world = inPart('secret');
        const { name, key } = usedSecret;
        await cluster.api.create(secretType, makeSecret(world.namespace, name, { [key]: 'http://first/' }));
        await world.begin();
        await subject.useSecret(world);
        const whenRead = (value: string) =>
          eventually(`${value} is there`, async () => (await subject.readOutput(world)).includes(value));
        await whenRead('http://first/');
        await cluster.api.patch(secretType, world.keyOf(name), { stringData: { [key]: 'http://second/' } });
        await whenRead('http://second/');
      });

      it(`${type.kind}: follows the labels of namespaces`, async () => {
        const world = inPart('tenants');
        const tenant = namespaceOf(subject, 'tenant');
        await world.begin({ [subject.namespaceSelector]: { matchLabels: { team: program } } });
        await cluster.api.create(selected, subject.makeSelected(tenant, 'web'));
        const trace = subject.traceOf(tenant, 'web');
        const isUsed = async (): Promise<boolean> => (await subject.readOutput(world)).includes(trace);
        const label = (team: string | null) =>
          cluster.api.patch(namespaceType, tenant, { metadata: { labels: { team } } });
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
        const already = await operator.metric(metric);
        await world.patchSpec({ podManagementPolicy: 'OrderedReady' });
        await eventually('there is another StatefulSet', async () => {
          const { metadata, spec } = await world.readStatefulSet();
          assert.notEqual(metadata.uid, uid);
          assert.equal(spec.podManagementPolicy, 'OrderedReady');
        });
        await world.whenSynced();
        assert.equal((await operator.metric(metric)) - already, 1);
      });

      it(`${type.kind}: undoes what was changed by hand`, async () => {
        const world = inPart('by-hand');
        await world.begin();
        await add(world, 'web');
        const wanted = await whenUsed(world, ['web']);
        const { metadata, spec } = await world.readStatefulSet();
        const [first, ...others] = spec.template.spec.containers;
        const containers = [{ ...first, image: 'example.org/other:v1' }, ...others];
        await cluster.api.patch(statefulSetType, world.keyOf(world.prefix), {
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
        await cluster.api.patch(outputType, world.keyOf(name), { data: null });
        await whenUsed(world, ['web']);
        await cluster.api.remove(outputType, world.keyOf(name));
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
        assert.equal(await cluster.api.find(statefulSetType, world.keyOf(world.prefix)), undefined);
      });
    }

    it('begins without the base Secret, takes it when it comes, and keeps the last good one', async () => {
      const world = worldOf(alertmanagers, 'base');
      await world.begin();
      assert.match(await alertmanagers.readOutput(world), /receiver: "?null"?\n/);
      await cluster.api.create(alertmanagers.selected, alertmanagers.makeSelected('base', 'web'));
      await cluster.api.create(secretType, makeBase('base', 'ops'));
      await eventually('the base is used', async () => {
        const config = await alertmanagers.readOutput(world);
        assert.match(config, /receiver: ops/);
        assert.match(config, /base\/web\/hook/);
      });
      const good = await alertmanagers.readOutput(world);
      await cluster.api.patch(secretType, 'base/alertmanager-main', {
        stringData: { 'alertmanager.yaml': 'route: { receiver: nobody }' },
      });
      assert.match((await world.whenFailed()).message ?? '', /alertmanager-main/);
      assert.equal(await alertmanagers.readOutput(world), good);
      await cluster.api.remove(secretType, 'base/alertmanager-main');
      await world.whenSynced();
      await eventually('it goes on without', async () => {
        assert.match(await alertmanagers.readOutput(world), /receiver: "?null"?\n/);
      });
    });

    it('keeps two Alertmanagers of one name in two namespaces apart', async () => {
      const twins = ['twin-one', 'twin-two'].map((namespace) => worldOf(alertmanagers, namespace));
      for (const { namespace } of twins) await cluster.api.create(secretType, makeBase(namespace, namespace));
      await Promise.all(twins.map((world) => world.begin()));
      const hook = { url: 'http://only-one/' };
      await cluster.api.create(alertmanagers.selected, makeAlertmanagerConfig('twin-one', 'web', hook));
      await eventually('each has what is its own', async () => {
        const [one = '', two = ''] = await Promise.all(twins.map((world) => alertmanagers.readOutput(world)));
        assert.match(one, /receiver: twin-one\n[^]*twin-one\/web\/hook/);
        assert.match(two, /receiver: twin-two\n/);
        assert.doesNotMatch(one, /twin-two/);
        assert.doesNotMatch(two, /twin-one|only-one/);
      });
      const [one, two] = twins;
      const { uid } = (await two!.readStatefulSet()).metadata;
      await one!.remove();
      await eventually('the first is gone', async () => assert.deepEqual(await one!.listChildren(), {}), 60_000);
      assert.equal((await two!.readStatefulSet()).metadata.uid, uid);
      assert.deepEqual(Object.keys(await two!.listChildren()).sort(), alertmanagers.children);
    });

    it('gives an Alertmanager the TLS files that its tenants name, and follows them', async () => {
      const world = worldOf(alertmanagers, 'files');
      await world.begin();
      const ca = readFileSync(cluster.controlPlane.caFile, 'utf8');
      await cluster.api.create(secretType, makeSecret('files', 'authority', { 'ca.crt': ca }));
      const tlsConfig = { ca: { secret: { name: 'authority', key: 'ca.crt' } } };
      const hook = { url: 'https://hook/', httpConfig: { tlsConfig } };
      await cluster.api.create(alertmanagers.selected, makeAlertmanagerConfig('files', 'web', hook));
      const file = '0_files_authority_ca.crt';
      await eventually('the configuration names the file', async () => {
        assert.match(await alertmanagers.readOutput(world), new RegExp(`ca_file: /etc/alertmanager/certs/${file}\\n`));
      });
      const readFile = async (): Promise<string> => {
        const { data = {} } = await cluster.api.get<Secret>(secretType, world.keyOf(`${world.prefix}-tls-assets-0`));
        return Buffer.from(data[file] ?? '', 'base64').toString('utf8');
      };
      await eventually('the file is there', async () => assert.equal(await readFile(), ca));
      await cluster.api.patch(secretType, 'files/authority', { stringData: { 'ca.crt': `${ca}\n` } });
      await eventually('the file is the new one', async () => assert.equal(await readFile(), `${ca}\n`));
    });

    /** Starts the operator again once all is at rest. Resolves with what it wrote then. */
    const startAgain = async (): Promise<Write[]> => {
      await eventually('it is at rest', () => (listWrites().at(-1)?.at ?? 0) < Date.now() - restMs, 60_000);
      assert.equal(await operator.stop(), 'exit code 0');
      const already = listWrites().length;
      assert.ok(already > 100, `${already} writes`);
      operator = await cluster.startOperator(install);
      await operator.whenReady();
      const counts = subjects.map(async ({ queue, type }) => [queue, (await cluster.api.list(type)).length] as const);
      await operator.whenIdle(Object.fromEntries(await Promise.all(counts)));
      return listWrites().slice(already);
    };

    it('writes nothing when it is started again', async (test) => {
      const found = await startAgain();
      // Pods are counted at a start, else once a minute: what they did meanwhile may be told in a status then, and never again.
      const isStatus = (write: Write): boolean => describeWrite(write).includes('/status ');
      for (const write of found)
        test.diagnostic(`${describeWrite(write)} ${JSON.stringify(write.object)}`.slice(0, 600));
      assert.deepEqual(found.filter((write) => !isStatus(write)).map(describeWrite), []);
      if (found.length > 0) assert.deepEqual((await startAgain()).map(describeWrite), []);
    });

    it('never wrote a configuration that a real Alertmanager does not load', async (test) => {
      const { template } = (await worldOf(alertmanagers, namespaceOf(alertmanagers, 'all')).readStatefulSet()).spec;
      const { loaded, refused } = await loadWritten(cluster, findContainer(template, 'config-reloader'));
      test.diagnostic(`${loaded} configurations loaded, ${refused.length} refused`);
      assert.deepEqual(refused, []);
      assert.ok(loaded >= 10, `${loaded} configurations`);
    });

    it('never sent a request that was refused', async () => {
      assert.equal(await operator.metric('stoker_access_missing'), 0);
      const requests = cluster.listRequests(serviceAccountUser);
      assert.ok(requests.length > 100, `${requests.length} requests`);
      const refused = requests.filter(({ code }) => code === 403).map(describeWrite);
      assert.deepEqual(refused, []);
    });
  });
}
