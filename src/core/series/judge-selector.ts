import { GoRegexp } from '../../base/go-regexp.ts';
import type { Matcher, Selector } from '../promql/read-selector.ts';
import type { JobSeries } from './job-series.ts';
import { metricName } from './job-series.ts';

/** All that series can come from. */
export interface SeriesSources {
  readonly jobs: readonly JobSeries[];
  /** The metrics that rules record, and the expressions that give them. */
  readonly recorded: ReadonlyMap<string, readonly string[]>;
  /** Why there may be other series than those of jobs and rules (a receiver of remote writes); undefined: there are none. */
  readonly others: string | undefined;
}

/** Why no series can be selected. */
export type Miss =
  /** A label has other values on all targets. */
  | { readonly kind: 'label'; readonly matcher: Matcher; readonly values: readonly string[] }
  /** Each matcher is fulfilled by some target, all of them by none. */
  | { readonly kind: 'together'; readonly matchers: readonly Matcher[] }
  /** Metric relabelling drops the metric in each job whose targets have the labels. */
  | { readonly kind: 'dropped'; readonly metric: string; readonly job: string; readonly rule: number }
  | { readonly kind: 'no jobs' };

/** Whether some series can be selected: `unknown` where there may be targets, or other sources, that nothing is known of. */
export type SelectorVerdict =
  | { readonly verdict: 'possible' }
  | { readonly verdict: 'unknown'; readonly why: string }
  | { readonly verdict: 'impossible'; readonly miss: Miss };

/** Series that Prometheus makes itself of alerts. */
const ownMetrics = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

interface Condition extends Matcher {
  readonly holds: (value: string) => boolean;
}

/** Judges selectors, each text once. */
export type SelectorJudge = (selector: Pick<Selector, 'text' | 'matchers'>) => SelectorVerdict;

export function createSelectorJudge(sources: SeriesSources): SelectorJudge {
  const verdicts = new Map<string, SelectorVerdict>();
  return (selector) => {
    const verdict = verdicts.get(selector.text) ?? judgeSelector(selector, sources);
    verdicts.set(selector.text, verdict);
    return verdict;
  };
}

/**
 * Whether a selector can select anything, by the labels of targets: those of a target are on all its series
 * (https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config, honor_labels). Says `impossible`
 * only where no series can have those labels; whether an exporter has the metric is not known here.
 */
export function judgeSelector(selector: Pick<Selector, 'matchers'>, sources: SeriesSources): SelectorVerdict {
  const conditions = readConditions(selector);
  const { metric, labels } = conditions;
  if (isRecorded(conditions, sources)) return { verdict: 'possible' };
  const found = searchJobs(labels, metric, sources.jobs);
  if (found.isThere) return { verdict: 'possible' };
  const doubt = found.doubt?.describeDoubt() ?? sources.others;
  if (doubt !== undefined) return { verdict: 'unknown', why: doubt };
  return { verdict: 'impossible', miss: found.drop ?? findMiss(labels, sources.jobs) };
}

interface JobSearch {
  readonly isThere: boolean;
  /** The job that is nearest to having them, where none is known to. */
  readonly doubt?: JobSeries | undefined;
  /** The first rule that drops them. */
  readonly drop?: Miss | undefined;
}

function searchJobs(
  conditions: readonly Condition[],
  metric: string | undefined,
  jobs: readonly JobSeries[],
): JobSearch {
  const doubtful: JobSeries[] = [];
  let drop: Miss | undefined;
  for (const job of jobs) {
    const presence = job.find(conditions);
    if (presence === 'none') continue;
    const rule = metric === undefined ? undefined : job.findDrop(metric);
    if (metric !== undefined && rule !== undefined) drop ??= { kind: 'dropped', metric, job: job.name, rule };
    else if (presence === 'there') return { isThere: true };
    else doubtful.push(job);
  }
  return { isThere: false, doubt: pickNearest(conditions, doubtful), drop };
}

function pickNearest(conditions: readonly Condition[], jobs: readonly JobSeries[]): JobSeries | undefined {
  const counts = jobs.map((job) => job.countSure(conditions));
  return jobs[counts.indexOf(Math.max(...counts))];
}

/** Whether the name is one of a metric that rules record, or that Prometheus makes of alerts. */
export function isRecorded({ names, metric }: Conditions, { recorded }: SeriesSources): boolean {
  const isNamed = (name: string): boolean => names.every(({ holds }) => holds(name));
  if (metric !== undefined) return (recorded.has(metric) || ownMetrics.has(metric)) && isNamed(metric);
  return [...ownMetrics, ...recorded.keys()].some(isNamed);
}

function findMiss(conditions: readonly Condition[], jobs: readonly JobSeries[]): Miss {
  const known = jobs.filter(({ shapes }) => shapes.length > 0);
  if (known.length === 0) return { kind: 'no jobs' };
  const alone = conditions.find((condition) => known.every((job) => job.find([condition]) === 'none'));
  if (alone === undefined) return { kind: 'together', matchers: conditions };
  const values = new Set(known.flatMap((job) => [...(job.rangeOf(alone.name) ?? [])]));
  values.delete('');
  return { kind: 'label', matcher: alone, values: [...values].sort() };
}

/** The matchers on the name of the metric, and on other labels. */
export interface Conditions {
  /** Where one name is asked for. */
  readonly metric: string | undefined;
  readonly names: readonly Condition[];
  readonly labels: readonly Condition[];
}

export function readConditions({ matchers }: Pick<Selector, 'matchers'>): Conditions {
  const conditions = matchers.map((matcher) => ({ ...matcher, holds: compile(matcher) }));
  const names = conditions.filter(({ name }) => name === metricName);
  const labels = conditions.filter(({ name }) => name !== metricName);
  return { metric: names.find(({ operator }) => operator === '=')?.value, names, labels };
}

/** As Prometheus compares: regular expressions match the whole value. */
function compile({ operator, value }: Matcher): (label: string) => boolean {
  if (operator === '=') return (label) => label === value;
  if (operator === '!=') return (label) => label !== value;
  const regexp = GoRegexp.compile(value);
  return operator === '=~' ? (label) => regexp.matches(label) : (label) => !regexp.matches(label);
}
