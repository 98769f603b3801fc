import { GoRegexp } from '../../base/go-regexp.ts';
import type { LabelSource } from '../relabel/label-set.ts';
import type { RelabelRule } from '../relabel/rule.ts';
import type { LoadedJob, SampleLabelling } from '../targets/scrape-job.ts';

/** The label that holds the name of a metric. */
export const metricName = '__name__';

/** The actions that write the label they name as target. */
const writers: ReadonlySet<RelabelRule['action']> = new Set(['replace', 'lowercase', 'uppercase', 'hashmod']);

/**
 * The series that one job can give, as far as its configuration and its targets tell: a label of the target is on each of its
 * series, whatever the exporter says (unless `honor_labels`); any other label may be there, with any value.
 */
export class JobSeries {
  readonly name: string;
  /** Whether there may be targets that are not known. */
  readonly isOpen: boolean;
  readonly targets: readonly LabelSource[];
  readonly #samples: SampleLabelling;
  readonly #values = new Map<string, ReadonlySet<string>>();
  readonly #settled = new Map<string, boolean>();
  /** Compiled when first asked for: there may be thousands of jobs, and a selector asks each of them. */
  #drops: readonly NameDrop[] | undefined;

  constructor({ job, samples }: Pick<LoadedJob, 'job' | 'samples'>, targets: readonly LabelSource[], isOpen: boolean) {
    this.name = job.jobName;
    this.targets = targets;
    this.isOpen = isOpen;
    this.#samples = samples;
  }

  /** The values that the label has on targets, "" where one does not have it. */
  valuesOf(label: string): ReadonlySet<string> {
    const known = this.#values.get(label);
    if (known !== undefined) return known;
    const values = new Set(this.targets.map((target) => target.get(label) ?? ''));
    this.#values.set(label, values);
    return values;
  }

  /** Whether a label of a target is just so on all its series: nothing can take its place. */
  isSettled(label: string): boolean {
    const known = this.#settled.get(label);
    if (known !== undefined) return known;
    const { honorsLabels, metricRules } = this.#samples;
    const settled = label !== metricName && !honorsLabels && !metricRules.some((rule) => mayWrite(rule, label));
    this.#settled.set(label, settled);
    return settled;
  }

  /** The index of the rule in `metric_relabel_configs` that drops all series of a metric; undefined when none does. */
  findDrop(metric: string): number | undefined {
    this.#drops ??= listDrops(this.#samples.metricRules);
    return this.#drops.find(({ isDropped }) => isDropped(metric))?.rule;
  }
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
