import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import { podType, serviceType, statefulSetType, daemonSetType } from '../../api/builtin-types.ts';
import { collectMonitorReferences, collectWorkloadReferences, monitorKinds } from '../../core/assets/plans.ts';
import type { ObjectReference } from '../../core/assets/store.ts';
import { explain } from '../../core/explain/explain.ts';
import type { ExplainFacts, Question, ReplicaFacts } from '../../core/explain/facts.ts';
import type { AccessAnswer, DiscoveryAccess } from '../../core/explain/rbac.ts';
import { readRbac } from '../../core/explain/rbac.ts';
import type { ServiceAccountName } from '../../core/explain/rbac.ts';
import { listTemplates } from '../../core/explain/suppose.ts';
import type { WorkloadKind, WorkloadObject } from '../../core/kinds/kind.ts';
import { workloadKinds } from '../../core/kinds/registry.ts';
import type { OperatorSettings } from '../../core/settings.ts';
import { TerminalError } from '../../base/errors.ts';
import { readClusterObjects } from '../../core/manifests/cluster-objects.ts';
import { readSources } from '../../core/manifests/sources.ts';
import type { Monitor } from '../../core/monitor.ts';
import type { Cluster } from '../cluster/connect.ts';
import { listObjects } from '../../kubernetes/list-objects.ts';
import { fetchAssets, readOperatorObjects } from '../cluster/sources.ts';
import { askReplicas } from './replicas.ts';
import type { ExplainFlags, OperatorView } from './request.ts';
import { reviewAccounts } from './subject-access.ts';

const type = (group: string, plural: string, kind: string): ResourceType => ({
  group,
  version: 'v1',
  plural,
  kind,
  namespaced: true,
});

const clusterType = (group: string, plural: string, kind: string): ResourceType => ({
  ...type(group, plural, kind),
  namespaced: false,
});

/** What discovery reads. */
const discoveredTypes: readonly ResourceType[] = [
  podType,
  serviceType,
  type('', 'endpoints', 'Endpoints'),
  type('discovery.k8s.io', 'endpointslices', 'EndpointSlice'),
  type('networking.k8s.io', 'ingresses', 'Ingress'),
  clusterType('', 'nodes', 'Node'),
];

/** Where edits are proposed: that they cannot be read costs nothing but the proposal. */
const proposalTypes: readonly ResourceType[] = [
  type('rbac.authorization.k8s.io', 'roles', 'Role'),
  type('rbac.authorization.k8s.io', 'rolebindings', 'RoleBinding'),
  clusterType('rbac.authorization.k8s.io', 'clusterroles', 'ClusterRole'),
  clusterType('rbac.authorization.k8s.io', 'clusterrolebindings', 'ClusterRoleBinding'),
  type('apps', 'deployments', 'Deployment'),
  statefulSetType,
  daemonSetType,
];

interface GatherOptions {
  readonly operator: OperatorView;
  readonly flags: ExplainFlags;
  readonly signal: AbortSignal;
}

/** Reads what one question needs. */
export interface LiveGathering {
  /** Everything, rights and replicas included. */
  complete(question: Question): Promise<ExplainFacts>;
}

/**
 * Reads from a cluster. A refusal makes what depends on it unknown.
 * @throws {ApiError | TransportError} when the server cannot say.
 */
export function gatherLive(cluster: Cluster, options: GatherOptions): LiveGathering {
  return {
    async complete(question) {
      const facts = await readObjects(cluster, options);
      const reviews = await answerReviews(cluster, question, facts);
      const replicas = await readReplicas(cluster, options, { question, facts });
      return { ...facts, access: { ...facts.access, review: reviews }, replicas };
    },
  };
}

async function readObjects({ client }: Cluster, { operator, signal }: GatherOptions): Promise<ExplainFacts> {
  const [own, discovered, proposals] = await Promise.all([
    readOperatorObjects(client, signal),
    listObjects({ client, signal }, discoveredTypes),
    listObjects({ client, signal }, proposalTypes),
  ]);
  const { instancesOf, sources } = readSources(own.objects);
  const references = [
    ...collectReferences(own.objects),
    ...collectSelectedReferences({ instancesOf, sources }, operator.settings),
  ];
  const { assets, refusals } = await fetchAssets(client, references, signal);
  return {
    ...operator,
    instancesOf,
    sources,
    assets,
    cluster: readClusterObjects(discovered.objects, sources.namespaces),
    access: { review: () => 'unknown', rbac: readRbac(proposals.objects) },
    replicas: [],
    unread: [...own.refusals, ...discovered.refusals, ...refusals],
    supposed: [],
    templates: listTemplates(proposals.objects),
  };
}

/** The Secrets and ConfigMaps that monitors and workloads refer to. */
function collectReferences(objects: readonly KubernetesObject[]): ObjectReference[] {
  return objects.flatMap((object) => {
    const kind = monitorKinds.find((one) => one === object.kind);
    if (kind !== undefined) return collectMonitorReferences(kind, object as Monitor);
    const isWorkload = object.kind === 'Prometheus' || object.kind === 'PrometheusAgent';
    return isWorkload ? collectWorkloadReferences(object as Monitor) : [];
  });
}

/** Of workloads with all that they select; one that cannot be rendered at all has none. */
function collectSelectedReferences(
  { instancesOf, sources }: Pick<ExplainFacts, 'instancesOf' | 'sources'>,
  settings: OperatorSettings,
): ObjectReference[] {
  const referencesOf = (kind: WorkloadKind, instance: WorkloadObject): readonly ObjectReference[] => {
    try {
      return kind.createMatcher()(instance, settings, sources).references;
    } catch (error) {
      if (error instanceof TerminalError) return [];
      throw error;
    }
  };
  return workloadKinds.flatMap((kind) => instancesOf(kind).flatMap((instance) => referencesOf(kind, instance)));
}

type Review = ExplainFacts['access']['review'];

/** Goes the chain once to learn what must be asked, and asks it. */
async function answerReviews(cluster: Cluster, question: Question, facts: ExplainFacts): Promise<Review> {
  const wanted = new Map<string, { account: ServiceAccountName; request: DiscoveryAccess }>();
  const keyOf = (account: ServiceAccountName, request: DiscoveryAccess): string => JSON.stringify([account, request]);
  const note: Review = (account, request) => {
    wanted.set(keyOf(account, request), { account, request });
    return 'unknown';
  };
  explain(question, { ...facts, access: { ...facts.access, review: note } });
  const answers = await reviewAccounts(cluster.client, wanted);
  return (account, request): AccessAnswer => answers.get(keyOf(account, request)) ?? 'unknown';
}

async function readReplicas(
  cluster: Cluster,
  { flags, signal }: GatherOptions,
  { question, facts }: { readonly question: Question; readonly facts: ExplainFacts },
): Promise<readonly ReplicaFacts[]> {
  const { chains } = explain(question, facts);
  const workloads = chains.filter(({ job }) => job !== '').map(({ workload }) => workload);
  return askReplicas(workloads, {
    client: cluster.client,
    pods: facts.cluster.pod.list(),
    facts,
    url: flags.prometheusUrl,
    signal,
  });
}
