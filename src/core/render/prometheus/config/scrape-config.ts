import type { ScrapeConfig } from '../../../../api/scrape-config.ts';
import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import { renderBasicAuth, renderOAuth2, renderProxy, unlessNoEntries } from './blocks.ts';
import { mechanisms } from './discovery/mechanisms.ts';
import { keepJobName } from './endpoint.ts';
import { renderNamespaceRule } from './enforcement.ts';
import { renderEscapingScheme } from './global-scraping.ts';
import { listAnyRules, renderHonorLabels, renderHonorTimestamps, renderMetricRules } from './job.ts';
import type { Job, JobInput } from './job.ts';
import { renderBodySize, renderHistograms, renderLimits, renderJobProtocols } from './scrape-limits.ts';
import { listRules, makeRule, renderRelabelConfigs } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';
import { classOf, renderClassAuthorization, renderClassRelabelings, renderClassTls } from './scrape-class.ts';
import { gated } from './render-scope.ts';

type Input = JobInput<ScrapeConfig>;

function renderRules({ monitor, context }: Input, scrapeClass: ScrapeClass | undefined): RelabelRule[] {
  const { spec, metadata } = monitor;
  const jobName = unlessBlank(spec.jobName);
  const own = renderRelabelConfigs(spec.relabelings, 'spec.relabelings');
  const rules = [
    keepJobName,
    ...renderClassRelabelings(scrapeClass),
    ...(jobName === undefined
      ? []
      : [makeRule('spec.jobName', { target_label: 'job', action: 'replace', replacement: jobName })]),
    ...own,
    // As the reference: the rule on samples always stands, this one only beside others (docs/reference/rendering.md 9.3).
    ...(own.length === 0 ? [] : renderNamespaceRule('ScrapeConfig', metadata, context)),
  ];
  const divided = context.sharding.shards === 1 || rules.some(({ rule }) => rule['action'] === 'hashmod');
  return divided ? rules : [...rules, ...context.shardingRules.__address__];
}

function renderDiscoverySections({ monitor, own }: Input): YamlFields {
  const sections = mechanisms.flatMap(({ field, section, render }) => {
    const items: readonly unknown[] = monitor.spec[field] ?? [];
    return items.length === 0 ? [] : [[section, items.map((item) => render(item as never, own))] as const];
  });
  return Object.fromEntries(sections);
}

function renderClient({ monitor, own, workload }: Input, scrapeClass: ScrapeClass | undefined): YamlFields {
  const { spec } = monitor;
  const scopes = { own, workload, safe: true };
  return {
    ...renderProxy(spec, own),
    basic_auth: renderBasicAuth(spec.basicAuth, own),
    authorization: renderClassAuthorization(spec.authorization, scrapeClass, scopes),
    oauth2: renderOAuth2(spec.oauth2, own),
    tls_config: renderClassTls(spec.tlsConfig, scrapeClass, scopes),
  };
}

function renderScraping(input: Input, scrapeClass: ScrapeClass | undefined): YamlFields {
  const { monitor, context, own } = input;
  const { spec } = monitor;
  return {
    honor_timestamps:
      spec.honorTimestamps === undefined ? undefined : renderHonorTimestamps(spec.honorTimestamps, input),
    track_timestamps_staleness: gated(own, 'track_timestamps_staleness', spec.trackTimestampsStaleness),
    honor_labels: spec.honorLabels === undefined ? undefined : renderHonorLabels(spec.honorLabels, context),
    metrics_path: spec.metricsPath,
    params: unlessNoEntries(spec.params),
    enable_compression: gated(own, 'enable_compression', spec.enableCompression),
    enable_http2: gated(own, 'enable_http2', spec.enableHTTP2),
    scrape_interval: spec.scrapeInterval,
    scrape_timeout: spec.scrapeTimeout,
    ...renderJobProtocols(spec, scrapeClass, own),
    scheme: spec.scheme?.toLowerCase(),
  };
}

/** The one job of a ScrapeConfig (docs/reference/rendering.md 2.5). */
export function renderScrapeConfigJobs(input: Input): Job[] {
  const { monitor, context, own } = input;
  const { metadata, spec } = monitor;
  const scrapeClass = classOf(spec.scrapeClass, context);
  const relabelings = renderRules(input, scrapeClass);
  const metricRelabelings = renderMetricRules(
    { kind: 'ScrapeConfig', metadata, scrapeClass, configs: spec.metricRelabelings, origin: 'spec.metricRelabelings' },
    context,
  );
  const config: YamlFields = {
    job_name: `scrapeConfig/${metadata.namespace ?? ''}/${metadata.name ?? ''}`,
    ...renderScraping(input, scrapeClass),
    ...renderClient(input, scrapeClass),
    ...renderLimits(spec, context, own),
    ...renderHistograms(spec, own),
    body_size_limit: renderBodySize(spec.bodySizeLimit, context, own),
    ...renderDiscoverySections(input),
    relabel_configs: listRules(relabelings, input.commonRules),
    metric_relabel_configs: listAnyRules(metricRelabelings, input.commonRules),
    metric_name_validation_scheme: gated(
      own,
      'metric_name_validation_scheme',
      spec.nameValidationScheme?.toLowerCase(),
    ),
    metric_name_escaping_scheme: renderEscapingScheme(spec.nameEscapingScheme, own),
  };
  return [{ kind: 'ScrapeConfig', field: 'spec', config, relabelings, metricRelabelings }];
}
