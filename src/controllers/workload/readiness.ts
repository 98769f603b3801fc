import { choiceOf } from '../../core/select/selected-kinds.ts';
import type { InformerHealth } from '../../kubernetes/cache/informer.ts';
import type { WorkloadKind, WorkloadObject } from './kind.ts';
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

function listNeeds(kind: WorkloadKind, instance: WorkloadObject, watches: WorkloadWatches): Need[] {
  const needs: Need[] = [{ what: 'statefulsets.apps', health: watches.statefulSets.health() }];
  if (kind.isDaemonSet?.(instance) === true && watches.daemonSets !== undefined) {
    needs.push({ what: 'daemonsets.apps', health: watches.daemonSets.health() });
  }
  const choices = kind.selects.map((selected) => ({ selected, ...choiceOf(instance.spec, selected) }));
  const chosen = choices.filter(({ selector }) => selector !== undefined);
  for (const { selected } of chosen) {
    const informer = watches.selected[selected];
    needs.push({ what: `${informer.type.plural}.${informer.type.group}`, health: informer.health() });
  }
  if (chosen.some(({ namespaceSelector }) => namespaceSelector !== undefined)) {
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
