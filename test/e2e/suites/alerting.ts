import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import { secretType } from '../../../src/api/builtin-types.ts';
import type { Secret } from '../../../src/core/render/shared/rendered-objects.ts';
import type { AlertingSubject } from '../support/alerting-subjects.ts';
import { alertmanagers, thanosRulers } from '../support/alerting-subjects.ts';
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
import type { Part } from './alerting-subject.ts';
import { parts, testSubject } from './alerting-subject.ts';

const subjects = [alertmanagers, thanosRulers];
const namespaceOf = ({ program }: AlertingSubject, part: Part): string => `${program}-${part}`;
const others = ['base', 'files', 'twin-one', 'twin-two'];
const namespaces = [...subjects.flatMap((subject) => parts.map((part) => namespaceOf(subject, part))), ...others];

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

    for (const subject of subjects)
      testSubject(subject, {
        it,
        inPart: (part) => worldOf(subject, namespaceOf(subject, part)),
        namespaceOf: (part) => namespaceOf(subject, part),
        cluster: () => cluster,
        operator: () => operator,
      });

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
