import { GoRegexp } from '../../base/go-regexp.ts';
import type { RelabelRule } from '../relabel/rule.ts';
import type { LoadedJob, SampleLabelling } from '../targets/scrape-job.ts';
import type { LabelRange } from './label-ranges.ts';
import { uniteAll } from './label-ranges.ts';
import type { TargetShape } from './target-shapes.ts';

/** The label that holds the name of a metric. */
export const metricName = '__name__';

/**
 * Series that Prometheus makes itself of each scrape: no metric relabelling is done on them
 * (https://prometheus.io/docs/concepts/jobs_instances/).
 */
const scrapeMetrics: ReadonlySet<string> = new Set([
  ...['up', 'scrape_duration_seconds', 'scrape_samples_scraped', 'scrape_samples_post_metric_relabeling'],
  ...['scrape_series_added', 'scrape_timeout_seconds', 'scrape_sample_limit', 'scrape_body_size_bytes'],
]);

/** The actions that write the label they name as target. */
const writers: ReadonlySet<RelabelRule['action']> = new Set(['replace', 'lowercase', 'uppercase', 'hashmod']);

/** Whether a job has targets with certain labels: it may have where not all targets, or not all of their labels, are known. */
export type Presence = 'there' | 'maybe' | 'none';

/** Whether the value of a label is wanted. */
export interface LabelCondition {
  readonly name: string;
  readonly holds: (value: string) => boolean;
}

/**
 * The series that one job can give, as far as its configuration and its targets tell: a label of the target is on each of its
 * series, whatever the exporter says (unless `honor_labels`); any other label may be there, with any value.
 */
export class JobSeries {
  readonly name: string;
  readonly shapes: readonly TargetShape[];
  readonly #samples: SampleLabelling;
  readonly #ranges = new Map<string, LabelRange>();
  readonly #settled = new Map<string, boolean>();
  /** Compiled when first asked for: there may be thousands of jobs, and a selector asks each of them. */
  #drops: readonly NameDrop[] | undefined;

  constructor({ job, samples }: Pick<LoadedJob, 'job' | 'samples'>, shapes: readonly TargetShape[]) {
    this.name = job.jobName;
    this.shapes = shapes;
    this.#samples = samples;
  }

  /** The values that the label has on targets, "" where one does not have it; undefined: it may have any. */
  rangeOf(label: string): LabelRange {
    if (this.#ranges.has(label)) return this.#ranges.get(label);
    const range = uniteAll(this.shapes.map((shape) => shape.rangeOf(label)));
    this.#ranges.set(label, range);
    return range;
  }

  /** Whether some target's series can have such labels: what is not settled exporters or rules may give otherwise. */
  find(conditions: readonly LabelCondition[]): Presence {
    const settled = conditions.filter(({ name }) => this.isSettled(name));
    if (settled.some((condition) => judgeRange(condition, this.rangeOf(condition.name)) === 'none')) return 'none';
    const others = conditions.filter(({ name }) => !settled.some((one) => one.name === name));
    let presence: Presence = 'none';
    for (const shape of this.shapes) {
      const found = findInShape(shape, settled);
      if (found === 'there' && findInShape(shape, others) === 'there') return found;
      if (found !== 'none') presence = 'maybe';
    }
    return presence;
  }

  /** How many of the conditions all targets fulfil. */
  countSure(conditions: readonly LabelCondition[]): number {
    return conditions.filter((one) => judgeRange(one, this.rangeOf(one.name)) === 'there').length;
  }

  /** Why it is not known whether there are such series, where there may be. */
  describeDoubt(): string {
    if (this.#samples.honorsLabels) return `job "${this.name}" honours the labels of its exporters`;
    return this.shapes.some(({ isThere }) => isThere)
      ? `not all labels of the series of job "${this.name}" are known`
      : `not all targets of job "${this.name}" are known`;
  }

  /**
   * The targets that most likely have such labels on series: honoured exporters are taken not to say what job they are of, and
   * may say anything else.
   */
  listLikely(conditions: readonly LabelCondition[]): readonly TargetShape[] {
    const { honorsLabels, metricRules } = this.#samples;
    const isJob = ({ name }: LabelCondition): boolean =>
      honorsLabels && name === 'job' && !metricRules.some((rule) => mayWrite(rule, name));
    const settled = conditions.filter((one) => this.isSettled(one.name) || isJob(one));
    return this.shapes.filter((shape) => findInShape(shape, settled) !== 'none');
  }

  /** Whether a label of a target is just so on all its series: nothing can take its place. */
  isSettled(label: string): boolean {
    const known = this.#settled.get(label);
    if (known !== undefined) return known;
    const { honorsLabels, metricRules } = this.#samples;
    const isOfTarget = !label.startsWith('__');
    const settled = isOfTarget && !honorsLabels && !metricRules.some((rule) => mayWrite(rule, label));
    this.#settled.set(label, settled);
    return settled;
  }

  /** The index of the rule in `metric_relabel_configs` that drops all series of a metric; undefined when none does. */
  findDrop(metric: string): number | undefined {
    if (scrapeMetrics.has(metric)) return undefined;
    this.#drops ??= listDrops(this.#samples.metricRules);
    return this.#drops.find(({ isDropped }) => isDropped(metric))?.rule;
  }
}

function findInShape(shape: TargetShape, conditions: readonly LabelCondition[]): Presence {
  let presence: Presence = shape.isThere ? 'there' : 'maybe';
  for (const condition of conditions) {
    const found = judgeRange(condition, shape.rangeOf(condition.name));
    if (found === 'none') return found;
    if (found === 'maybe') presence = found;
  }
  return presence;
}

/** What the target does not have the exporter may give. */
function judgeRange({ holds }: LabelCondition, range: LabelRange): Presence {
  if (range === undefined) return 'maybe';
  let fitting = 0;
  for (const value of range) if (value === '' || holds(value)) fitting += 1;
  return fitting === 0 ? 'none' : fitting === range.size ? 'there' : 'maybe';
}

/** Whether a rule may set or remove the label. */
function mayWrite({ action, targetLabel, regex }: RelabelRule, label: string): boolean {
  if (writers.has(action)) return targetLabel === label || targetLabel.includes('$');
  if (action === 'labelmap') return true;
  if (action === 'labeldrop') return GoRegexp.compileAnchored(regex).matches(label);
  if (action === 'labelkeep') return !GoRegexp.compileAnchored(regex).matches(label);
  return false;
}

/** A rule that drops by the name of the metric alone; what else may be dropped is not asked for. */
interface NameDrop {
  readonly rule: number;
  readonly isDropped: (metric: string) => boolean;
}

/** None where names are written: another metric may get one that is dropped. */
function listDrops(rules: readonly RelabelRule[]): readonly NameDrop[] {
  if (rules.some((rule) => mayWrite(rule, metricName))) return [];
  return rules.flatMap(({ action, sourceLabels: [only, ...others], regex }, rule) => {
    if ((action !== 'drop' && action !== 'keep') || only !== metricName || others.length > 0) return [];
    const regexp = GoRegexp.compileAnchored(regex);
    return [{ rule, isDropped: (metric: string) => regexp.matches(metric) === (action === 'drop') }];
  });
}
