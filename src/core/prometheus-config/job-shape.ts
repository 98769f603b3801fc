import { readRelabelSemantics } from '../targets/features.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { checkClient, clientKeys } from './client-shape.ts';
import { checkStaticTargets, discoveryKeys } from './discovery-shapes.ts';
import { relabelRules } from './relabel-shape.ts';
import { boolean, bytes, count, duration, float, oneOf, text, textsMap } from './scalars.ts';
import { Fields, checkShape, keysOf, listOf, refuseIf } from './shape.ts';
import type { KeyCheck, LoadContext, Shape } from './shape.ts';
import { ConfigError, asMapping, isNull, textOf } from './values.ts';

const protocols = [
  ...['PrometheusProto', 'PrometheusText0.0.4', 'PrometheusText1.0.0', 'OpenMetricsText0.0.1'],
  ...['OpenMetricsText1.0.0', 'OpenMetricsText2.0.0'],
];

const explainProtocol = (found: string): string =>
  `unknown scrape protocol ${found}, supported: [${[...protocols].sort().join(' ')}]`;

const protocolList = listOf(oneOf(protocols, explainProtocol), explainProtocol(''));

/** `scrape_protocols` of a job, or of all. */
export const scrapeProtocols: KeyCheck = (value, context) => {
  protocolList(value, context);
  const names = (value as readonly YamlValue[]).map((one) => text(one));
  refuseIf(names.length === 0, 'scrape_protocols cannot be empty');
  refuseIf(
    new Set(names.map((one) => one.toLowerCase())).size < names.length,
    `duplicated protocol in scrape_protocols, got [${names.join(' ')}]`,
  );
};

/** What `global` says and jobs are judged by. */
export interface GlobalDefaults {
  readonly scrapeIntervalMs: number;
  readonly nameScheme: 'utf8' | 'legacy';
  /** "" when it follows from the scheme. */
  readonly escaping: string;
}

const limits = [
  ...['sample_limit', 'target_limit', 'label_limit', 'label_name_length_limit', 'label_value_length_limit'],
  'keep_dropped_targets',
];

/** Keys that stand in jobs and in `global` alike. */
export const scrapeKeys: readonly [string, KeyCheck][] = [
  ...keysOf(duration, 'scrape_interval', 'scrape_timeout'),
  ...keysOf(scrapeProtocols, 'scrape_protocols'),
  ...keysOf(text, 'scrape_failure_log_file', 'metric_name_escaping_scheme'),
  ...keysOf(
    oneOf(['utf8', 'legacy', ''], (found) => `unrecognized ValidationScheme: "${found}"`),
    'metric_name_validation_scheme',
  ),
  ...keysOf(bytes, 'body_size_limit'),
  ...keysOf(count, ...limits),
  ...keysOf(boolean, 'scrape_native_histograms', 'convert_classic_histograms_to_nhcb'),
  ...keysOf(boolean, 'always_scrape_classic_histograms', 'extra_scrape_metrics'),
];

const scrapeClassic: KeyCheck = (value, context) => {
  refuseIf(!context.version.isBelow('3.0.0'), 'field scrape_classic_histograms not found in type config.ScrapeConfig');
  boolean(value, context);
};

const jobShape: Shape = {
  type: 'config.ScrapeConfig',
  keys: new Map([
    ...keysOf(text, 'job_name', 'metrics_path', 'scheme', 'fallback_scrape_protocol'),
    ...keysOf(boolean, 'honor_labels', 'honor_timestamps', 'track_timestamps_staleness', 'enable_compression'),
    ...keysOf(textsMap, 'params'),
    ...keysOf(scrapeClassic, 'scrape_classic_histograms'),
    ...keysOf(count, 'native_histogram_bucket_limit'),
    ...keysOf(float, 'native_histogram_min_bucket_factor'),
    ...scrapeKeys,
    ...discoveryKeys,
    ...clientKeys,
    ...keysOf(relabelRules('empty or null target relabeling rule in scrape config'), 'relabel_configs'),
    ...keysOf(relabelRules('empty or null metric relabeling rule in scrape config'), 'metric_relabel_configs'),
  ]),
  check(fields) {
    refuseIf(fields.text('job_name') === '', 'job_name is empty');
    checkClient(fields);
    checkStaticTargets(fields);
  },
};

const escapings = ['allow-utf-8', 'underscores', 'dots', 'values'];

function checkTimes(fields: Fields, global: GlobalDefaults): void {
  const timeout = fields.milliseconds('scrape_timeout', 0);
  const interval = fields.milliseconds('scrape_interval', 0) || global.scrapeIntervalMs;
  if (timeout <= interval) return;
  const where = `for scrape config with job name "${fields.text('job_name')}"`;
  throw new ConfigError(`scrape timeout greater than scrape interval ${where}`, { path: ['scrape_timeout'] });
}

function checkFallback(fields: Fields): void {
  const protocol = fields.text('fallback_scrape_protocol');
  const where = `for scrape config with job name "${fields.text('job_name')}"`;
  refuseIf(
    protocol !== '' && !protocols.includes(protocol),
    `invalid fallback_scrape_protocol ${where}: ${explainProtocol(protocol)}`,
  );
}

function checkEscaping(fields: Fields, scheme: string, global: GlobalDefaults): void {
  const own = fields.text('metric_name_escaping_scheme');
  const fromGlobal = fields.text('metric_name_validation_scheme') === '' ? global.escaping : '';
  const escaping = own || fromGlobal;
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

/**
 * What Prometheus would refuse in one entry of scrape_configs, but a name that another one has.
 * @throws {ConfigError} with Prometheus' message.
 */
export function checkJob(value: YamlValue, global: GlobalDefaults, context: LoadContext): void {
  if (isNull(value)) throw new ConfigError('empty or null scrape config section');
  const written = asMapping(value, jobShape.type)['metric_name_validation_scheme'];
  const own = isNull(written) ? '' : (textOf(written) ?? '');
  const scheme = own === 'legacy' || own === 'utf8' ? own : global.nameScheme;
  const isOwn = scheme !== global.nameScheme;
  const semantics = isOwn ? readRelabelSemantics(context.version, scheme) : context.semantics;
  // What is known is known by the semantics of all the others.
  const inside = isOwn ? { ...context, semantics, known: new WeakSet<object>() } : context;
  checkShape(value, jobShape, inside);
  const fields = new Fields(asMapping(value, jobShape.type));
  checkTimes(fields, global);
  checkFallback(fields);
  checkEscaping(fields, scheme, global);
}
