import type { KubernetesObject } from '../../api/meta.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { once } from '../../base/once.ts';
import type { ExplainFacts, SelectedSubject } from '../explain/facts.ts';
import { prepareSeries } from '../explain/links/opened-rules.ts';
import { judgeNamespaceSelector } from '../explain/links/selection.ts';
import { isNamed, judgeNamedOrLabels, tryUse } from '../explain/links/used.ts';
import type { SharedUse, UseCase } from '../explain/links/used.ts';
import type { Chain, ObjectName } from '../explain/model.ts';
import { isLookedAfter } from '../explain/operator-scope.ts';
import { openRoutingViews } from '../explain/routing-view.ts';
import { explainNobody, followUse, listCases, readersOf, weighUses } from '../explain/selected.ts';
import type { WorkloadView } from '../explain/workload-view.ts';
import { makeRow } from './explained-row.ts';
import type { UseRow } from './overview.ts';

/** Kinds of objects that are used rather than scraped. */
export const usedKinds = ['PrometheusRule', 'AlertmanagerConfig'] as const satisfies readonly SelectedSubject['kind'][];

/** What is the same for all objects that one workload may use, by the workload. */
export type SharedUses = (one: UseCase) => SharedUse;

/** @param facts with all that workloads refer to */
export function* shareUses(facts: ExplainFacts, views: readonly WorkloadView[]): Interruptible<SharedUses> {
  const routings = openRoutingViews(facts);
  yield* prepareAllSeries(facts, views);
  if (facts.sources.AlertmanagerConfig.list().length > 0) for (const routing of routings) yield* routing.prepare();
  const known = new Map<KubernetesObject, SharedUse>();
  const open = (one: UseCase): SharedUse => {
    const { object } = one.view;
    return {
      tryAll: once(() => tryUse({ ...one, facts })),
      routing: routings.find((other) => other.object === object),
    };
  };
  return (one) => {
    const shared = known.get(one.view.object) ?? open(one);
    known.set(one.view.object, shared);
    return shared;
  };
}

/** Of each Prometheus that may evaluate rules. */
function* prepareAllSeries({ sources }: ExplainFacts, views: readonly WorkloadView[]): Interruptible<void> {
  if (sources.PrometheusRule.list().length === 0) return;
  for (const view of views) if ('ruleSelector' in view.object.spec) yield* prepareSeries(view);
}

/** One object among all workloads that may use it. */
interface UseInput {
  readonly facts: ExplainFacts;
  readonly share: SharedUses;
  readonly kind: SelectedSubject['kind'];
  readonly object: KubernetesObject;
}

/** One row for each workload of the operator's that selects rules or routes, or one for the workload that comes nearest. */
export function listUseRows({ facts, share, kind, object }: UseInput): UseRow[] {
  const { namespace = '', name: own = '' } = object.metadata;
  const name: ObjectName = { kind, namespace, name: own };
  const cases = listCases(name, object, facts).map((one) => ({ ...one, shared: share(one) }));
  const selecting = cases.filter(isSelected);
  if (selecting.length === 0) {
    const chains = cases.map(followUse);
    return [conclude(name, chains.length > 0 ? chains : [explainNobody(name, readersOf(kind))])];
  }
  return selecting.map((one) => {
    const chain = followUse(one);
    const row = conclude(name, [chain]);
    // Others may come further than one that does not get past the operator.
    const isNamed = selecting.length > 1 || (cases.length > 1 && row.link === 'operator');
    return isNamed ? makeRow(weighUses(name, [chain]), 'named') : row;
  });
}

const conclude = (name: ObjectName, chains: readonly Chain[]): UseRow => makeRow(weighUses(name, chains), 'alone');

/** Whether the workload is the operator's and selects the object, whatever becomes of both. */
function isSelected(one: UseCase): boolean {
  const { facts, view } = one;
  if (!isLookedAfter(facts.scope, view.name.kind, view.object)) return false;
  if (judgeNamedOrLabels(one).verdict !== 'pass') return false;
  return isNamed(one) || judgeNamespaceSelector(one).verdict !== 'fail';
}
