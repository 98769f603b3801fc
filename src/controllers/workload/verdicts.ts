import { keyOf } from '../../api/meta.ts';
import type { Desired } from '../../core/desired/steps.ts';
import { describeRejection } from '../../core/rejection.ts';
import { selectedKinds } from '../../core/select/selected-kinds.ts';
import type { SelectedKind } from '../../core/select/selected-kinds.ts';
import type { Acceptance } from '../../core/status/bindings.ts';
import type { BindingKind, Bound } from './bindings.ts';
import type { WorkloadKind } from '../../core/kinds/kind.ts';
import type { Managed } from './ledger.ts';
import type { SharedWatches } from './watches.ts';

const kindsOf = ({ verdicts }: Desired): SelectedKind[] => Object.keys(verdicts) as SelectedKind[];

/** Of these kinds the metric counts accepted objects as selected; of all others the rejected ones, too, as the reference does. */
const countedWhenAccepted: ReadonlySet<SelectedKind> = new Set(['AlertmanagerConfig']);

/** Counts for the metric of managed resources (docs/reference/operator-runtime.md 6.2). */
export function countManaged(desired: Desired): Record<string, Managed> {
  return Object.fromEntries(
    kindsOf(desired).map((kind) => {
      const { accepted = [], rejected = [] } = desired.verdicts[kind] ?? {};
      const selected = accepted.length + (countedWhenAccepted.has(kind) ? 0 : rejected.length);
      return [kind, { selected, rejected: rejected.length }];
    }),
  );
}

/**
 * All objects in the caches with what the workload thinks of them; without `desired` it thinks of none. Kinds that a failure
 * keeps it from judging are not among them: what it thought of them last stays.
 */
export function listBindings(
  { selects }: WorkloadKind,
  { selected }: SharedWatches,
  desired: Desired | undefined,
): BindingKind[] {
  const isJudged = (kind: SelectedKind): boolean => desired?.verdicts[kind] !== undefined;
  const judged = desired === undefined || desired.failures.length === 0 ? selects : selects.filter(isJudged);
  return judged.map((kind) => {
    const { accepted = [], rejected = [] } = desired?.verdicts[kind] ?? {};
    const acceptances = new Map<string, Acceptance>();
    for (const object of accepted) acceptances.set(keyOf(object), { accepted: true });
    for (const { object, rejection } of rejected) {
      acceptances.set(keyOf(object), { accepted: false, message: describeRejection(rejection) });
    }
    const objects: readonly Bound[] = selected[kind].store.list();
    return { type: selectedKinds[kind].type, objects, acceptances };
  });
}
