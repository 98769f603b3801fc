import type { Probe } from '../../../../api/probe.ts';
import { sortEntries } from '../../../../base/order.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { renderBasicAuth, renderOAuth2, renderProxy } from './blocks.ts';
import { renderBearerToken } from './endpoint.ts';
import { listAnyRules, renderMetricRules } from './job.ts';
import { listRules } from './relabel-rules.ts';
import type { Job, JobInput } from './job.ts';
import { listNamespaces, renderDiscovery } from './kubernetes-discovery.ts';
import { renderSampling } from './scrape-limits.ts';
import { renderProbeRules } from './probe-rules.ts';
import { classOf, renderClassAuthorization, renderClassTls } from './scrape-class.ts';
import { gated } from './render-scope.ts';

type Input = JobInput<Probe>;

/** The prober's parameters: the module first, then the list in its order. */
function renderParams({ spec }: Probe): Map<string, readonly string[]> | undefined {
  const params = new Map<string, readonly string[]>();
  const name = unlessBlank(spec.module);
  if (name !== undefined) params.set('module', [name]);
  for (const param of spec.params ?? []) {
    if (param.name !== 'module' || name === undefined) params.set(param.name, param.values ?? []);
  }
  return params.size === 0 ? undefined : params;
}

/** Static targets win over an ingress. */
function renderTargets({ monitor, context, workload }: Input): YamlFields {
  const { staticConfig, ingress } = monitor.spec.targets ?? {};
  const namespace = monitor.metadata.namespace ?? '';
  if (staticConfig !== undefined) {
    const labels = sortEntries({ namespace, ...staticConfig.labels });
    return { static_configs: [{ targets: staticConfig.static ?? [], labels }] };
  }
  if (ingress === undefined) return {};
  const namespaces = listNamespaces(ingress.namespaceSelector, namespace, context);
  return {
    kubernetes_sd_configs: [renderDiscovery({ role: 'ingress', namespaces }, context.spec.apiserverConfig, workload)],
  };
}

/** The one job of a Probe (docs/reference/rendering.md 2.4). */
export function renderProbeJobs(input: JobInput<Probe>): Job[] {
  const { monitor, context, own, workload } = input;
  const { metadata, spec } = monitor;
  const scrapeClass = classOf(spec.scrapeClass, context);
  const scopes = { own, workload, safe: true };
  const relabelings = renderProbeRules({ probe: monitor, scrapeClass, context });
  const origin = 'spec.metricRelabelings';
  const metricRelabelings = renderMetricRules(
    { kind: 'Probe', metadata, scrapeClass, configs: spec.metricRelabelings, origin },
    context,
  );
  const config: YamlFields = {
    job_name: `probe/${metadata.namespace ?? ''}/${metadata.name ?? ''}`,
    honor_timestamps: gated(own, 'honor_timestamps', context.spec.overrideHonorTimestamps !== true),
    metrics_path: spec.prober?.path ?? '',
    scrape_interval: unlessBlank(spec.interval),
    scrape_timeout: unlessBlank(spec.scrapeTimeout),
    scheme: spec.prober?.scheme?.toLowerCase(),
    params: renderParams(monitor),
    ...renderSampling(spec, undefined, { scrapeClass, context, scope: own }),
    ...renderProxy(spec.prober, own),
    follow_redirects: gated(own, 'follow_redirects', spec.followRedirects),
    enable_http2: gated(own, 'enable_http2', spec.enableHttp2),
    tls_config: renderClassTls(spec.tlsConfig, scrapeClass, scopes),
    ...renderTargets(input),
    relabel_configs: listRules(relabelings, input.commonRules),
    bearer_token: renderBearerToken(spec.bearerTokenSecret, own),
    basic_auth: renderBasicAuth(spec.basicAuth, own),
    oauth2: renderOAuth2(spec.oauth2, own),
    authorization: renderClassAuthorization(spec.authorization, scrapeClass, scopes),
    metric_relabel_configs: listAnyRules(metricRelabelings, input.commonRules),
  };
  return [{ kind: 'Probe', field: 'spec', config, relabelings, metricRelabelings }];
}
