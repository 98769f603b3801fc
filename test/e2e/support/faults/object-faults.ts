/** Faults of objects, permissions and definitions. */
import assert from 'node:assert/strict';
import { secretType } from '../../../../src/api/builtin-types.ts';
import { namespaceType } from '../../../../src/api/builtin-types.ts';
import { crdType } from '../cluster.ts';
import { eventually } from '../eventually.ts';
import { makeSecret } from '../objects.ts';
import { rbacGroup as apiGroup, rbacType } from '../rbac-type.ts';
import type { Fault, Stage } from './stage.ts';
import { patienceMs } from './stage.ts';

const roleType = rbacType('ClusterRole');
const bindingType = rbacType('ClusterRoleBinding');
const probes = 'probes.monitoring.coreos.com';
const jobs = /job_name: serviceMonitor\/[\w-]+\/logs-in\/0/;

/** What "narrow" may do; without `without`, everything that an operator needs. */
function renderRole(...without: readonly string[]) {
  const rules = [
    {
      apiGroups: ['', 'apps', 'events.k8s.io', 'storage.k8s.io', 'monitoring.coreos.com'],
      resources: ['*'],
      verbs: ['*'],
    },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['*'] },
  ];
  return { metadata: { name: 'narrow' }, rules: without.length > 0 ? rules.slice(1) : rules };
}

/** Lets the user "narrow" be an operator. */
export async function grantNarrow({ api }: Stage['cluster']): Promise<void> {
  await api.create(roleType, renderRole());
  const subjects = [{ kind: 'User', name: 'narrow', apiGroup }];
  const roleRef = { apiGroup, kind: 'ClusterRole', name: 'narrow' };
  await api.create(bindingType, { metadata: { name: 'narrow' }, roleRef, subjects } as never);
}

/** Writes an object past the API server. */
async function storeRaw(stage: Stage, key: string, object: unknown): Promise<void> {
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  const response = await fetch(`${stage.cluster.controlPlane.etcdUrl}/v3/kv/put`, {
    method: 'POST',
    body: JSON.stringify({ key: encode(key), value: encode(JSON.stringify(object)) }),
  });
  assert.equal(response.status, 200, await response.text());
}

async function removeNamespace({ cluster, story }: Stage): Promise<void> {
  await cluster.api.remove(namespaceType, story.namespace);
  await eventually(
    'the namespace is gone',
    async () => assert.equal(await cluster.api.find(namespaceType, story.namespace), undefined),
    patienceMs,
  );
}

async function removeProbes({ cluster }: Stage): Promise<void> {
  await cluster.api.remove(crdType, probes);
  await eventually('the CRD is gone', async () => assert.equal(await cluster.api.find(crdType, probes), undefined));
}

const whenSaid = (stage: Stage, pattern: RegExp): Promise<true> =>
  eventually(
    'the status says so',
    async () => {
      const { status, message = '' } = await stage.story.world.readCondition('Reconciled');
      assert.deepEqual([status, pattern.test(message)], ['False', true], message);
      return true as const;
    },
    patienceMs,
  );

export const objectFaults: readonly Fault[] = [
  {
    name: '422 immutable',
    alsoIn: ['test/e2e/suites/main-controller.ts', 'test/e2e/restart.test.ts'],
    begin: { podManagementPolicy: 'OrderedReady' },
    async strike({ story }) {
      await story.world.patchSpec({ podManagementPolicy: null });
      await story.change();
    },
  },
  {
    name: 'namespace deleted in the middle of a sync',
    alsoIn: [],
    async strike(stage) {
      await stage.story.change();
      await removeNamespace(stage);
      await stage.story.begin();
      await stage.story.change();
    },
  },
  {
    name: 'Secret missing, then there',
    alsoIn: ['test/e2e/suites/main-controller.ts', 'test/scenario/operator/late-caches.test.ts'],
    async strike({ story, cluster }) {
      await story.removeLogin();
      await eventually('what needs it is left out', async () => {
        assert.doesNotMatch(await story.world.readConfig(), jobs);
      });
      const { namespace } = story;
      await cluster.api.create(secretType, makeSecret(namespace, 'login', { user: 'me', password: 'between' }));
      await story.change();
    },
  },
  {
    name: 'permissions taken and given',
    alsoIn: ['test/e2e/rbac-revoked.test.ts'],
    stage: { user: 'narrow' },
    async strike({ cluster, story, operator }) {
      await cluster.api.replace(roleType, renderRole('everything'));
      await story.change();
      await eventually(
        'the operator says what is missing',
        async () => assert.ok((await operator.metric('stoker_access_missing')) > 0),
        patienceMs,
      );
      await cluster.api.replace(roleType, renderRole());
    },
  },
  {
    name: 'CRD missing, there, removed, there again',
    alsoIn: ['test/e2e/faults.test.ts'],
    async strike(stage) {
      const { story, cluster } = stage;
      await removeProbes(stage);
      await stage.operator.close();
      await stage.start();
      await story.world.patchSpec({ probeSelector: {} });
      await whenSaid(stage, /Cannot list probes\.monitoring\.coreos\.com/);
      await cluster.installCrds();
      await eventually('it goes on', () => story.assertSynced(), patienceMs);
      await removeProbes(stage);
      await story.change();
      await cluster.installCrds();
    },
  },
  {
    name: 'an object in storage that no schema would take',
    alsoIn: ['test/e2e/bad-input.test.ts'],
    async strike(stage) {
      const { namespace } = stage.story;
      const shared = { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor' };
      const bad: Readonly<Record<string, unknown>> = {
        'no-spec': undefined,
        'spec-is-a-number': 7,
        'endpoints-is-a-text': { endpoints: 'all', selector: [] },
        'endpoint-is-null': { endpoints: [null, { port: { deep: [1] } }], selector: { matchLabels: { a: 1 } } },
      };
      for (const [name, spec] of Object.entries(bad)) {
        const metadata = { namespace, name, uid: crypto.randomUUID(), creationTimestamp: '2026-01-01T00:00:00Z' };
        const key = `/registry/monitoring.coreos.com/servicemonitors/${namespace}/${name}`;
        await storeRaw(stage, key, { ...shared, metadata: { ...metadata, generation: 1 }, spec });
      }
      await stage.story.change();
    },
  },
];
