import type { Version } from '../../base/version.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import type { RelabelRule } from '../relabel/rule.ts';
import { readRelabelSemantics } from '../targets/features.ts';
import type { LoadedJob, ScrapeJob } from '../targets/scrape-job.ts';
import type { SdConfig } from '../targets/sd-config.ts';
import type { GlobalConfig } from './global-config.ts';
import { readScheme } from './global-config.ts';
import { readHttpClient } from './http-client.ts';
import { readRelabelRule } from './relabel-config.ts';
import { readSdConfigs } from './sd-configs.ts';
import { Section } from './section.ts';
import { ConfigError, isNull } from './values.ts';

/** Keys that say how a target is scraped and not which. */
const ignoredKeys = [
  ...['honor_labels', 'honor_timestamps', 'track_timestamps_staleness', 'scrape_protocols', 'fallback_scrape_protocol'],
  ...['scrape_classic_histograms', 'extra_scrape_metrics', 'scrape_failure_log_file', 'enable_compression'],
  ...['body_size_limit', 'sample_limit', 'label_limit', 'label_name_length_limit', 'label_value_length_limit'],
  ...['native_histogram_bucket_limit', 'native_histogram_min_bucket_factor', 'metric_name_escaping_scheme'],
];

/**
 * Reads one entry of scrape_configs, with globals and defaults filled in (docs/reference/discovery.md 5.0).
 *
 * @throws {ConfigError} with Prometheus' message.
 */
export function readScrapeConfig(value: YamlValue, global: GlobalConfig, version: Version): LoadedJob {
  if (isNull(value)) throw new ConfigError('empty or null scrape config section');
  const section = new Section(value, 'config.ScrapeConfig');
  const jobName = section.text('job_name', '');
  const nameScheme = readScheme(section) ?? global.nameScheme;
  const discovery = readSdConfigs(section);
  readHttpClient(section);
  const relabelRules = readRules(section, nameScheme, version);
  const job: ScrapeJob = {
    jobName,
    ...readTimes(section, global, jobName),
    metricsPath: section.text('metrics_path', '/metrics'),
    scheme: section.text('scheme', 'http'),
    params: readParams(section),
    relabelRules,
    nameScheme,
    keepDroppedTargets: Number(section.count('keep_dropped_targets')) || global.keepDroppedTargets,
    targetLimit: Number(section.count('target_limit')) || global.targetLimit,
    convertClassicHistogramsToNhcb: section.boolean(
      'convert_classic_histograms_to_nhcb',
      global.convertClassicHistogramsToNhcb,
    ),
    alwaysScrapeClassicHistograms: section.boolean(
      'always_scrape_classic_histograms',
      global.alwaysScrapeClassicHistograms,
    ),
    scrapeNativeHistograms: section.boolean('scrape_native_histograms', global.scrapeNativeHistograms),
  };
  section.ignore(...ignoredKeys);
  section.finish();
  if (jobName === '') throw new ConfigError('job_name is empty');
  if (relabelRules.length === 0) checkStaticAddresses(discovery);
  return { job, discovery };
}

function readRules(section: Section, nameScheme: NameScheme, version: Version): RelabelRule[] {
  const semantics = readRelabelSemantics(version, nameScheme);
  const read = (key: string, words: string): RelabelRule[] =>
    (section.list(key) ?? []).map((value) => {
      if (isNull(value)) throw new ConfigError(`empty or null ${words} relabeling rule in scrape config`);
      return readRelabelRule(value, semantics);
    });
  const rules = read('relabel_configs', 'target');
  read('metric_relabel_configs', 'metric');
  return rules;
}

function readTimes(
  section: Section,
  global: GlobalConfig,
  jobName: string,
): Pick<ScrapeJob, 'scrapeIntervalMs' | 'scrapeTimeoutMs'> {
  const scrapeIntervalMs = section.duration('scrape_interval') || global.scrapeIntervalMs;
  const own = section.duration('scrape_timeout');
  if (own > scrapeIntervalMs) {
    const where = `for scrape config with job name "${jobName}"`;
    throw new ConfigError(`scrape timeout greater than scrape interval ${where}`);
  }
  return { scrapeIntervalMs, scrapeTimeoutMs: own || Math.min(global.scrapeTimeoutMs, scrapeIntervalMs) };
}

function readParams(section: Section): ReadonlyMap<string, readonly string[]> {
  const params = section.section('params', 'url.Values');
  return new Map((params?.keys() ?? []).map((name) => [name, params?.texts(name) ?? []]));
}

function checkStaticAddresses(discovery: readonly SdConfig[]): void {
  const addresses = discovery
    .flatMap((one) => (one.mechanism === 'static' ? one.groups : []))
    .flatMap((one) => one.targets);
  const wrong = addresses.find((address) => address.includes('/'));
  if (wrong !== undefined) throw new ConfigError(`"${wrong}" is not a valid hostname`);
}
