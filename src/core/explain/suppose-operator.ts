import type { KubernetesObject } from '../../api/meta.ts';
import { TerminalError } from '../../base/errors.ts';
import { AssetStore } from '../assets/store.ts';
import { listServices } from '../desired/objects.ts';
import { createPrometheusCaches, matchPrometheus, renderPrometheus } from '../desired/prometheus.ts';
import { listSets } from '../desired/steps.ts';
import type { ManifestSources } from '../manifests/sources.ts';
import type { PrometheusWorkload } from '../render/prometheus/workload.ts';
import { asAgentWorkload, asServerWorkload } from '../render/prometheus/workload.ts';
import type { OperatorSettings } from '../settings.ts';

/**
 * What the operator would make of the workloads among manifests and monitors may select: StatefulSets, DaemonSets and
 * governing Services. Workloads that cannot be rendered give nothing.
 */
export function listOperatorObjects(given: ManifestSources, settings: OperatorSettings): KubernetesObject[] {
  const { prometheuses, agents, sources } = given;
  const assets = new AssetStore(given.assets);
  const render = (open: () => PrometheusWorkload): KubernetesObject[] => {
    const caches = createPrometheusCaches();
    try {
      const { steps } = renderPrometheus(matchPrometheus(open(), sources, caches), assets, caches);
      return listSets(steps);
    } catch (error) {
      if (error instanceof TerminalError) return [];
      throw error;
    }
  };
  return [
    ...listServices(prometheuses, agents, settings),
    ...prometheuses.flatMap((one) => render(() => asServerWorkload(one, settings))),
    ...agents.flatMap((one) => render(() => asAgentWorkload(one, settings))),
  ];
}
