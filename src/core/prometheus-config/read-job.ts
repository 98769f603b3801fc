import type { YamlValue } from '../../base/yaml-writer.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import { readRelabelSemantics } from '../targets/features.ts';
import type { LoadedJob, ScrapeJob } from '../targets/scrape-job.ts';
import { checkClient, clientKeys } from './client-shape.ts';
import { checkStaticTargets, discoveryKeys, listDiscovery } from './discovery-shapes.ts';
import type { GlobalConfig } from './global-config.ts';
import { relabelRules } from './relabel-config.ts';
import { boolean, count, float, text, textsMapOf } from './scalars.ts';
import { explainProtocol, inherit, protocols, scrapeKeys, unlessZero } from './scrape-keys.ts';
import { describe, keysOf, readShape, refuseIf } from './shape.ts';
import type { KeyReader, LoadContext, ValuesOf } from './shape.ts';
import { ConfigError, asMapping, isNull, textOf } from './values.ts';

const scrapeClassic: KeyReader<boolean> = (value, context) => {
  refuseIf(!context.version.isBelow('3.0.0'), 'field scrape_classic_histograms not found in type config.ScrapeConfig');
  return boolean(value, context);
};

const jobKeys = [
  ...keysOf(text, 'job_name', 'metrics_path', 'scheme', 'fallback_scrape_protocol'),
  ...keysOf(boolean, 'honor_labels', 'honor_timestamps', 'track_timestamps_staleness', 'enable_compression'),
  ...keysOf(textsMapOf('url.Values'), 'params'),
  ...keysOf(scrapeClassic, 'scrape_classic_histograms'),
  ...keysOf(count, 'native_histogram_bucket_limit'),
  ...keysOf(float, 'native_histogram_min_bucket_factor'),
  ...scrapeKeys,
  ...discoveryKeys,
  ...clientKeys,
  ...keysOf(relabelRules('empty or null target relabeling rule in scrape config'), 'relabel_configs'),
  ...keysOf(relabelRules('empty or null metric relabeling rule in scrape config'), 'metric_relabel_configs'),
];

type JobValues = ValuesOf<(typeof jobKeys)[number]>;

const jobShape = describe('config.ScrapeConfig', {
  keys: jobKeys,
  check(fields) {
    refuseIf(fields.text('job_name') === '', 'job_name is empty');
    checkClient(fields);
    checkStaticTargets(fields);
  },
  read: (values) => values,
});

/**
 * What stands in one entry of scrape_configs, when Prometheus takes it. That another job has its name is not looked at.
 * @throws {ConfigError} with Prometheus' message, and the path to what is wrong.
 */
export function readJobValues(value: YamlValue, global: GlobalConfig, context: LoadContext): JobValues {
  if (isNull(value)) throw new ConfigError('empty or null scrape config section');
  const nameScheme = readScheme(value) ?? global.nameScheme;
  const values = readShape(value, jobShape, withScheme(context, nameScheme, global));
  readTimes(values, global);
  checkFallback(values);
  checkEscaping(values, nameScheme, global);
  return values;
}

/**
 * Reads one entry of scrape_configs, with globals and defaults filled in (docs/reference/discovery.md 5.0).
 * @throws {ConfigError} as `readJobValues`.
 */
export function readScrapeConfig(value: YamlValue, global: GlobalConfig, context: LoadContext): LoadedJob {
  return toLoadedJob(readJobValues(value, global, context), global);
}

/** What `readJobValues` gave, with globals and defaults filled in. */
export function toLoadedJob(values: JobValues, global: GlobalConfig): LoadedJob {
  const samples = { honorsLabels: values.honor_labels ?? false, metricRules: values.metric_relabel_configs ?? [] };
  return { job: readJob(values, global), samples, discovery: listDiscovery(values) };
}

/** The scheme that a job names, which its rules are read by; undefined when it names none. */
function readScheme(job: YamlValue): NameScheme | undefined {
  const written = asMapping(job, jobShape.type)['metric_name_validation_scheme'];
  const name = isNull(written) ? '' : textOf(written);
  return name === 'legacy' || name === 'utf8' ? name : undefined;
}

/** What is known of rules is known by the scheme of all the others. */
function withScheme(context: LoadContext, scheme: NameScheme, global: GlobalConfig): LoadContext {
  if (scheme === global.nameScheme) return context;
  return { ...context, semantics: readRelabelSemantics(context.version, scheme), knownRules: new WeakMap() };
}

function readJob(values: JobValues, global: GlobalConfig): ScrapeJob {
  return {
    jobName: values.job_name ?? '',
    ...readTimes(values, global),
    metricsPath: inherit(values.metrics_path, '/metrics', ''),
    scheme: inherit(values.scheme, 'http', ''),
    params: new Map(Object.entries(values.params ?? {})),
    relabelRules: values.relabel_configs ?? [],
    nameScheme: values.metric_name_validation_scheme || global.nameScheme,
    keepDroppedTargets: unlessZero(values.keep_dropped_targets, global.keepDroppedTargets),
    targetLimit: unlessZero(values.target_limit, global.targetLimit),
    convertClassicHistogramsToNhcb: inherit(
      values.convert_classic_histograms_to_nhcb,
      global.convertClassicHistogramsToNhcb,
      false,
    ),
    alwaysScrapeClassicHistograms: inherit(
      values.always_scrape_classic_histograms,
      global.alwaysScrapeClassicHistograms,
      false,
    ),
    scrapeNativeHistograms: inherit(values.scrape_native_histograms, global.scrapeNativeHistograms, false),
  };
}

const nameJob = ({ job_name: name }: JobValues): string => `for scrape config with job name "${name ?? ''}"`;

function readTimes(values: JobValues, global: GlobalConfig): Pick<ScrapeJob, 'scrapeIntervalMs' | 'scrapeTimeoutMs'> {
  const scrapeIntervalMs = unlessZero(values.scrape_interval, global.scrapeIntervalMs);
  const scrapeTimeoutMs = unlessZero(values.scrape_timeout, Math.min(global.scrapeTimeoutMs, scrapeIntervalMs));
  if (scrapeTimeoutMs <= scrapeIntervalMs) return { scrapeIntervalMs, scrapeTimeoutMs };
  throw new ConfigError(`scrape timeout greater than scrape interval ${nameJob(values)}`, { path: ['scrape_timeout'] });
}

function checkFallback(values: JobValues): void {
  const protocol = values.fallback_scrape_protocol ?? '';
  if (protocol === '' || protocols.includes(protocol)) return;
  throw new ConfigError(`invalid fallback_scrape_protocol ${nameJob(values)}: ${explainProtocol(protocol)}`);
}

const escapings = ['allow-utf-8', 'underscores', 'dots', 'values'];

function checkEscaping(values: JobValues, scheme: NameScheme, global: GlobalConfig): void {
  const fromGlobal = (values.metric_name_validation_scheme ?? '') === '' ? global.escaping : '';
  const escaping = (values.metric_name_escaping_scheme ?? '') || fromGlobal;
  if (escaping === '') return;
  refuseIf(
    !escapings.includes(escaping),
    `unknown scrape config name escaping method specified, must be one of 'allow-utf-8', 'underscores', 'dots', or 'values', got "${escaping}"`,
  );
  refuseIf(
    escaping === 'allow-utf-8' && scheme !== 'utf8',
    'utf8 metric names requested but validation scheme is not set to UTF8',
  );
}
