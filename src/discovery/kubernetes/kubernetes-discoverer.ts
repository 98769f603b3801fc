import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { GroupFeatures } from '../../core/targets/features.ts';
import type { AttachMetadata } from '../../core/targets/groups/group-context.ts';
import type { MetadataLabels } from '../../core/targets/groups/metadata-labels.ts';
import type { KubernetesSdConfig } from '../../core/targets/sd-config.ts';
import type { MetricsProvider } from '../../kubernetes/workqueue/metrics.ts';
import type { Discoverer, GroupSink } from '../discoverer.ts';
import type { DiscoveryMetrics } from '../metrics.ts';
import type { InformerSource } from './informer-pool.ts';
import { RoleWorker } from './role-worker.ts';

export interface KubernetesDiscovererOptions {
  readonly config: KubernetesSdConfig;
  /** Informers of the API server that the configuration means. */
  readonly pool: InformerSource;
  /** The namespace that Prometheus runs in, for `own_namespace`. */
  readonly ownNamespace: string | undefined;
  readonly features: GroupFeatures;
  readonly metadata: MetadataLabels;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: DiscoveryMetrics;
  readonly queueMetrics?: MetricsProvider | undefined;
}

/**
 * Discovers as a kubernetes_sd_config says: a worker for each listed namespace, or one for all.
 *
 * @throws {Error} when the own namespace is wanted and not known.
 */
export function createKubernetesDiscoverer(options: KubernetesDiscovererOptions): Discoverer {
  const { config, features } = options;
  const namespaces = listNamespaces(options);
  const { role, selectors } = config;
  const attach = limitAttach(config.attachMetadata, features);
  const workers = namespaces.map((namespace) => new RoleWorker({ ...options, role, namespace, selectors, attach }));
  return {
    run: async (send: GroupSink, signal: AbortSignal) => {
      await Promise.all(workers.map((worker) => worker.run(send, signal)));
    },
    isIdle: () => workers.every((worker) => worker.isIdle()),
    isComplete: () => workers.every((worker) => worker.isComplete()),
  };
}

/** "" stands for all namespaces; nodes are in none (docs/reference/discovery.md 2.4). */
function listNamespaces({ config, ownNamespace }: KubernetesDiscovererOptions): readonly string[] {
  const { names = [], ownNamespace: wantsOwn } = config.namespaces;
  if (config.role === 'node') return [''];
  if (wantsOwn && (ownNamespace === undefined || ownNamespace === ''))
    throw new Error('Cannot discover in the own namespace: it is not known outside of a cluster');
  const all = wantsOwn && ownNamespace !== undefined ? [...names, ownNamespace] : names;
  return all.length === 0 || all.includes('') ? [''] : [...new Set(all)];
}

function limitAttach(attach: AttachMetadata, features: GroupFeatures): AttachMetadata {
  const { attachNamespace, attachOwners } = features;
  return {
    node: attach.node,
    namespace: attach.namespace && attachNamespace,
    deployment: attach.deployment && attachOwners,
    job: attach.job && attachOwners,
    cronjob: attach.cronjob && attachOwners,
  };
}
