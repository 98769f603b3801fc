import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { WorkloadAccess } from '../../controllers/workload/controller.ts';
import { listScopeNamespaces } from '../../controllers/workload/watches.ts';
import { workloadKinds } from '../../core/kinds/registry.ts';
import { AccessCache } from '../../kubernetes/access.ts';
import type { ClientMetrics, KubernetesClient } from '../../kubernetes/client/client.ts';
import { listGrants } from '../install/access-plan.ts';
import type { Grant } from '../install/access-plan.ts';
import type { Feature } from '../install/rules.ts';
import { baseFeatures } from '../install/rules.ts';
import type { AccessMetrics } from '../metrics/access-metrics.ts';
import type { Options } from '../options/options.ts';
import { AccessMonitor } from './access-monitor.ts';

/** Rung for each request that the API server refuses. */
export interface RefusalBell {
  ring: () => void;
}

/** Metrics of a client that ring the bell, too. */
export function ringOnRefusal(metrics: ClientMetrics, bell: RefusalBell): ClientMetrics {
  return {
    ...metrics,
    observeRequest(request) {
      metrics.observeRequest?.(request);
      if (request.status === '403') bell.ring();
    },
  };
}

export interface AccessDeps {
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: AccessMetrics;
  readonly bell: RefusalBell;
  /** Where the Lease is when no flag says it. */
  readonly namespace: string;
  readonly onChange: () => void;
}

export interface OperatorAccess extends WorkloadAccess {
  /** How the namespaces of an allow list can be followed: Roles alone cannot grant to watch them. */
  readonly namespaceAccess: 'watch' | 'get';
  run(signal: AbortSignal): Promise<void>;
}

/** The features that the flags switch on. */
export function listFeatures(
  options: Pick<
    Options,
    'gates' | 'guards' | 'leaderElection' | 'repairPolicy' | 'kubelet' | 'targetDiscovery' | 'exposure' | 'page'
  >,
): Feature[] {
  const { gates, guards, leaderElection, repairPolicy, kubelet, targetDiscovery, exposure, page } = options;
  const switched: readonly (readonly [boolean, Feature])[] = [
    [gates.PrometheusAgentDaemonSet, 'agent-daemonset'],
    [gates.StatusForConfigurationResources, 'bindings'],
    [guards.podDisruptionBudgets !== 'off', 'pod-disruption-budgets'],
    [guards.networkPolicies !== 'off', 'network-policies'],
    [leaderElection.enabled, 'leader-election'],
    [repairPolicy === 'evict', 'repair-evict'],
    [repairPolicy === 'delete', 'repair-delete'],
    [targetDiscovery, 'target-discovery'],
    [Object.values(exposure).includes('authorized') || page?.asksCallers === true, 'caller-reviews'],
    [kubelet !== undefined, 'kubelet'],
    [kubelet?.endpoints === true, 'kubelet-endpoints'],
    [kubelet?.endpointSlices === true, 'kubelet-endpointslices'],
  ];
  return [...baseFeatures, ...switched.filter(([isOn]) => isOn).map(([, feature]) => feature)];
}

/** What the flags need. @param namespace where the Lease is when no flag says it. */
export function planGrants(options: Options, namespace: string, namespaceAccess: 'watch' | 'get'): Grant[] {
  const { scope, leaderElection } = options;
  const grants = listGrants({
    namespaces: scope.namespaces,
    workloadNamespaces: new Map(
      workloadKinds.map(({ program, type }) => [program, scope.instances[type.kind]?.namespaces ?? []]),
    ),
    configNamespaces: scope.alertmanagerConfigNamespaces,
    watchAssetsEverywhere: scope.watchReferencedObjectsInAllNamespaces,
    operatorNamespace: leaderElection.namespace === '' ? namespace : leaderElection.namespace,
    kubeletNamespace: options.kubelet?.service.namespace,
    assetAccess: scope.assetAccess,
    features: listFeatures(options),
  });
  // With a ClusterRole an allow list needs no reading by name.
  return namespaceAccess === 'get' ? grants : grants.filter(({ rule }) => rule.only !== 'namespaces');
}

/** What RBAC grants, as far as the flags need it. The only question that is waited for is how namespaces can be followed. */
export async function createAccess(options: Options, deps: AccessDeps): Promise<OperatorAccess> {
  const { client, clock, logger, metrics, bell, onChange } = deps;
  const cache = new AccessCache(client, clock);
  const names = listScopeNamespaces(options.scope);
  const requests = names.flatMap((name) =>
    ['list', 'watch'].map((verb) => ({ verb, group: '', resource: 'namespaces', name })),
  );
  const answers = await Promise.all(requests.map((request) => cache.isAllowed(request)));
  const namespaceAccess = answers.every((allowed) => allowed) ? 'watch' : 'get';
  const grants = planGrants(options, deps.namespace, namespaceAccess);
  const monitor = new AccessMonitor({ client, clock, logger, grants, metrics, onChange });
  bell.ring = () => monitor.noteRefusal();
  return {
    namespaceAccess,
    isAllowed: (request) => cache.isAllowed(request),
    listMissing: () => monitor.listMissing(),
    run: (signal) => monitor.run(signal),
  };
}
