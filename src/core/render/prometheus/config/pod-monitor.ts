import type { PodMetricsEndpoint, PodMonitor } from '../../../../api/pod-monitor.ts';
import type { AttachMetadata } from '../../../../api/parts/selectors.ts';
import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import { sortEntries } from '../../../../base/order.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { unlessBlank } from '../../shared/objects.ts';
import { renderBasicAuth, renderOAuth2, renderProxy } from './blocks.ts';
import { renderBearerToken } from './endpoint.ts';
import { listAnyRules, listRules, renderHonorLabels, renderHonorTimestamps, renderMetricRules } from './job.ts';
import type { Job, JobInput } from './job.ts';
import { listNamespaces, renderDiscovery, resolveAttachMetadata } from './kubernetes-discovery.ts';
import { renderBodySize, renderHistograms, renderLimits, renderProtocols } from './limits.ts';
import { renderPodRules } from './pod-rules.ts';
import { classOf, renderClassAuthorization, renderClassTls } from './scrape-class.ts';
import { gated } from './scope.ts';

type Input = JobInput<PodMonitor>;

function renderPodDiscovery({ monitor, context, workload }: Input, fromClass: AttachMetadata | undefined): YamlFields {
  const { spec, metadata } = monitor;
  return renderDiscovery(
    {
      role: 'pod',
      namespaces: listNamespaces(spec.namespaceSelector, metadata.namespace ?? '', context),
      attachMetadata: resolveAttachMetadata(spec.attachMetadata, fromClass, context),
      roleSelectors:
        spec.selectorMechanism === 'RoleSelector' ? { selector: spec.selector, roles: ['pod'] } : undefined,
      ownNode: context.daemonSet,
    },
    context.spec.apiserverConfig,
    workload,
  );
}

/** Keys about the client; their order is not that of a ServiceMonitor (contract/rendering.md 2.3). */
function renderClient(
  endpoint: PodMetricsEndpoint,
  scrapeClass: ScrapeClass | undefined,
  { own, workload }: Input,
): YamlFields {
  const scopes = { own, workload, safe: true };
  return {
    follow_redirects: gated(own, 'follow_redirects', endpoint.followRedirects),
    enable_http2: gated(own, 'enable_http2', endpoint.enableHttp2),
    tls_config: renderClassTls(endpoint.tlsConfig, scrapeClass, scopes),
    bearer_token: renderBearerToken(endpoint.bearerTokenSecret, own),
    basic_auth: renderBasicAuth(endpoint.basicAuth, own),
    oauth2: renderOAuth2(endpoint.oauth2, own),
    ...renderProxy(endpoint, own),
    authorization: renderClassAuthorization(endpoint.authorization, scrapeClass, scopes),
  };
}

function renderJob(endpoint: PodMetricsEndpoint, index: number, input: Input): Job {
  const { monitor, context, own } = input;
  const { metadata, spec } = monitor;
  const scrapeClass = classOf(spec.scrapeClass, context);
  const relabelings = renderPodRules({ monitor, endpoint, index, scrapeClass, context });
  const origin = `spec.podMetricsEndpoints[${index}].metricRelabelings`;
  const metricRelabelings = renderMetricRules(
    { kind: 'PodMonitor', metadata, scrapeClass, configs: endpoint.metricRelabelings, origin },
    context,
  );
  const config: YamlFields = {
    job_name: `podMonitor/${metadata.namespace ?? ''}/${metadata.name ?? ''}/${index}`,
    honor_labels: renderHonorLabels(endpoint.honorLabels, context),
    honor_timestamps: renderHonorTimestamps(endpoint.honorTimestamps, input),
    track_timestamps_staleness: gated(own, 'track_timestamps_staleness', endpoint.trackTimestampsStaleness),
    kubernetes_sd_configs: [renderPodDiscovery(input, scrapeClass?.attachMetadata)],
    scrape_interval: unlessBlank(endpoint.interval),
    scrape_timeout: unlessBlank(endpoint.scrapeTimeout),
    metrics_path: unlessBlank(endpoint.path),
    params: endpoint.params && sortEntries(endpoint.params),
    scheme: endpoint.scheme?.toLowerCase(),
    ...renderClient(endpoint, scrapeClass, input),
    relabel_configs: listRules(relabelings),
    ...renderLimits(spec, context, own),
    ...renderHistograms(spec, own),
    scrape_protocols: renderProtocols(spec.scrapeProtocols, own),
    fallback_scrape_protocol: gated(
      own,
      'fallback_scrape_protocol',
      spec.fallbackScrapeProtocol ?? scrapeClass?.fallbackScrapeProtocol,
    ),
    body_size_limit: renderBodySize(spec.bodySizeLimit, context, own),
    metric_relabel_configs: listAnyRules(metricRelabelings),
  };
  return { config, relabelings, metricRelabelings };
}

/** One job for each endpoint. */
export function renderPodMonitorJobs(input: JobInput<PodMonitor>): Job[] {
  return (input.monitor.spec.podMetricsEndpoints ?? []).map((endpoint, index) => renderJob(endpoint, index, input));
}
