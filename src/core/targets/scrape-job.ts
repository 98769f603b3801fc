import { RuleCompiler } from '../relabel/compile-rules.ts';
import { LabelSet } from '../relabel/label-set.ts';
import { formatDuration } from './duration.ts';
import { readRelabelSemantics, readTargetFeatures } from './features.ts';
import type { Version } from '../../base/version.ts';
import type { CompiledRule } from '../relabel/compile-rules.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import type { RelabelRule } from '../relabel/rule.ts';
import type { FeatureFlags, TargetFeatures } from './features.ts';
import type { SdConfig } from './sd-config.ts';

/** What of a scrape config decides about targets, with globals and defaults filled in (docs/reference/discovery.md 5.0). */
export interface ScrapeJob {
  readonly jobName: string;
  readonly scrapeIntervalMs: number;
  readonly scrapeTimeoutMs: number;
  readonly metricsPath: string;
  readonly scheme: string;
  readonly params: ReadonlyMap<string, readonly string[]>;
  readonly relabelRules: readonly RelabelRule[];
  readonly nameScheme: NameScheme;
  /** How many dropped targets are listed; 0: all. */
  readonly keepDroppedTargets: number;
  /** More unique targets than this fail every scrape; 0: no limit. */
  readonly targetLimit: number;
  readonly convertClassicHistogramsToNhcb: boolean;
  readonly alwaysScrapeClassicHistograms: boolean;
  readonly scrapeNativeHistograms: boolean;
}

/** What of a scrape config decides about the labels of samples, beside those of their targets. */
export interface SampleLabelling {
  /** Labels of samples win over those of their target (`honor_labels`). */
  readonly honorsLabels: boolean;
  readonly metricRules: readonly RelabelRule[];
}

/** One scrape config: what it discovers, and what it makes of that. */
export interface LoadedJob {
  readonly job: ScrapeJob;
  readonly samples: SampleLabelling;
  readonly discovery: readonly SdConfig[];
}

/** `rule` is the index of the relabelling rule that dropped it. */
export interface DroppedTarget {
  readonly kind: 'dropped';
  readonly rule: number;
}

/** A job ready to make targets of groups. */
export interface CompiledJob {
  readonly job: ScrapeJob;
  readonly features: TargetFeatures;
  readonly rules: readonly CompiledRule[];
  /** The outcome for each rule that may drop: one object each, as most targets of most jobs are dropped. */
  readonly drops: readonly DroppedTarget[];
  /** Labels of the job that beat discovered ones. */
  readonly overrides: LabelSet;
  /** Labels of the job that fill what was not discovered. */
  readonly defaults: readonly [LabelSet];
}

/** The labels that say how histograms are scraped, and the words for them in failures. */
export const histogramLabels = [
  ['__convert_classic_histograms_to_nhcb__', 'convert classic histograms to nhcb'],
  ['__always_scrape_classic_histograms__', 'always scrape classic histograms'],
  ['__scrape_native_histograms__', 'scrape native histograms'],
] as const;

export interface CompileOptions {
  readonly flags?: FeatureFlags | undefined;
  /** That of all jobs, where there are many. */
  readonly compiler?: RuleCompiler;
}

/**
 * @param version of the Prometheus whose behaviour is wanted.
 * @throws {SyntaxError} when a relabelling regex is no RE2 expression.
 */
export function compileJob(
  job: ScrapeJob,
  version: Version,
  { flags, compiler = new RuleCompiler() }: CompileOptions = {},
): CompiledJob {
  const features = readTargetFeatures(version, flags);
  const semantics = readRelabelSemantics(version, job.nameScheme);
  const params = listParamLabels(job);
  const own = listDefaultLabels(job, features);
  return {
    job,
    features,
    rules: compiler.compile(job.relabelRules, semantics),
    drops: job.relabelRules.map((_, rule) => ({ kind: 'dropped', rule })),
    overrides: LabelSet.ofPairs(features.paramsWin ? params : []),
    defaults: [LabelSet.ofPairs(omitEmpty(features.paramsWin ? own : [...own, ...params]))],
  };
}

function listDefaultLabels(job: ScrapeJob, features: TargetFeatures): string[] {
  const flags = [job.convertClassicHistogramsToNhcb, job.alwaysScrapeClassicHistograms, job.scrapeNativeHistograms];
  const histogram = histogramLabels.flatMap(([name], index) => [name, String(flags[index])]);
  return [
    ...['job', job.jobName],
    ...['__scrape_interval__', formatDuration(job.scrapeIntervalMs)],
    ...['__scrape_timeout__', formatDuration(job.scrapeTimeoutMs)],
    ...['__metrics_path__', job.metricsPath],
    ...['__scheme__', job.scheme],
    ...(features.histogramLabels ? histogram : []),
  ];
}

/** Pairs without those whose value is "": as defaults they are not there. */
function omitEmpty(pairs: readonly string[]): string[] {
  return pairs.flatMap((name, at) => (at % 2 === 0 && pairs[at + 1] !== '' ? [name, pairs[at + 1] ?? ''] : []));
}

function listParamLabels({ params }: ScrapeJob): string[] {
  return [...params].flatMap(([name, [first]]) =>
    first === undefined || first === '' ? [] : [`__param_${name}`, first],
  );
}
