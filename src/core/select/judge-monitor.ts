import type { PodMonitor } from '../../api/pod-monitor.ts';
import type { ServiceMonitor } from '../../api/service-monitor.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { isJsonObject } from '../../base/json.ts';
import { collectMonitorReferences } from '../assets/plans.ts';
import { scrapeKinds } from '../monitor.ts';
import type { Monitor, MonitorKind } from '../monitor.ts';
import { checkRequired, checkShape } from '../field-checks/check-shape.ts';
import { InvalidFieldError, firstFinding, seekFinding } from '../findings.ts';
import type { Findings } from '../findings.ts';
import type { FieldReference } from '../assets/references.ts';
import type { Rejection } from '../rejection.ts';
import { explainOutOfBounds, explainTooManyReferences } from '../object-bounds.ts';
import type { RegexpCache } from '../relabel/regexp-cache.ts';
import { LoadCheck } from '../render/prometheus/config/load-check.ts';
import { renderFragment } from '../render/prometheus/config/monitor-fragment.ts';
import type { FragmentScope, FragmentVerdict } from '../render/prometheus/config/monitor-fragment.ts';
import { checkPodMonitor } from './check-pod-monitor.ts';
import { checkProbe } from './check-probe.ts';
import { checkScrapeConfig } from './check-scrape-config.ts';
import { checkServiceMonitor } from './check-service-monitor.ts';
import { scopeToMonitor } from './monitor-scope.ts';
import type { MonitorScope } from './monitor-scope.ts';

export interface JudgeScope extends FragmentScope {
  readonly regexps: RegexpCache;
}

/** What a monitor refers to, or why it costs too much to be looked at, or to be read for. */
export function surveyMonitor(
  kind: MonitorKind,
  monitor: Monitor,
): { readonly references: readonly FieldReference[] } | { readonly rejection: Rejection } {
  const unbounded = explainOutOfBounds(monitor.spec);
  if (unbounded !== undefined) return { rejection: unbounded };
  const references = collectMonitorReferences(kind, monitor);
  const rejection = explainTooManyReferences(references);
  return rejection === undefined ? { references } : { rejection };
}

/**
 * The verdict on one monitor that is within bounds: accepted with its jobs, or rejected for the first thing that is wrong with it. It may rest
 * between two of its endpoints.
 * @throws {InvalidFieldError} when the workload's part of a job is what Prometheus would refuse.
 */
export function* judgeMonitor(kind: MonitorKind, monitor: Monitor, scope: JudgeScope): Interruptible<FragmentVerdict> {
  const own = scopeToMonitor(monitor, scope.context, scope);
  const rejection = firstFinding(checkWhole(kind, monitor)) ?? (yield* seekFinding(checkFields(kind, monitor, own)));
  return rejection === undefined ? yield* renderFragment(kind, monitor, scope) : { rejection };
}

/**
 * Everything wrong with one monitor: that it is too large; else a required field that is missing; else values of wrong types and what
 * docs/reference/rendering.md 3.3 to 3.6 list, in their order; else what Prometheus would refuse in its jobs.
 */
export function* checkMonitor(kind: MonitorKind, monitor: Monitor, scope: MonitorScope): Findings {
  let findings = 0;
  for (const stage of [checkBounds, checkWhole, checkFields, checkLoads]) {
    for (const finding of stage(kind, monitor, scope)) {
      if (finding !== undefined) findings += 1;
      yield finding;
    }
    if (findings > 0) return;
  }
}

function* checkBounds(kind: MonitorKind, monitor: Monitor): Findings {
  const survey = surveyMonitor(kind, monitor);
  if ('rejection' in survey) yield survey.rejection;
}

function* checkWhole(kind: MonitorKind, monitor: Monitor): Findings {
  const spec: unknown = monitor.spec;
  if (!isJsonObject(spec))
    yield { reason: 'InvalidType', field: 'spec', message: 'Cannot do without a spec: want a mapping of fields' };
  else if ((kind === 'ServiceMonitor' || kind === 'PodMonitor') && (spec.selector ?? undefined) === undefined)
    yield { reason: 'MissingField', field: 'spec.selector', message: 'Cannot do without this field: set it' };
  yield* checkRequired(scrapeKinds[kind].spec, monitor.spec);
}

/** What Prometheus would refuse. The workload's part of the jobs is no fault of the monitor. */
function* checkLoads(kind: MonitorKind, monitor: Monitor, { context, assets, regexps }: MonitorScope): Findings {
  const check = new LoadCheck(context, regexps);
  try {
    const verdict = yield* renderFragment(kind, monitor, { context, assets, check });
    if ('rejection' in verdict) yield verdict.rejection;
  } catch (error) {
    if (!(error instanceof InvalidFieldError)) throw error;
  }
}

/**
 * The part of `checkMonitor` that looks at fields one by one, as the reference does: values of wrong types, and when there
 * are none, what their meaning forbids.
 */
function* checkFields(kind: MonitorKind, monitor: Monitor, scope: MonitorScope): Findings {
  let misfits = 0;
  for (const misfit of checkShape(scrapeKinds[kind].spec, monitor.spec)) {
    if (misfit !== undefined) misfits += 1;
    yield misfit;
  }
  if (misfits === 0) yield* checkSpec(kind, monitor, scope);
}

function checkSpec(kind: MonitorKind, monitor: Monitor, scope: MonitorScope): Findings {
  switch (kind) {
    case 'ServiceMonitor':
      return checkServiceMonitor(monitor as ServiceMonitor, scope);
    case 'PodMonitor':
      return checkPodMonitor(monitor as PodMonitor, scope);
    case 'Probe':
      return checkProbe(monitor, scope);
    case 'ScrapeConfig':
      return checkScrapeConfig(monitor, scope);
  }
}
