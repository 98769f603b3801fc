import type { Api } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, names, show, text } from '../case.ts';
import { eventually } from '../crds.ts';
import { awaitStatus, serveUntil } from '../kubelet-role.ts';
import { deployment, podTemplate } from '../manifests.ts';

async function sets(api: Api): Promise<Loose[]> {
  const { body } = await api.get(api.apps('replicasets'));
  const revision = ({ metadata }: Loose) => Number(show(metadata?.annotations?.['deployment.kubernetes.io/revision']));
  return [...list(body.items)].sort((one, other) => revision(one) - revision(other));
}

async function createReady(api: Api, replicas: number, spec: object = {}): Promise<void> {
  await api.create(api.apps('deployments'), deployment('a', { replicas, ...spec }));
  await serveUntil(
    api,
    async () => show((await api.get(api.apps('deployments/a'))).body.status?.availableReplicas) === String(replicas),
  );
}

/** The labels of a ReplicaSet, of its selector and of its template. */
function labelsOf(set: Loose | undefined): unknown[] {
  const { metadata, spec } = set ?? {};
  return [metadata?.labels, spec?.selector?.matchLabels, spec?.template?.metadata?.labels];
}

function setImage(api: Api, tag: number): Promise<unknown> {
  const containers = [{ name: 'main', image: `example.test/app:${tag}` }];
  return api.patch(api.apps('deployments/a'), 'strategic', { spec: { template: { spec: { containers } } } });
}

const briefConditions = (status: Loose) =>
  list(status.conditions).map(({ type, status: holds, reason }) => [type, holds, reason]);

