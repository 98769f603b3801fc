import type { KubernetesObject, ObjectMetadata, ResourceType } from '../../api/meta.ts';
import { TerminalError } from '../../base/errors.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { hashJson } from '../../base/hash.ts';
import type { Rejection } from '../rejection.ts';
import type { RuleConfigMap } from '../render/rules/config-maps.ts';
import { nameRuleConfigMap, ruleOwnerLabels } from '../render/rules/config-maps.ts';
import type { RuleFormat } from '../render/rules/rule-context.ts';
import { listSurplus } from '../render/rules/plan.ts';
import type { GuardStep } from './guard-steps.ts';
import type { ConfigMap, DaemonSet, Secret, StatefulSet } from '../render/shared/rendered-objects.ts';
import { chooseExcessTlsAssets } from '../render/shared/owned-secrets.ts';
import { stampStatefulSet } from '../render/shared/input-hash.ts';
import type { Workload } from '../render/shared/workload.ts';
import type { RuleSelection } from '../select/rules.ts';
import { selectedKinds } from '../select/selected-kinds.ts';
import type { SelectedKind } from '../select/selected-kinds.ts';
import type { SurplusDecision } from '../render/prometheus/retention.ts';

/**
 * One thing to bring up to date for a workload. A sync carries steps out in their order: what pods mount comes before the
 * pods, what is new before what is too much is removed. `render` prints the same list.
 */
export type Step =
  /** A Secret or ConfigMap. Equal fingerprints mean equal objects. `once`: made when missing, then the user's. */
  | {
      readonly kind: 'write';
      readonly object: Secret | ConfigMap;
      readonly fingerprint: string;
      readonly once?: true;
      /** Of one that users may fill. */
      readonly room?: Room;
    }
  /** Objects numbered from 0 behind the prefix of which there are more than `wanted`. */
  | {
      readonly kind: 'prune';
      readonly type: 'Secret' | 'ConfigMap';
      readonly prefix: string;
      readonly wanted: number;
      /** Where numbers have gaps: the names that may be too much, for where nothing may be listed. */
      readonly names?: readonly string[];
      /** Which of the live ones are too much; metadata is enough. @param sets the StatefulSets of the namespace */
      choose(live: readonly ObjectMetadata[], sets?: readonly StatefulSet[]): readonly ObjectMetadata[];
    }
  /** The Service that the workload shares, or a look at the user's own. */
  | { readonly kind: 'governing-service' }
  /** `held`: what its pods would notice is as it was found; that it was made from something else is no reason to write it. */
  | { readonly kind: 'stateful-set'; readonly object: StatefulSet; readonly held?: true }
  /** Without an object: one that is left from before is removed. */
  | { readonly kind: 'daemon-set'; readonly name: string; readonly object: DaemonSet | undefined }
  /** StatefulSets of the workload that it does not want any more. @param now milliseconds since 1970. */
  | {
      readonly kind: 'surplus-sets';
      decide(live: readonly StatefulSet[], now: number): readonly SurplusDecision[];
    }
  | GuardStep;

/** How much of the megabyte is used that a Secret or ConfigMap holds. */
export interface Room {
  /** Of its values together. */
  readonly bytes: number;
  /** What happens when it is full, for people: "the last one stays". */
  readonly beyond: string;
}

/** What came of the selected objects of one kind. */
export interface Verdicts {
  readonly accepted: readonly KubernetesObject[];
  readonly rejected: readonly { readonly object: KubernetesObject; readonly rejection: Rejection }[];
}

/** Something that was left out, and why. `object` is "Kind namespace/name", or "" for the workload itself. */
export interface DesiredWarning {
  readonly object: string;
  readonly message: string;
}

/** Everything that a workload should have. */
export interface Desired<W extends Workload = Workload> {
  readonly workload: W;
  readonly steps: readonly Step[];
  /** By kind that the workload chooses from. */
  readonly verdicts: Readonly<Partial<Record<SelectedKind, Verdicts>>>;
  readonly warnings: readonly DesiredWarning[];
  /** Why steps are missing: what could not be rendered. What stands in its place in the cluster stays. */
  readonly failures: readonly TerminalError[];
  /** The configuration is left to the user. */
  readonly unmanaged: boolean;
  /** The configuration as the program reads it; undefined when it is left to the user, or among the failures. */
  printConfig(): string | undefined;
}

