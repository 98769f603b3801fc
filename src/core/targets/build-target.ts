import { isWellFormed } from '../relabel/label-names.ts';
import { LabelBuilder } from '../relabel/label-builder.ts';
import { LabelBoundError } from '../relabel/label-bound.ts';
import { relabel } from '../relabel/relabel.ts';
import { applyPortRule } from './address.ts';
import { readDuration } from './duration.ts';
import { histogramLabels } from './scrape-job.ts';
import type { LabelSet } from '../relabel/label-set.ts';
import type { CompiledJob, DroppedTarget } from './scrape-job.ts';
import type { TargetGroup } from './target-group.ts';

/** Why no target could be built, as a stable word. */
export type TargetFailureReason =
  | 'NoAddress'
  | 'InvalidScheme'
  | 'InvalidHostname'
  | 'InvalidScrapeInterval'
  | 'InvalidScrapeTimeout'
  | 'InvalidHistogramFlag'
  | 'InvalidLabelValue'
  | 'LabelTooLong';

/** Prometheus logs it and shows it nowhere. `message` is Prometheus' own. */
export interface FailedTarget {
  readonly kind: 'failed';
  readonly reason: TargetFailureReason;
  readonly message: string;
}

/** `labels` are those of the target without `__meta_*`; reserved ones (`__*`) are among them. Built over the job's defaults. */
export interface ActiveTarget {
  readonly kind: 'active';
  readonly labels: LabelSet;
}

/** What became of one target of a group. */
export type TargetOutcome = ActiveTarget | DroppedTarget | FailedTarget;

/** The labels a target begins with: what the API calls discoveredLabels (docs/reference/discovery.md 5.1). */
export function createLabelBuilder(compiled: CompiledJob, group: TargetGroup, target: LabelSet): LabelBuilder {
  const { overrides, defaults } = compiled;
  return new LabelBuilder({ overrides, target, group: group.labels, defaults });
}

/**
 * What Prometheus makes of one target of a group (docs/reference/discovery.md 5.2). One whose labels rules make longer than we
 * go on with has failed.
 */
export function buildTarget(compiled: CompiledJob, group: TargetGroup, target: LabelSet): TargetOutcome {
  try {
    return relabelTarget(compiled, group, target);
  } catch (error) {
    if (error instanceof LabelBoundError) return fail('LabelTooLong', error.message);
    throw error;
  }
}

function relabelTarget(compiled: CompiledJob, group: TargetGroup, target: LabelSet): TargetOutcome {
  const labels = createLabelBuilder(compiled, group, target);
  const rule = relabel(labels, compiled.rules);
  const dropped = compiled.drops[rule];
  if (dropped !== undefined) return dropped;
  const failure = setAddress(compiled, labels) ?? checkTimes(labels) ?? checkHistogramFlags(compiled, labels);
  if (failure !== undefined) return failure;
  const final = labels.toTargetLabels();
  return checkValues(final) ?? { kind: 'active', labels: final };
}

function fail(reason: TargetFailureReason, message: string): FailedTarget {
  return { kind: 'failed', reason, message };
}

/** Checks the address, gives it a port where the version does so, and names the instance. */
function setAddress({ features, job }: CompiledJob, labels: LabelBuilder): FailedTarget | undefined {
  const given = labels.get('__address__');
  if (given === '') return fail('NoAddress', 'no address');
  const ported = applyPortRule(features.portRule, given, labels.get('__scheme__'));
  if (ported === undefined) return fail('InvalidScheme', `invalid scheme: ${quote(job.scheme)}`);
  const { address, instance } = ported;
  if (instance.includes('/')) return fail('InvalidHostname', `${quote(instance)} is not a valid hostname`);
  if (address !== given) labels.set('__address__', address);
  if (labels.get('instance') === '') labels.set('instance', instance);
  return undefined;
}

function checkTimes(labels: LabelBuilder): FailedTarget | undefined {
  const intervalText = labels.get('__scrape_interval__');
  const timeoutText = labels.get('__scrape_timeout__');
  const interval = readDuration(intervalText);
  if ('problem' in interval) return fail('InvalidScrapeInterval', `error parsing scrape interval: ${interval.problem}`);
  if (interval.ms === 0) return fail('InvalidScrapeInterval', 'scrape interval cannot be 0');
  const timeout = readDuration(timeoutText);
  if ('problem' in timeout) return fail('InvalidScrapeTimeout', `error parsing scrape timeout: ${timeout.problem}`);
  if (timeout.ms === 0) return fail('InvalidScrapeTimeout', 'scrape timeout cannot be 0');
  if (timeout.ms <= interval.ms) return undefined;
  const compared = `(${quote(timeoutText)} > ${quote(intervalText)})`;
  return fail('InvalidScrapeTimeout', `scrape timeout cannot be greater than scrape interval ${compared}`);
}

const goBoolean = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

function checkHistogramFlags({ features }: CompiledJob, labels: LabelBuilder): FailedTarget | undefined {
  if (!features.histogramLabels) return undefined;
  for (const [name, words] of histogramLabels) {
    const value = labels.get(name);
    if (value === '' || goBoolean.test(value)) continue;
    const why = `strconv.ParseBool: parsing ${quote(value)}: invalid syntax`;
    return fail('InvalidHistogramFlag', `error parsing ${words}: ${why}`);
  }
  return undefined;
}

function checkValues({ ownPairs: pairs }: LabelSet): FailedTarget | undefined {
  for (let at = 1; at < pairs.length; at += 2) {
    const value = pairs[at] ?? '';
    if (!isWellFormed(value))
      return fail('InvalidLabelValue', `invalid label value for ${quote(pairs[at - 1] ?? '')}: ${quote(value)}`);
  }
  return undefined;
}

/** Go's %q for what may stand in labels. */
function quote(text: string): string {
  return JSON.stringify(text);
}
