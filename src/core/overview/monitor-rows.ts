import type { MonitorCase } from '../explain/case.ts';
import { followMonitor } from '../explain/chain.ts';
import { explainNoWorkload } from '../explain/explain.ts';
import type { ExplainFacts } from '../explain/facts.ts';
import { judgeLabels, judgeNamespaceSelector } from '../explain/links/selection.ts';
import type { Chain, ObjectName } from '../explain/model.ts';
import { isLookedAfter } from '../explain/operator-scope.ts';
import type { Link } from '../explain/reasons.ts';
import { links } from '../explain/reasons.ts';
import { weighChains } from '../explain/weigh.ts';
import type { WorkloadView } from '../explain/workload-view.ts';
import type { Monitor, MonitorKind } from '../monitor.ts';
import { makeRow } from './explained-row.ts';
import type { ExplainedRow, MonitorRow, PermissionRow, TargetCounts } from './overview.ts';
import { listDenied } from './told-rows.ts';

/** One monitor among all workloads that may scrape it. */
export interface MonitorInput {
  readonly facts: ExplainFacts;
  readonly views: readonly WorkloadView[];
  readonly kind: MonitorKind;
  readonly monitor: Monitor;
}

/** What stays of a monitor that was followed: its chains hold all that was discovered for it. */
export interface FollowedMonitor {
  readonly row: MonitorRow;
  /** What the ServiceAccounts of workloads lack for it. */
  readonly permissions: readonly PermissionRow[];
}

/**
 * One row for each workload of the operator's that selects a monitor, or one for the workload that comes nearest: each says what `explain` says of
 * the two.
 */
export function listMonitorRows({ facts, views, kind, monitor }: MonitorInput): FollowedMonitor[] {
  const { namespace = '', name: own = '' } = monitor.metadata;
  const name: ObjectName = { kind, namespace, name: own };
  const question = { subject: { kind, namespace, name: own } };
  const open = (view: WorkloadView): MonitorCase => ({ question, facts, view, kind, monitor, name });
  const selecting = views.map(open).filter(isSelected);
  if (selecting.length === 0) {
    const chains = views.flatMap((view) => followMonitor(open(view)));
    return [conclude(name, chains.length > 0 ? chains : [explainNoWorkload(name)], 'alone')];
  }
  return selecting.map((one) => {
    const chains = followMonitor(one);
    const found = conclude(name, chains, 'alone');
    // Others may come further than one that does not get past the operator.
    const isNamed = selecting.length > 1 || (views.length > 1 && found.row.link === 'operator');
    return isNamed ? conclude(name, chains, 'named') : found;
  });
}

/** Whether the workload is the operator's and selects the monitor, whatever becomes of both. */
function isSelected(one: MonitorCase): boolean {
  const { facts, view } = one;
  if (!isLookedAfter(facts.scope, view.name.kind, view.object)) return false;
  return judgeLabels(one).verdict === 'pass' && judgeNamespaceSelector(one).verdict !== 'fail';
}

function conclude(subject: ObjectName, chains: readonly Chain[], naming: 'alone' | 'named'): FollowedMonitor {
  const explained = weighChains({ subject, chains });
  const row: ExplainedRow = makeRow(explained, naming);
  return {
    row: { ...row, targets: countTargets(explained.chains) },
    permissions: listDenied(explained.chains, row.command),
  };
}

const isAtLeast = (link: Link, other: Link): boolean => links.indexOf(link) >= links.indexOf(other);

/** What relabelling leaves, and what replicas say of it. */
function countTargets(chains: readonly Chain[]): TargetCounts {
  const all = chains.map(countChain);
  const found = all.reduce((sum, one) => sum + one.found, 0);
  if (all.every(({ up }) => up === undefined)) return { found };
  return { found, up: all.reduce((sum, { up = 0 }) => sum + up, 0) };
}

function countChain({ steps, targets }: Chain): TargetCounts {
  const health = steps.find(({ link, counts }) => link === 'health' && counts !== undefined)?.counts;
  if (health !== undefined) return { found: health.total, up: health.selected };
  const passed = steps.find((step) => step.link === 'relabelling' && step.verdict !== 'fail')?.counts;
  const isLost = steps.some(({ link, verdict }) => verdict === 'fail' && isAtLeast(link, 'shard'));
  return { found: isLost ? (passed?.selected ?? targets.length) : targets.length };
}