/** What cannot be rendered is noted in `failures`, and what does not depend on it is made all the same. */
export function attempt<T>(failures: TerminalError[], make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    failures.push(error);
    return undefined;
  }
}

/** The same for what may rest. */
export function* attemptInterruptible<T>(
  failures: TerminalError[],
  make: () => Interruptible<T>,
): Interruptible<T | undefined> {
  try {
    return yield* make();
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    failures.push(error);
    return undefined;
  }
}

/** The desired state when nothing of it is missing. @throws {TerminalError} the first failure. */
export function requireComplete<D extends Desired>(desired: D): D {
  const [first] = desired.failures;
  if (first !== undefined) throw first;
  return desired;
}

export function writeSecret(object: Secret, room?: Room): Step {
  return { kind: 'write', object, fingerprint: hashJson(object), ...(room === undefined ? {} : { room }) };
}

/** The tls-assets Secrets, then the removal of those that are left from a time with more assets. */
export function listTlsAssetSteps(workload: Workload, secrets: readonly Secret[]): Step[] {
  const choose = (live: readonly ObjectMetadata[]) => chooseExcessTlsAssets(workload, live, secrets.length);
  const prefix = `${workload.names.tlsAssets}-`;
  return [
    ...secrets.map((secret) => writeSecret(secret)),
    { kind: 'prune', type: 'Secret', prefix, wanted: secrets.length, choose },
  ];
}

const fullRules = 'it cannot be written: make several PrometheusRules of the largest one';

/** First what is new, then what is too much: at no moment a rule is missing. */
export function listRuleSteps({ owner }: Workload, format: RuleFormat, configMaps: readonly RuleConfigMap[]): Step[] {
  const { name = '' } = owner.metadata;
  const label = ruleOwnerLabels[format];
  return [
    ...configMaps.map(({ object, fingerprint, bytes }): Step => {
      return { kind: 'write', object, fingerprint, room: { bytes, beyond: fullRules } };
    }),
    {
      kind: 'prune',
      type: 'ConfigMap',
      prefix: nameRuleConfigMap(format, name, ''),
      wanted: configMaps.length,
      choose: (live) => {
        const labelled = live.filter(({ metadata }) => metadata.labels?.[label] === name);
        return listSurplus(configMaps, labelled);
      },
    },
  ];
}

/** An object that a workload selects and cannot use. */
export interface Rejected {
  readonly type: ResourceType;
  readonly object: KubernetesObject;
  readonly rejection: Rejection;
}

/** The rejected objects of all kinds. */
export function listRejected({ verdicts }: Desired): Rejected[] {
  return (Object.keys(verdicts) as SelectedKind[]).flatMap((kind) => {
    const { type } = selectedKinds[kind];
    return (verdicts[kind]?.rejected ?? []).map((one) => ({ type, ...one }));
  });
}

/** Of each rejected PrometheusRule the first reason is told. */
export function judgeRules({ selected, rejected }: RuleSelection): Verdicts {
  const told = rejected.flatMap(({ object, rejections }) =>
    rejections.slice(0, 1).map((rejection) => ({ object, rejection })),
  );
  return { accepted: selected, rejected: told };
}

/** The objects that the steps write, in their order, as they are created; the governing Service, which is shared, is not among them. */
export function listStepObjects(steps: readonly Step[]): KubernetesObject[] {
  return steps.flatMap((step): KubernetesObject[] => {
    if (step.kind === 'write') return [step.object];
    if (step.kind === 'stateful-set') return [stampStatefulSet(step.object)];
    if (step.kind === 'guards') return [...step.objects];
    return step.kind === 'daemon-set' && step.object !== undefined ? [step.object] : [];
  });
}

/** The StatefulSets and DaemonSets among the steps, as rendered. */
export function listSets(steps: readonly Step[]): (StatefulSet | DaemonSet)[] {
  return steps.flatMap((step): (StatefulSet | DaemonSet)[] => {
    if (step.kind === 'stateful-set') return [step.object];
    return step.kind === 'daemon-set' && step.object !== undefined ? [step.object] : [];
  });
}

/** Whether anything at all is selected, rejected objects included. */
export function hasSelected({ verdicts }: Desired): boolean {
  return Object.values(verdicts).some(({ accepted, rejected }) => accepted.length + rejected.length > 0);
}
