import { boolean, bytes, count, duration, oneOf, text } from './scalars.ts';
import { keysOf, listOf, refuseIf } from './shape.ts';
import type { KeyCheck } from './shape.ts';

export const protocols = [
  ...['PrometheusProto', 'PrometheusText0.0.4', 'PrometheusText1.0.0', 'OpenMetricsText0.0.1'],
  ...['OpenMetricsText1.0.0', 'OpenMetricsText2.0.0'],
];

export const explainProtocol = (found: string): string =>
  `unknown scrape protocol ${found}, supported: [${[...protocols].sort().join(' ')}]`;

const protocolList = listOf(oneOf(protocols, explainProtocol), explainProtocol(''));

const scrapeProtocols: KeyCheck = (value, context) => {
  const names: readonly string[] = protocolList(value, context);
  refuseIf(names.length === 0, 'scrape_protocols cannot be empty');
  refuseIf(
    new Set(names.map((one) => one.toLowerCase())).size < names.length,
    `duplicated protocol in scrape_protocols, got [${names.join(' ')}]`,
  );
};

/** Keys that stand in jobs and in `global` alike. */
export const scrapeKeys = [
  ...keysOf(duration, 'scrape_interval', 'scrape_timeout'),
  ...keysOf(scrapeProtocols, 'scrape_protocols'),
  ...keysOf(text, 'scrape_failure_log_file', 'metric_name_escaping_scheme'),
  ...keysOf(
    oneOf(['utf8', 'legacy', ''], (found) => `unrecognized ValidationScheme: "${found}"`),
    'metric_name_validation_scheme',
  ),
  ...keysOf(bytes, 'body_size_limit'),
  ...keysOf(count, 'sample_limit', 'target_limit', 'label_limit', 'label_name_length_limit'),
  ...keysOf(count, 'label_value_length_limit', 'keep_dropped_targets'),
  ...keysOf(boolean, 'scrape_native_histograms', 'convert_classic_histograms_to_nhcb'),
  ...keysOf(boolean, 'always_scrape_classic_histograms', 'extra_scrape_metrics'),
];

/** What a key says; null is the zero of its type. */
export const inherit = <T>(value: T | null | undefined, absent: T, zero: T): T =>
  value === undefined ? absent : (value ?? zero);

/** A number that is not zero, or what holds without one. */
export const unlessZero = (value: number | null | undefined, otherwise: number): number => (value ?? 0) || otherwise;
