import type { KubernetesObject, ObjectMetadata } from '../../api/meta.ts';
import { budgetAnnotation, chooseGuard, policyAnnotation } from '../render/shared/guard-choice.ts';
import type { GuardChoice } from '../render/shared/guard-choice.ts';
import { isGuardOf } from '../render/shared/guard.ts';
import type { Guard, GuardKind, GuardOwner } from '../render/shared/guard.ts';
import {
  countEvictable,
  readBudgetSize,
  renderDisruptionBudget,
  standardBudget,
} from '../render/shared/disruption-budget.ts';
import type { BudgetSize } from '../render/shared/disruption-budget.ts';
import { readPolicyScope, renderNetworkPolicy, standardPolicy } from '../render/shared/network-policy.ts';
import type { PeerPorts } from '../render/shared/network-policy.ts';
import type { DaemonSet, StatefulSet } from '../render/shared/rendered-objects.ts';
import type { Workload } from '../render/shared/workload.ts';
import type { GuardRemark } from '../status/guard-verdict.ts';

/** The PodDisruptionBudgets and NetworkPolicies of a workload; without any the step says what is to be told. */
export interface GuardStep {
  readonly kind: 'guards';
  readonly objects: readonly Guard[];
  /** Kinds of which the workload has no others than these: what there is besides is removed. */
  readonly settled: readonly GuardKind[];
  readonly remarks: readonly GuardRemark[];
}

/** The sets of a workload, and what its pods have in common. */
export interface GuardedSets {
  readonly sets: readonly (StatefulSet | DaemonSet)[];
  /** Labels that all of its pods have, whatever their shard, and no others. */
  readonly selector: Readonly<Record<string, string>>;
  readonly peers?: PeerPorts;
}

interface Part {
  readonly objects: readonly Guard[];
  readonly settled: readonly GuardKind[];
  readonly remarks: readonly GuardRemark[];
}

const nothing: Part = { objects: [], settled: [], remarks: [] };

/** None where the operator's flags leave guards alone, and no annotation asks for one. */
export function listGuardSteps(workload: Workload, guarded: GuardedSets): GuardStep[] {
  const parts = [planBudgets(workload, guarded), planPolicy(workload, guarded)];
  if (parts.every((part) => part === nothing)) return [];
  return [
    {
      kind: 'guards',
      objects: parts.flatMap(({ objects }) => objects),
      settled: parts.flatMap(({ settled }) => settled),
      remarks: parts.flatMap(({ remarks }) => remarks),
    },
  ];
}

/** Which of the live guards of a kind are the workload's and too much; metadata is enough. */
export function chooseSurplusGuards<T extends ObjectMetadata>(
  { objects, settled }: GuardStep,
  owner: GuardOwner,
  { kind, live }: { readonly kind: GuardKind; readonly live: readonly T[] },
): readonly T[] {
  if (!settled.includes(kind)) return [];
  const wanted = new Set(objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name));
  const isOwned = (object: KubernetesObject): boolean =>
    (object.metadata.ownerReferences ?? []).length > 0 && isGuardOf(object, owner);
  return live.filter((object) => !wanted.has(object.metadata.name) && isOwned(object));
}

/** A DaemonSet needs none: a drain leaves its pods alone. */
function planBudgets(workload: Workload, { sets }: GuardedSets): Part {
  const choice = chooseGuard({
    mode: workload.settings.guards.podDisruptionBudgets,
    text: workload.owner.metadata.annotations?.[budgetAnnotation],
    standard: standardBudget,
    read: readBudgetSize,
  });
  const stateful = sets.filter((set): set is StatefulSet => set.kind === 'StatefulSet');
  const make = (size: BudgetSize): Part => ({
    objects: stateful.map((set) => renderDisruptionBudget(workload, set, size)),
    settled: ['PodDisruptionBudget'],
    remarks: stateful.flatMap((set) => remarkOnDrains(set, size)),
  });
  const words = { kind: 'PodDisruptionBudget', annotation: budgetAnnotation, flag: 'pod-disruption-budgets' } as const;
  return planChoice(choice, make, words);
}

function planPolicy(workload: Workload, { sets, selector, peers }: GuardedSets): Part {
  const choice = chooseGuard({
    mode: workload.settings.guards.networkPolicies,
    text: workload.owner.metadata.annotations?.[policyAnnotation],
    standard: standardPolicy,
    read: readPolicyScope,
  });
  const templates = sets.map(({ spec }) => spec.template);
  const words = { kind: 'NetworkPolicy', annotation: policyAnnotation, flag: 'network-policies' } as const;
  return planChoice(
    choice,
    (scope) => ({
      objects: [renderNetworkPolicy(workload, { selector, templates, peers }, scope)],
      settled: ['NetworkPolicy'],
      remarks: [],
    }),
    words,
  );
}

interface Words {
  readonly kind: GuardKind;
  readonly annotation: string;
  readonly flag: string;
}

function planChoice<T>(choice: GuardChoice<T>, make: (value: T) => Part, { kind, annotation, flag }: Words): Part {
  switch (choice.kind) {
    case 'untouched':
      if (choice.asked === undefined) return nothing;
      return {
        ...nothing,
        remarks: [
          {
            reason: 'GuardsSwitchedOff',
            message: `annotation ${annotation}: "${choice.asked}" asks for a ${kind}, and the operator makes none: run it with --${flag}=annotated, or remove the annotation`,
          },
        ],
      };
    case 'none':
      return { objects: [], settled: [kind], remarks: [] };
    case 'unreadable': {
      const message = `annotation ${annotation}: ${choice.problem}; what there is of it stays until it is mended`;
      return { ...nothing, remarks: [{ reason: 'InvalidGuard', message }] };
    }
    case 'wanted':
      return make(choice.value);
  }
}

/** Of a budget that lets no pod go even when all is well. */
function remarkOnDrains({ metadata, spec }: StatefulSet, size: BudgetSize): GuardRemark[] {
  const { replicas = 1 } = spec;
  if (replicas === 0 || countEvictable(size, replicas) > 0) return [];
  const message =
    `PodDisruptionBudget "${metadata.name ?? ''}" lets no pod be evicted: ${size.field}: ${size.count} of ${replicas} ` +
    `${replicas === 1 ? 'replica' : 'replicas'}, so that a drain of its node waits for ever; have more replicas, or set ${budgetAnnotation} to "maxUnavailable=1"`;
  return [{ reason: 'EvictionsBlocked', message }];
}
