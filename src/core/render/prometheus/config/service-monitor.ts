import type { AttachMetadata } from '../../../../api/parts/selectors.ts';
import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import type { Endpoint, ServiceMonitor } from '../../../../api/service-monitor.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { renderBasicAuth, renderOAuth2, renderProxy } from './blocks.ts';
import { renderBearerToken } from './endpoint.ts';
import { renderEndpointJob } from './endpoint-job.ts';
import type { EndpointParts } from './endpoint-job.ts';
import type { Job, JobInput } from './job.ts';
import { chooseEndpointsRole, listNamespaces, renderDiscovery, resolveAttachMetadata } from './kubernetes-discovery.ts';
import type { EndpointsRole } from './kubernetes-discovery.ts';
import { classOf, renderClassAuthorization, renderClassTls } from './scrape-class.ts';
import { gated } from './render-scope.ts';
import { renderServiceRules } from './service-rules.ts';

type Input = JobInput<ServiceMonitor>;

function renderServiceDiscovery(
  { monitor, context, workload }: Input,
  role: EndpointsRole,
  fromClass: AttachMetadata | undefined,
): YamlFields {
  const { spec, metadata } = monitor;
  return renderDiscovery(
    {
      role,
      namespaces: listNamespaces(spec.namespaceSelector, metadata.namespace ?? '', context),
      attachMetadata: resolveAttachMetadata(spec.attachMetadata, fromClass, context),
      roleSelectors:
        spec.selectorMechanism === 'RoleSelector' ? { selector: spec.selector, roles: [role, 'service'] } : undefined,
    },
    context.spec.apiserverConfig,
    workload,
  );
}

/** Keys about the client, in their order (docs/reference/rendering.md 2.2). */
function renderClient(endpoint: Endpoint, scrapeClass: ScrapeClass | undefined, { own, workload }: Input): YamlFields {
  const scopes = { own, workload, safe: false };
  return {
    follow_redirects: gated(own, 'follow_redirects', endpoint.followRedirects),
    enable_http2: gated(own, 'enable_http2', endpoint.enableHttp2),
    ...renderProxy(endpoint, own),
    oauth2: renderOAuth2(endpoint.oauth2, own),
    tls_config: renderClassTls(endpoint.tlsConfig, scrapeClass, scopes),
    bearer_token_file: unlessBlank(endpoint.bearerTokenFile),
    bearer_token: renderBearerToken(endpoint.bearerTokenSecret, own),
    basic_auth: renderBasicAuth(endpoint.basicAuth, own),
    authorization: renderClassAuthorization(endpoint.authorization, scrapeClass, scopes),
  };
}

function renderJob(endpoint: Endpoint, index: number, input: Input): Job {
  const { monitor, context } = input;
  const { spec } = monitor;
  const scrapeClass = classOf(spec.scrapeClass, context);
  const role = chooseEndpointsRole(spec.serviceDiscoveryRole, context);
  const parts: EndpointParts = {
    kind: 'ServiceMonitor',
    endpoint,
    field: `spec.endpoints[${index}]`,
    index,
    scrapeClass,
    discovery: renderServiceDiscovery(input, role, scrapeClass?.attachMetadata),
    client: renderClient(endpoint, scrapeClass, input),
    relabelings: renderServiceRules({ monitor, endpoint, index, role, scrapeClass, context }),
  };
  return renderEndpointJob(parts, input);
}

/** The endpoints; objects from before the schema may have none. */
export function listEndpoints({ spec }: ServiceMonitor): readonly Endpoint[] {
  return Array.isArray(spec.endpoints) ? spec.endpoints : [];
}

/** One job for each endpoint. */
export function* renderServiceMonitorJobs(input: JobInput<ServiceMonitor>): Generator<Job, void> {
  for (const [index, endpoint] of listEndpoints(input.monitor).entries()) yield renderJob(endpoint, index, input);
}
