import { isValidLabelName } from '../relabel/label-names.ts';
import type { ScrapeJob } from '../targets/scrape-job.ts';
import { duration, text, textMap } from './scalars.ts';
import { scrapeKeys, unlessZero } from './scrape-keys.ts';
import { describe, keysOf, refuseIf } from './shape.ts';
import type { KeyReader } from './shape.ts';

/** What `global` says for all jobs. */
export interface GlobalConfig extends Pick<
  ScrapeJob,
  | 'scrapeIntervalMs'
  | 'scrapeTimeoutMs'
  | 'nameScheme'
  | 'keepDroppedTargets'
  | 'targetLimit'
  | 'convertClassicHistogramsToNhcb'
  | 'alwaysScrapeClassicHistograms'
  | 'scrapeNativeHistograms'
> {
  /** "" when it follows from the scheme. */
  readonly escaping: string;
  /** As written: variables of the environment are not put in. */
  readonly externalLabels: ReadonlyMap<string, string>;
}

export const globalDefaults: GlobalConfig = {
  scrapeIntervalMs: 60_000,
  scrapeTimeoutMs: 10_000,
  nameScheme: 'utf8',
  escaping: '',
  externalLabels: new Map(),
  keepDroppedTargets: 0,
  targetLimit: 0,
  convertClassicHistogramsToNhcb: false,
  alwaysScrapeClassicHistograms: false,
  scrapeNativeHistograms: false,
};

const externalLabels: KeyReader<Record<string, string>> = (value, context) => {
  const labels = textMap(value, context);
  const names = Object.keys(labels);
  const wrong = names.find((name) => !isValidLabelName(name, context.semantics.nameScheme));
  refuseIf(wrong !== undefined, `"${wrong}" is not a valid label name`);
  return labels;
};

export const globalShape = describe('config.plain', {
  keys: [
    ...scrapeKeys,
    ...keysOf(duration, 'evaluation_interval', 'rule_query_offset'),
    ...keysOf(text, 'query_log_file'),
    ...keysOf(externalLabels, 'external_labels'),
  ],
  read(values): GlobalConfig {
    const scrapeIntervalMs = unlessZero(values.scrape_interval, globalDefaults.scrapeIntervalMs);
    const scrapeTimeoutMs = unlessZero(
      values.scrape_timeout,
      Math.min(globalDefaults.scrapeTimeoutMs, scrapeIntervalMs),
    );
    refuseIf(scrapeTimeoutMs > scrapeIntervalMs, 'global scrape timeout greater than scrape interval');
    return {
      scrapeIntervalMs,
      scrapeTimeoutMs,
      nameScheme: values.metric_name_validation_scheme === 'legacy' ? 'legacy' : 'utf8',
      escaping: values.metric_name_escaping_scheme ?? '',
      externalLabels: new Map(Object.entries(values.external_labels ?? {})),
      keepDroppedTargets: values.keep_dropped_targets ?? 0,
      targetLimit: values.target_limit ?? 0,
      convertClassicHistogramsToNhcb: values.convert_classic_histograms_to_nhcb === true,
      alwaysScrapeClassicHistograms: values.always_scrape_classic_histograms === true,
      scrapeNativeHistograms: values.scrape_native_histograms === true,
    };
  },
});
