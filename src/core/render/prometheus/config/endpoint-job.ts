import type { PodMetricsEndpoint, PodMonitor } from '../../../../api/pod-monitor.ts';
import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import type { Endpoint, ServiceMonitor } from '../../../../api/service-monitor.ts';
import { sortEntries } from '../../../../base/order.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { listAnyRules, renderHonorLabels, renderHonorTimestamps, renderMetricRules } from './job.ts';
import { listRules } from './relabel-rules.ts';
import type { Job, JobInput } from './job.ts';
import { renderSampling } from './scrape-limits.ts';
import type { RelabelRule } from './relabel-rules.ts';
import { gated } from './render-scope.ts';

/** What sets the job of one endpoint apart from that of the other kind of monitor, and from those beside it. */
export interface EndpointParts {
  readonly kind: 'ServiceMonitor' | 'PodMonitor';
  readonly endpoint: Endpoint | PodMetricsEndpoint;
  /** Path of the endpoint in its monitor, "spec.endpoints[0]". */
  readonly field: string;
  readonly index: number;
  readonly scrapeClass: ScrapeClass | undefined;
  readonly discovery: YamlFields;
  /** Keys about the client: each kind has them in an order of its own. */
  readonly client: YamlFields;
  readonly relabelings: readonly RelabelRule[];
}

/** The job of one endpoint of a ServiceMonitor or PodMonitor (docs/reference/rendering.md 2.2, 2.3). */
export function renderEndpointJob(parts: EndpointParts, input: JobInput<ServiceMonitor | PodMonitor>): Job {
  const { kind, endpoint, scrapeClass, relabelings } = parts;
  const { context, own } = input;
  const { metadata, spec } = input.monitor;
  const origin = `${parts.field}.metricRelabelings`;
  const configs = endpoint.metricRelabelings;
  const metricRelabelings = renderMetricRules({ kind, metadata, scrapeClass, configs, origin }, context);
  const prefix = kind === 'ServiceMonitor' ? 'serviceMonitor' : 'podMonitor';
  const config: YamlFields = {
    job_name: `${prefix}/${metadata.namespace ?? ''}/${metadata.name ?? ''}/${parts.index}`,
    honor_labels: renderHonorLabels(endpoint.honorLabels, context),
    honor_timestamps: renderHonorTimestamps(endpoint.honorTimestamps, input),
    track_timestamps_staleness: gated(own, 'track_timestamps_staleness', endpoint.trackTimestampsStaleness),
    kubernetes_sd_configs: [parts.discovery],
    scrape_interval: unlessBlank(endpoint.interval),
    scrape_timeout: unlessBlank(endpoint.scrapeTimeout),
    metrics_path: unlessBlank(endpoint.path),
    params: endpoint.params && sortEntries(endpoint.params),
    scheme: endpoint.scheme?.toLowerCase(),
    ...parts.client,
    relabel_configs: listRules(relabelings, input.commonRules),
    ...renderSampling(spec, spec.bodySizeLimit, { scrapeClass, context, scope: own }),
    metric_relabel_configs: listAnyRules(metricRelabelings, input.commonRules),
  };
  return { kind, field: parts.field, config, relabelings, metricRelabelings };
}
