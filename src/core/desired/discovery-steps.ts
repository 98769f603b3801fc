import type { Interruptible } from '../../base/interruptible.ts';
import { keptPlanNames } from '../limits.ts';
import type { PlanCache } from '../render/prometheus/config/discovery-plan.ts';
import type { RenderedConfig } from '../render/prometheus/config/prometheus-config.ts';
import { isPlan, planPrefix, renderPlanConfigMaps } from '../render/prometheus/plan-config-maps.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { listOwned } from './config-secrets.ts';
import type { Step } from './steps.ts';

/** How the discovery service learns of the jobs of a workload. */
export interface PlanSteps {
  /** The plan: it is there before Prometheus asks for what it holds. */
  readonly before: readonly Step[];
  /** The removal of what is left of another plan, once Prometheus asks for it no more. */
  readonly after: readonly Step[];
}

/** Nothing where the operator knows no discovery service: nobody else pays a request for it. */
export function* listPlanSteps(
  workload: PrometheusWorkload,
  config: RenderedConfig | 'unmanaged',
  cache: PlanCache,
): Interruptible<PlanSteps> {
  if (workload.settings.discoveryService === undefined) return { before: [], after: [] };
  const makePlan = config === 'unmanaged' ? undefined : config.plan;
  if (makePlan === undefined) return { before: [], after: [prunePlan(workload, new Set(), keptPlanNames)] };
  const plan = yield* makePlan(cache);
  // A file that is new takes jobs from one with a lower number: high numbers first, so that no job is missing for a moment.
  const sorted = [...plan.files].sort((a, b) => b.index - a.index);
  const writes = renderPlanConfigMaps(workload, { ...plan, files: sorted });
  const names = new Set(writes.map(({ object }) => object.metadata.name ?? ''));
  const numbers = 2 * 2 ** Math.max(0, ...plan.files.map(({ depth }) => depth));
  return {
    before: writes.map((write): Step => ({ kind: 'write', ...write })),
    after: [prunePlan(workload, names, Math.max(numbers, keptPlanNames))],
  };
}

/** @param numbers of names that are asked for one by one where ConfigMaps may not be listed */
function prunePlan(workload: PrometheusWorkload, wanted: ReadonlySet<string>, numbers: number): Step {
  const prefix = planPrefix(workload);
  const names = Array.from({ length: numbers }, (_, number) => `${prefix}${number}`);
  return {
    kind: 'prune',
    type: 'ConfigMap',
    prefix,
    wanted: 0,
    names: names.filter((name) => !wanted.has(name)),
    choose: (live) => listOwned(workload, live).filter((one) => isPlan(one) && !wanted.has(one.metadata.name ?? '')),
  };
}
