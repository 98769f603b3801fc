import { GoRegexp } from '../../base/go-regexp.ts';
import type { Matcher, Selector } from '../promql/read-selector.ts';
import type { JobSeries } from './job-series.ts';
import { metricName } from './job-series.ts';

/** All that series can come from. */
export interface SeriesSources {
  readonly jobs: readonly JobSeries[];
  /** The metrics that rules record. */
  readonly recorded: ReadonlySet<string>;
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

/**
 * Whether a selector can select anything, by the labels of targets: those of a target are on all its series
 * (https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config, honor_labels). Says `impossible`
 * only where no series can have those labels; whether an exporter has the metric is not known here.
 */
export function judgeSelector({ matchers }: Selector, sources: SeriesSources): SelectorVerdict {
  const conditions = matchers.map((matcher) => ({ ...matcher, holds: compile(matcher) }));
  const names = conditions.filter(({ name }) => name === metricName);
  const labels = conditions.filter(({ name }) => name !== metricName);
  const isNamed = (metric: string): boolean => names.every(({ holds }) => holds(metric));
  if ([...sources.recorded, ...ownMetrics].some(isNamed)) return { verdict: 'possible' };
  const fitting = sources.jobs.filter((job) => hasTarget(job, labels));
  const metric = names.find(({ operator }) => operator === '=')?.value;
  const drops = fitting.map((job) => (metric === undefined ? undefined : job.findDrop(metric)));
  if (drops.includes(undefined)) return { verdict: 'possible' };
  const open = sources.jobs.find(({ isOpen }) => isOpen);
  if (open !== undefined) return { verdict: 'unknown', why: `not all targets of job "${open.name}" are known` };
  if (sources.others !== undefined) return { verdict: 'unknown', why: sources.others };
  const [dropping] = fitting;
  if (dropping !== undefined && metric !== undefined)
    return { verdict: 'impossible', miss: { kind: 'dropped', metric, job: dropping.name, rule: drops[0] ?? 0 } };
  return { verdict: 'impossible', miss: findMiss(labels, sources.jobs) };
}

/** Whether the series of some target can have such labels. */
function hasTarget(job: JobSeries, conditions: readonly Condition[]): boolean {
  const settled = conditions.filter(({ name }) => job.isSettled(name));
  if (!settled.every((condition) => [...job.valuesOf(condition.name)].some((value) => fits(condition, value))))
    return false;
  return job.targets.some((target) => settled.every((one) => fits(one, target.get(one.name) ?? '')));
}

/** What the target does not have the exporter may give. */
const fits = ({ holds }: Condition, value: string): boolean => value === '' || holds(value);

function findMiss(conditions: readonly Condition[], jobs: readonly JobSeries[]): Miss {
  const known = jobs.filter(({ targets }) => targets.length > 0);
  if (known.length === 0) return { kind: 'no jobs' };
  const alone = conditions.find((condition) => !known.some((job) => hasTarget(job, [condition])));
  if (alone === undefined) return { kind: 'together', matchers: conditions };
  const values = new Set(known.flatMap((job) => [...job.valuesOf(alone.name)]));
  values.delete('');
  return { kind: 'label', matcher: alone, values: [...values].sort() };
}

/** As Prometheus compares: regular expressions match the whole value. */
function compile({ operator, value }: Matcher): (label: string) => boolean {
  if (operator === '=') return (label) => label === value;
  if (operator === '!=') return (label) => label !== value;
  const regexp = GoRegexp.compile(value);
  return operator === '=~' ? (label) => regexp.matches(label) : (label) => !regexp.matches(label);
}
