import { prometheusAgentType } from '../../../../api/prometheus-agent.ts';
import { prometheusType } from '../../../../api/prometheus.ts';
import type { KeyReference } from '../../../assets/references.ts';
import type { AssetStore } from '../../../assets/store.ts';
import type { ServedForm } from '../../../served/choose-form.ts';
import type { DiscoveryServiceSettings } from '../../../settings.ts';
import { listDiscoveryReferences } from '../discovery-choice.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';

/** How the jobs of a workload find what the discovery service has for them (docs/adr/0011-discovery-service.md). */
export interface ServingContext {
  readonly url: string;
  /** The part of the path that names the pods: "prometheuses/monitoring/main/shards/$(SHARD)". */
  readonly pods: string;
  readonly refreshInterval: string;
  /** The CA of its certificate; undefined: one of the system's. */
  readonly ca: KeyReference | undefined;
}

const plurals = { server: prometheusType.plural, agent: prometheusAgentType.plural };
const places = { StatefulSet: 'shards/$(SHARD)', DaemonSet: 'nodes/$(NODE_NAME)' };

/** @param service undefined: the workload discovers for itself */
export function describeServing(
  workload: PrometheusWorkload,
  service: DiscoveryServiceSettings | undefined,
): ServingContext | undefined {
  if (service === undefined) return undefined;
  const { namespace = '', name = '' } = workload.owner.metadata;
  const [ca] = listDiscoveryReferences(workload);
  const pods = `${plurals[workload.role]}/${encodePath(namespace)}/${encodePath(name)}/${places[workload.form]}`;
  return { url: service.url, pods, refreshInterval: service.refreshInterval, ca };
}

/** A path of which each part may hold any character. */
export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Without the CA Prometheus would find nothing at all: jobs go on with their own discovery then. */
export function isServed(serving: ServingContext | undefined, assets: AssetStore): serving is ServingContext {
  return serving !== undefined && (serving.ca === undefined || (assets.readBytes(serving.ca)?.length ?? 0) > 0);
}

const kinds: ReadonlySet<string | undefined> = new Set(Object.values(plurals));
const groups: ReadonlySet<string | undefined> = new Set(Object.values(places).map((place) => place.split('/')[0]));

/** What a URL of `http_sd_configs` asks the discovery service for; undefined: it asks somebody else. */
export function readServedUrl(url: string): { readonly form: ServedForm; readonly job: string } | undefined {
  const parts = url.split('/');
  const [, form, kind, , , group, , jobs, ...job] = parts.slice(parts.indexOf('v1'));
  if ((form !== 'final' && form !== 'kept') || !kinds.has(kind) || !groups.has(group) || jobs !== 'jobs')
    return undefined;
  try {
    return { form, job: decodeURIComponent(job.join('/')) };
  } catch {
    return undefined;
  }
}
