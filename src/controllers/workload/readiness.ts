import { choiceOf } from '../../core/select/selected-kinds.ts';
import type { Choice, SelectedKind } from '../../core/select/selected-kinds.ts';
import type { InformerHealth } from '../../kubernetes/cache/informer.ts';
import type { WorkloadKind, WorkloadObject } from '../../core/kinds/kind.ts';
import type { WorkloadWatches } from './watches.ts';

/** Whether a sync of this workload can decide anything: what it selects from must be known, or jobs would vanish. */
export type Readiness =
  | { readonly kind: 'ready' }
  /** Caches are being filled. */
  | { readonly kind: 'filling' }
  /** A cache that is needed cannot be filled; `message` says which and why. */
  | { readonly kind: 'blocked'; readonly message: string };

interface Need {
  readonly what: string;
  readonly health: InformerHealth;
}

/** The kinds of objects that an instance uses, with the selectors that choose them: none where it only names one. */
export function listUsedKinds(
  kind: Pick<WorkloadKind, 'selects' | 'listNamed'>,
  { spec }: WorkloadObject,
): (Choice & { readonly selected: SelectedKind })[] {
  const named = kind.listNamed?.(spec) ?? [];
  return kind.selects
    .map((selected) => ({ selected, ...choiceOf(spec, selected) }))
    .filter(({ selected, selector }) => selector !== undefined || named.some((one) => one.kind === selected));
}

function listNeeds(kind: WorkloadKind, instance: WorkloadObject, watches: WorkloadWatches): Need[] {
  const needs: Need[] = [{ what: 'statefulsets.apps', health: watches.statefulSets.health() }];
  if (kind.isDaemonSet?.(instance) === true && watches.daemonSets !== undefined) {
    needs.push({ what: 'daemonsets.apps', health: watches.daemonSets.health() });
  }
  const chosen = listUsedKinds(kind, instance);
  for (const { selected } of chosen) {
    const informer = watches.selected[selected];
    needs.push({ what: `${informer.type.plural}.${informer.type.group}`, health: informer.health() });
  }
  if (chosen.some(({ selector, namespaceSelector }) => selector !== undefined && namespaceSelector !== undefined)) {
    needs.push({ what: 'namespaces', health: watches.namespaces.health() });
  }
  return needs;
}

/**
 * Only what a workload selects from is waited for: a kind that is missing or forbidden (no CRD, no RBAC) and that nothing
 * selects does no harm. One that is selected keeps the last good configuration in place.
 */
export function assessReadiness(kind: WorkloadKind, instance: WorkloadObject, watches: WorkloadWatches): Readiness {
  const missing = listNeeds(kind, instance, watches).filter(({ health }) => !health.synced);
  if (missing.length === 0) return { kind: 'ready' };
  const failing = missing.find(({ health }) => health.failingSince !== undefined);
  if (failing === undefined) return { kind: 'filling' };
  const why = failing.health.refusals[0]?.message ?? failing.health.lastError ?? 'no answer yet';
  return {
    kind: 'blocked',
    message: `Cannot list ${failing.what}: ${why}; the last configuration stays until that works`,
  };
}