export const deploymentCases: readonly ContractCase[] = [
  contractCase(
    'deployment: makes a ReplicaSet with a hash in its name, labels and selector, and that makes the Pods',
    async (api) => {
      await createReady(api, 2);
      const [set] = await sets(api);
      const name = text(set?.metadata?.name);
      const hash = name.slice(2);
      const { body } = await api.get(api.core('pods'));
      const labels = { app: 'a', 'pod-template-hash': hash };
      const isLabelled = (value: unknown) => show(value) === show(labels);
      const [pod] = list(body.items);
      return {
        named: /^a-[a-z0-9]+$/.test(name),
        labels: labelsOf(set).map(isLabelled),
        revision: show(set?.metadata?.annotations?.['deployment.kubernetes.io/revision']),
        owners: [set, pod].map((one) => list(one?.metadata?.ownerReferences).map(({ kind }) => kind)),
        pods: names(body).every((one) => new RegExp(`^${name}-[a-z0-9]{5}$`).test(one)),
        status: set?.status,
      };
    },
    {
      named: true,
      labels: [true, true, true],
      revision: '1',
      owners: [['Deployment'], ['ReplicaSet']],
      pods: true,
      status: {
        replicas: 2,
        fullyLabeledReplicas: 2,
        readyReplicas: 2,
        availableReplicas: 2,
        terminatingReplicas: 0,
        observedGeneration: 1,
      },
    },
  ),
  contractCase(
    'deployment: a complete one has equal counts and says so in its conditions',
    async (api) => {
      await createReady(api, 2);
      const { conditions, ...counts } = await eventually(
        async () => (await api.get(api.apps('deployments/a'))).body.status ?? {},
        (status) => show(status).includes('NewReplicaSetAvailable'),
      );
      return { counts, conditions: briefConditions({ conditions }).sort() };
    },
    {
      counts: {
        observedGeneration: 1,
        replicas: 2,
        updatedReplicas: 2,
        readyReplicas: 2,
        availableReplicas: 2,
        terminatingReplicas: 0,
      },
      conditions: [
        ['Available', 'True', 'MinimumReplicasAvailable'],
        ['Progressing', 'True', 'NewReplicaSetAvailable'],
      ],
    },
  ),
  contractCase(
    'deployment: without ready Pods it is not available',
    async (api) => {
      await api.create(api.apps('deployments'), deployment('a', { replicas: 2 }));
      const { conditions, ...counts } = await awaitStatus(api, api.apps('deployments/a'), { updatedReplicas: 2 });
      return { counts, available: briefConditions({ conditions }).find(([type]) => show(type) === 'Available') };
    },
    {
      counts: {
        observedGeneration: 1,
        replicas: 2,
        updatedReplicas: 2,
        unavailableReplicas: 2,
        terminatingReplicas: 0,
      },
      available: ['Available', 'False', 'MinimumReplicasUnavailable'],
    },
  ),
  contractCase(
    'deployment: a new template gets a new ReplicaSet, the old one is scaled to zero and kept',
    async (api) => {
      await createReady(api, 2);
      await setImage(api, 2);
      await serveUntil(
        api,
        async () => (await sets(api)).map(({ status }) => show(status?.availableReplicas)).join() === ',2',
      );
      const known = await sets(api);
      const { body } = await api.get(api.apps('deployments/a'));
      return {
        sizes: known.map(({ spec }) => spec?.replicas),
        revision: body.metadata?.annotations?.['deployment.kubernetes.io/revision'],
      };
    },
    { sizes: [0, 2], revision: '2' },
  ),
  contractCase(
    'deployment: a rolling update surges by a quarter, rounded up, and waits for readiness',
    async (api) => {
      await createReady(api, 4);
      await setImage(api, 2);
      const sizes = await eventually(
        async () => (await sets(api)).map(({ spec }) => show(spec?.replicas)).join(),
        (shown) => shown === '3,2',
      );
      return sizes;
    },
    '3,2',
  ),
  contractCase(
    'deployment: Recreate has no Pod of the new template before the last old one is gone',
    async (api) => {
      await createReady(api, 2, { strategy: { type: 'Recreate' } });
      const watch = await api.watch(`${api.core('pods')}?resourceVersion=0`);
      await setImage(api, 2);
      await serveUntil(
        api,
        async () => (await sets(api)).map(({ status }) => show(status?.availableReplicas)).join() === ',2',
      );
      const order = watch.events.filter(({ type }) => type !== 'MODIFIED').map(({ type }) => type);
      return order.slice(2);
    },
    ['DELETED', 'DELETED', 'ADDED', 'ADDED'],
  ),
  contractCase(
    'daemonset: a Pod for each Node its selector wants, bound by affinity, and counts in the status',
    async (api) => {
      const node = `${api.namespace}-node`;
      await api.create('/api/v1/nodes', { metadata: { name: node, labels: { 'example.test/case': api.namespace } } });
      const nodeSelector = { 'example.test/case': api.namespace };
      const spec = {
        selector: { matchLabels: { app: 'a' } },
        template: podTemplate('a', { nodeSelector, tolerations: [{ operator: 'Exists' }] }),
      };
      await api.create(api.apps('daemonsets'), { metadata: { name: 'a' }, spec });
      const status = await awaitStatus(api, api.apps('daemonsets/a'), {
        currentNumberScheduled: 1,
        numberUnavailable: 1,
      });
      const { body } = await api.get(api.core('pods'));
      const [pod] = list(body.items);
      const required = pod?.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
      await api.delete(`/api/v1/nodes/${node}`);
      return {
        status,
        pods: names(body).length,
        affinity: list(required?.nodeSelectorTerms)[0]?.matchFields,
        hashed: show(pod?.metadata?.labels?.['controller-revision-hash']).length > 0,
      };
    },
    {
      status: {
        currentNumberScheduled: 1,
        numberMisscheduled: 0,
        desiredNumberScheduled: 1,
        numberReady: 0,
        observedGeneration: 1,
        updatedNumberScheduled: 1,
        numberUnavailable: 1,
      },
      pods: 1,
      affinity: [{ key: 'metadata.name', operator: 'In', values: ['NS-node'] }],
      hashed: true,
    },
  ),
];
