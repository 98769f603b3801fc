import { isValidLabelName } from '../relabel/label-names.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import type { ScrapeJob } from '../targets/scrape-job.ts';
import { ConfigError } from './values.ts';
import type { Section } from './section.ts';

/** What `global` says for all jobs. */
export type GlobalConfig = Pick<
  ScrapeJob,
  | 'scrapeIntervalMs'
  | 'scrapeTimeoutMs'
  | 'nameScheme'
  | 'keepDroppedTargets'
  | 'targetLimit'
  | 'convertClassicHistogramsToNhcb'
  | 'alwaysScrapeClassicHistograms'
  | 'scrapeNativeHistograms'
>;

const defaultIntervalMs = 60_000;
const defaultTimeoutMs = 10_000;

const ignoredKeys = [
  ...['scrape_protocols', 'rule_query_offset', 'query_log_file', 'scrape_failure_log_file', 'extra_scrape_metrics'],
  ...['body_size_limit', 'sample_limit', 'label_limit', 'label_name_length_limit', 'label_value_length_limit'],
  'metric_name_escaping_scheme',
];

/** The scheme that a section names; undefined when it names none. */
export function readScheme(section: Section): NameScheme | undefined {
  const text = section.text('metric_name_validation_scheme', '');
  if (text === '') return undefined;
  if (text !== 'utf8' && text !== 'legacy') throw new ConfigError(`unrecognized ValidationScheme: "${text}"`);
  return text;
}

/** @throws {ConfigError} with Prometheus' message. */
export function readGlobalConfig(section: Section): GlobalConfig {
  const scrapeIntervalMs = section.duration('scrape_interval') || defaultIntervalMs;
  const timeoutMs = section.duration('scrape_timeout');
  if (timeoutMs > scrapeIntervalMs) throw new ConfigError('global scrape timeout greater than scrape interval');
  section.duration('evaluation_interval');
  const labels = section.section('external_labels', 'labels.Labels');
  for (const name of labels?.keys() ?? [])
    if (!isValidLabelName(name, 'utf8')) throw new ConfigError(`"${name}" is not a valid label name`);
  const config: GlobalConfig = {
    scrapeIntervalMs,
    scrapeTimeoutMs: timeoutMs || Math.min(defaultTimeoutMs, scrapeIntervalMs),
    nameScheme: readScheme(section) ?? 'utf8',
    keepDroppedTargets: Number(section.count('keep_dropped_targets')),
    targetLimit: Number(section.count('target_limit')),
    convertClassicHistogramsToNhcb: section.boolean('convert_classic_histograms_to_nhcb', false),
    alwaysScrapeClassicHistograms: section.boolean('always_scrape_classic_histograms', false),
    scrapeNativeHistograms: section.boolean('scrape_native_histograms', false),
  };
  section.ignore(...ignoredKeys);
  section.finish();
  return config;
}
