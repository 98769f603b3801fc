import type { PodMetricsEndpoint, PodMonitor } from '../../../../api/pod-monitor.ts';
import type { AttachMetadata } from '../../../../api/parts/selectors.ts';
import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { renderBasicAuth, renderOAuth2, renderProxy } from './blocks.ts';
import { renderBearerToken } from './endpoint.ts';
import { renderEndpointJob } from './endpoint-job.ts';
import type { EndpointParts } from './endpoint-job.ts';
import type { Job, JobInput } from './job.ts';
import { listNamespaces, renderDiscovery, resolveAttachMetadata } from './kubernetes-discovery.ts';
import { renderPodRules } from './pod-rules.ts';
import { classOf, renderClassAuthorization, renderClassTls } from './scrape-class.ts';
import { gated } from './render-scope.ts';

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

/** Keys about the client; their order is not that of a ServiceMonitor (docs/reference/rendering.md 2.3). */
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
  const { monitor, context } = input;
  const scrapeClass = classOf(monitor.spec.scrapeClass, context);
  const parts: EndpointParts = {
    kind: 'PodMonitor',
    endpoint,
    field: `spec.podMetricsEndpoints[${index}]`,
    index,
    scrapeClass,
    discovery: renderPodDiscovery(input, scrapeClass?.attachMetadata),
    client: renderClient(endpoint, scrapeClass, input),
    relabelings: renderPodRules({ monitor, endpoint, index, scrapeClass, context }),
  };
  return renderEndpointJob(parts, input);
}

/** One job for each endpoint. */
export function* renderPodMonitorJobs(input: JobInput<PodMonitor>): Generator<Job, void> {
  for (const [index, endpoint] of (input.monitor.spec.podMetricsEndpoints ?? []).entries())
    yield renderJob(endpoint, index, input);
}
