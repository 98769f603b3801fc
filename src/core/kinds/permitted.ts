import { selectedKinds } from '../select/selected-kinds.ts';
import type { SelectedKind } from '../select/selected-kinds.ts';
import type { Verdict } from '../status/conditions.ts';
import type { WorkloadKind, WorkloadObject } from './kind.ts';
import { workloadKinds } from './registry.ts';
import type { MissingAccess } from './missing-access.ts';
import { listUsedKinds } from './readiness.ts';

const kindsByPlural = new Map(
  Object.entries(selectedKinds).map(([kind, { type }]) => [type.plural, kind as SelectedKind]),
);

/** Instances of a kind do not suffer from what is about another kind's resource. */
const workloadPlurals: ReadonlySet<string> = new Set(workloadKinds.map(({ type }) => type.plural));

function concerns(
  { resource, namespace, isOfWorkloads }: MissingAccess,
  kind: WorkloadKind,
  instance: WorkloadObject,
): boolean {
  if (!isOfWorkloads || (workloadPlurals.has(resource) && resource !== kind.type.plural)) return false;
  const selected = kindsByPlural.get(resource);
  if (selected !== undefined && !kind.selects.includes(selected)) return false;
  const used = listUsedKinds(kind, instance).filter((one) => selected === undefined || one.selected === selected);
  if (selected !== undefined && used.length === 0) return false;
  if (namespace === '' || namespace === instance.metadata.namespace) return true;
  return used.some(({ namespaceSelector }) => namespaceSelector !== undefined);
}

/** What the condition Permitted says of a workload: undefined, which is no condition, while nothing that it needs is missing. */
export function judgeAccess(
  kind: WorkloadKind,
  instance: WorkloadObject,
  missing: readonly MissingAccess[],
): Verdict | undefined {
  const lines = missing.filter((one) => concerns(one, kind, instance)).map(({ message }) => message);
  if (lines.length === 0) return undefined;
  return {
    status: 'False',
    reason: 'PermissionMissing',
    message: `RBAC does not let the operator: ${lines.join('; ')}. Apply its Role or ClusterRole again`,
  };
}
