import type { ResourceType } from '../../api/meta.ts';
import { choiceOf } from '../select/selected-kinds.ts';
import type { Choice, SelectedKind } from '../select/selected-kinds.ts';
import { passingFailureMs } from '../limits.ts';
import type { WorkloadKind, WorkloadObject } from './kind.ts';

/** Whether a sync of this workload can decide anything: what it selects from must be known, or jobs would vanish. */
export type Readiness =
  | { readonly kind: 'ready' }
  /** Caches are being filled. */
  | { readonly kind: 'filling' }
  /** A cache that is needed cannot be filled; `message` says which and why. */
  | { readonly kind: 'blocked'; readonly message: string };

/** How a cache is. */
export interface CacheState {
  readonly synced: boolean;
  readonly failingSince?: number | undefined;
  readonly lastError?: string | undefined;
  readonly refusals: readonly { readonly message: string }[];
}

export interface KnownCache {
  readonly type: Pick<ResourceType, 'plural' | 'group'>;
  health(): CacheState;
}

/** The caches that a sync reads. */
export interface Caches {
  readonly statefulSets: KnownCache;
  readonly daemonSets?: KnownCache | undefined;
  readonly namespaces: KnownCache;
  readonly selected: Readonly<Record<SelectedKind, KnownCache>>;
}

interface Need {
  readonly what: string;
  readonly health: CacheState;
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

function listNeeds(kind: WorkloadKind, instance: WorkloadObject, caches: Caches): Need[] {
  const needs: Need[] = [{ what: 'statefulsets.apps', health: caches.statefulSets.health() }];
  if (kind.isDaemonSet?.(instance) === true && caches.daemonSets !== undefined) {
    needs.push({ what: 'daemonsets.apps', health: caches.daemonSets.health() });
  }
  const chosen = listUsedKinds(kind, instance);
  for (const { selected } of chosen) {
    const informer = caches.selected[selected];
    needs.push({ what: `${informer.type.plural}.${informer.type.group}`, health: informer.health() });
  }
  if (chosen.some(({ selector, namespaceSelector }) => selector !== undefined && namespaceSelector !== undefined)) {
    needs.push({ what: 'namespaces', health: caches.namespaces.health() });
  }
  return needs;
}

/**
 * Only what a workload selects from is waited for: a kind that is missing or forbidden (no CRD, no RBAC) and that nothing
 * selects does no harm. One that is selected keeps the last good configuration in place. A failure that may go by is a
 * reason only after `passingFailureMs`: a start beside a busy API server is none to tell people that all syncs failed.
 * @param now milliseconds since 1970.
 */
export function assessReadiness(
  kind: WorkloadKind,
  instance: WorkloadObject,
  { caches, now }: { readonly caches: Caches; readonly now: number },
): Readiness {
  const missing = listNeeds(kind, instance, caches).filter(({ health }) => !health.synced);
  if (missing.length === 0) return { kind: 'ready' };
  const failing = missing.find(({ health }) => isLasting(health, now));
  if (failing === undefined) return { kind: 'filling' };
  const why = failing.health.refusals[0]?.message ?? failing.health.lastError ?? 'no answer yet';
  return {
    kind: 'blocked',
    message: `Cannot list ${failing.what}: ${why}; the last configuration stays until that works`,
  };
}

function isLasting({ refusals, failingSince }: CacheState, now: number): boolean {
  return refusals.length > 0 || (failingSince !== undefined && now - failingSince >= passingFailureMs);
}
