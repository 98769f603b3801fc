import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { secretType, statefulSetType } from '../../src/api/builtin-types.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { describeWrite } from './support/audit.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { listJobs } from './support/config.ts';
import { createCutOff } from './support/cut-off.ts';
import { eventually } from './support/eventually.ts';
import { makePrometheus, makeServiceMonitor } from './support/objects.ts';
import { rbacType } from './support/rbac-type.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite();

/** Longer than the back-off of a reflector can have become within a test. */
const patienceMs = 45_000;
/** How long the operator is without the API server: long enough for back-off to have grown to its cap. */
const outageMs = 60_000;

describe('an operator in a cluster that is not as it should be', () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster({ installCrds: false, users: [{ name: 'narrow' }] });
  });
  after(() => cluster.stop());

  const inNamespace = (namespace: string): World => new World(() => cluster, namespace);
  const withoutMonitors = (namespace: string, name: string) => {
    const { metadata, spec } = makePrometheus(namespace, name);
    const { serviceMonitorSelector: _none, ...rest } = spec;
    return { metadata, spec: rest };
  };

  it('waits for the API server, says so, and goes on when it appears', async () => {
    await cluster.controlPlane.killApiServer();
    const operator = await cluster.startOperator();
    await eventually('it says what it waits for', () => /Waiting for the API server/.test(operator.log()));
    assert.equal((await operator.fetch('/readyz')).status, 503);
    assert.equal((await operator.fetch('/healthz')).status, 200);
    await cluster.controlPlane.restartApiServer();
    await eventually('it is connected', () => /Connected to the API server/.test(operator.log()), patienceMs);
    assert.equal(operator.ended(), undefined);
  });

  it('waits for missing CRDs, names them, and goes on when they appear', async () => {
    await cluster.stopOperators();
    const operator = await cluster.startOperator();
    const says = async (resource: string): Promise<void> => {
      await eventually(`it names ${resource}`, () =>
        operator
          .log()
          .split('\n')
          .some((line) => line.includes(`resource=${resource}`) && /not found|could not find/i.test(line)),
      );
    };
    await says('prometheuses.monitoring.coreos.com');
    await cluster.installCrds('ServiceMonitor');
    await says('servicemonitors.monitoring.coreos.com');
    await cluster.createNamespace('crds');
    await cluster.api.create(prometheusType, withoutMonitors('crds', 'other'));
    await cluster.api.create(prometheusType, makePrometheus('crds', 'main'));
    await eventually(
      'what does not need it is there',
      () => cluster.api.get(statefulSetType, 'crds/prometheus-other'),
      patienceMs,
    );
    const world = inNamespace('crds');
    const { status, message } = await eventually(
      'the status names it',
      () => world.readCondition('Reconciled'),
      patienceMs,
    );
    assert.equal(status, 'False');
    assert.match(message ?? '', /Cannot list servicemonitors\.monitoring\.coreos\.com/);
    assert.equal(await cluster.api.find(statefulSetType, 'crds/prometheus-main'), undefined);
    await cluster.installCrds();
    await eventually('it goes on', () => cluster.api.get(statefulSetType, 'crds/prometheus-main'), patienceMs);
    await world.whenSynced();
  });

  it('notices what was deleted while the API server was away for a minute', async () => {
    await cluster.stopOperators();
    const wire = await createCutOff(cluster.controlPlane.server);
    try {
      await cluster.startOperator({ server: `https://127.0.0.1:${wire.port}` });
      const world = inNamespace('away');
      await world.begin();
      for (const name of ['web', 'api']) await cluster.api.create(serviceMonitorType, makeServiceMonitor('away', name));
      await world.whenJobsAre('api/0', 'web/0');
      await wire.cut();
      await cluster.api.remove(serviceMonitorType, 'away/api');
      await cluster.api.remove(statefulSetType, 'away/prometheus-main');
      await cluster.api.remove(secretType, 'away/prometheus-main-web-config');
      // A new API server has forgotten the history: a watch cannot be resumed, only a list tells.
      await cluster.controlPlane.restartApiServer();
      await delay(outageMs);
      await wire.mend();
      await eventually(
        'the StatefulSet and the Secret are there again, and the job of what was deleted is gone',
        async () => {
          await cluster.api.get(statefulSetType, 'away/prometheus-main');
          await cluster.api.get(secretType, 'away/prometheus-main-web-config');
          // Each watch has a back-off of its own, of up to 30 s.
          assert.deepEqual(listJobs(await world.readConfig()), ['serviceMonitor/away/web/0']);
        },
        2 * patienceMs,
      );
    } finally {
      await wire.cut();
    }
  });

  it('names the verb, the resource and the namespace that RBAC refuses, and goes on when it does not any more', async () => {
    await cluster.stopOperators();
    for (const name of ['team-a', 'team-b']) await cluster.createNamespace(name, { team: 'yes' });
    await allow('');
    await allow('team-a', 'servicemonitors');
    const operator = await cluster.startOperator({ user: 'narrow', args: ['--namespaces=team-a,team-b'] });
    const world = inNamespace('team-a');
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('team-a', 'web'));
    await cluster.api.create(prometheusType, withoutMonitors('team-a', 'other'));
    await cluster.api.create(prometheusType, makePrometheus('team-a', 'main'));
    const { message = '' } = await eventually(
      'the status says what is refused',
      async () => {
        const condition = await world.readCondition('Reconciled');
        return condition.status === 'False' && condition;
      },
      patienceMs,
    );
    assert.match(message, /cannot list resource "servicemonitors" .* in the namespace "team-b"/);
    await new World(() => cluster, 'team-a', 'other').whenSynced();
    assert.match((await operator.fetch('/readyz')).body, /servicemonitors.*"team-b"/);
    await allow('team-b', 'servicemonitors');
    await eventually(
      'it goes on',
      async () => {
        assert.equal((await world.readCondition('Reconciled')).status, 'True');
      },
      patienceMs,
    );
    await world.whenJobsAre('web/0');
  });

  it('stays within --namespaces', async () => {
    await cluster.stopOperators();
    await cluster.createNamespace('not-named');
    await cluster.api.create(prometheusType, makePrometheus('not-named', 'main'));
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('not-named', 'outside'));
    await cluster.startOperator({ args: ['--namespaces=named'] });
    const world = inNamespace('named');
    await world.begin({ serviceMonitorNamespaceSelector: {} });
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('named', 'inside'));
    await world.whenJobsAre('inside/0');
    assertUntouched('not-named');
  });

  it('leaves --deny-namespaces alone', async () => {
    await cluster.stopOperators();
    await cluster.createNamespace('denied');
    await cluster.api.create(prometheusType, makePrometheus('denied', 'main'));
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('denied', 'outside'));
    await cluster.startOperator({ args: ['--deny-namespaces=denied,not-named,away,named,team-a'] });
    const world = inNamespace('free');
    await world.begin({ serviceMonitorNamespaceSelector: {} });
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('free', 'inside'));
    await world.whenJobsAre('inside/0');
    assertUntouched('denied');
  });

  function assertUntouched(namespace: string): void {
    const writes = cluster.listWrites().filter((write) => write.namespace === namespace);
    assert.deepEqual(writes.map(describeWrite), []);
  }

  /** Lets "narrow" do everything with the resources in the namespace; without any, with all but ServiceMonitors, anywhere. */
  async function allow(namespace: string, ...resources: readonly string[]): Promise<void> {
    const scope = namespace === '' ? 'Cluster' : '';
    const metadata = { name: `narrow-${resources.join('-')}`, ...(namespace === '' ? {} : { namespace }) };
    const rules =
      namespace === '' ? everythingElse : [{ apiGroups: ['monitoring.coreos.com'], resources, verbs: ['*'] }];
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: `${scope}Role`, name: metadata.name };
    const subjects = [{ kind: 'User', name: 'narrow', apiGroup: 'rbac.authorization.k8s.io' }];
    await cluster.api.create(rbacType(`${scope}Role`), { metadata, rules } as never);
    await cluster.api.create(rbacType(`${scope}RoleBinding`), { metadata, roleRef, subjects } as never);
  }
});

const everythingElse = [
  {
    apiGroups: ['monitoring.coreos.com'],
    resources: [
      'prometheuses',
      'prometheuses/status',
      'prometheuses/finalizers',
      'podmonitors',
      'probes',
      'scrapeconfigs',
      'prometheusrules',
    ],
    verbs: ['*'],
  },
  { apiGroups: ['', 'apps', 'events.k8s.io', 'storage.k8s.io'], resources: ['*'], verbs: ['*'] },
];
