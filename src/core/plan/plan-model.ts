import type { Code } from '../reasons/entry.ts';
import type { ConditionReason, RejectionReason } from '../reasons/table.ts';
import type { JobTargets, ShardMoves } from './shard-moves.ts';

/** Everything that a plan says is data: texts, JSON and Markdown are made from the same. */

/** A field that the operator would write anew. `from` is absent when it was not there, `to` when it goes. */
export interface FieldChange {
  /** As `spec.template.spec.containers[prometheus].image`; elements are named where they have names. */
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** Contents, of Secrets among them: that they differ is all that is told. */
  readonly hidden?: true;
}

/**
 * What the operator does to an object. `renew`: a set is deleted and made anew without its pods, which the new one takes over;
 * `retain`: a shard that is not wanted any more and kept for its data.
 */
export type ObjectAction = 'create' | 'update' | 'renew' | 'recreate' | 'delete' | 'retain';

export interface ObjectChange {
  readonly action: ObjectAction;
  readonly kind: string;
  readonly name: string;
  /** Of `update`, `renew` and `recreate`. */
  readonly fields: readonly FieldChange[];
  /** Of `recreate`: the paths that cannot be changed in place. */
  readonly immutable?: readonly string[];
  /**
   * Of a Secret or ConfigMap that is written: `reload` when running pods read it again, `next-start` when a subPath hides the
   * change from them until they restart, `none` when no pod mounts it.
   */
  readonly takenBy?: 'reload' | 'next-start' | 'none';
}

/**
 * `restart`: as the controller of the set rolls them, one after the other unless `maxUnavailable` says more; `recreate`: all of the set at once; `wait`: they keep
 * the old template until somebody deletes them (OnDelete).
 */
export type PodVerb = 'restart' | 'recreate' | 'stop' | 'start' | 'wait';

export interface PodChange {
  readonly set: string;
  readonly verb: PodVerb;
  /** `each-node`: of a DaemonSet, whose number the cluster alone knows. */
  readonly pods: number | 'each-node';
}

/**
 * What becomes of the volume claims that exist: `delete` with what is in them; `keep` though no pod uses them; `stay`: the new
 * template does not reach them; `expand`: they get the size of the new template, one after the other; `unused`: the pods come back with
 * others.
 */
export interface ClaimChange {
  readonly set: string;
  readonly template: string;
  readonly effect: 'delete' | 'keep' | 'stay' | 'expand' | 'unused';
  readonly claims: number;
}

/** What is asked for and the operator does not do: it says so in the condition VolumesExpanded, and does the rest. */
export interface Refusal {
  readonly set: string;
  readonly message: string;
  readonly reason: ConditionReason;
  readonly code: Code;
}

/** A part of a configuration by its name; of a changed one the paths that differ, never values: credentials may be among them. */
export interface PartChange {
  readonly part: 'job' | 'receiver' | 'route' | 'section' | 'rule group';
  readonly action: 'add' | 'remove' | 'change';
  readonly name: string;
  readonly paths?: readonly string[];
}

export interface RejectionChange {
  readonly action: 'rejected' | 'accepted' | 'gone';
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly reason: RejectionReason;
  readonly code: Code;
  readonly message: string;
}

/**
 * Why it is not known what becomes of a workload, or why not all of it comes about: `to` is what it is to be, `unread` what could
 * not be read.
 */
export interface PlanFailure {
  readonly side: 'from' | 'to' | 'unread';
  readonly message: string;
  readonly code?: Code;
}

/** Targets of a Prometheus as they are now: those that there would be once the change is loaded. */
export interface TargetChanges {
  /** Of all jobs, each once. */
  readonly before: number;
  readonly after: number;
  /** Whose number of targets is another one. */
  readonly jobs: readonly JobTargets[];
  /** Absent: no target has another shard. */
  readonly shards?: ShardMoves;
  /** Jobs of which nothing can be said, and why. */
  readonly skipped: readonly string[];
}

export interface WorkloadPlan {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly action: 'create' | 'change' | 'delete' | 'none' | 'unknown';
  /** Not empty when the action is `unknown`: of what it is to be, what comes about in spite of them is planned. */
  readonly failures: readonly PlanFailure[];
  /** The operator changes nothing of it. */
  readonly paused?: true;
  readonly objects: readonly ObjectChange[];
  readonly pods: readonly PodChange[];
  readonly claims: readonly ClaimChange[];
  /** Where pods restart or are replaced: what is to be approved for that, where the operator waits for approval. */
  readonly approval?: string;
  readonly refusals: readonly Refusal[];
  readonly parts: readonly PartChange[];
  readonly rejections: readonly RejectionChange[];
  /** Where objects are known that targets are discovered from, and a configuration or the number of shards changes. */
  readonly targets?: TargetChanges;
}

/** A governing Service, which the workloads of a namespace share. */
export interface ServiceChange extends ObjectChange {
  readonly namespace: string;
}

export interface PlanSummary {
  /** Workloads. */
  readonly changed: number;
  readonly unchanged: number;
  readonly unknown: number;
  readonly services: number;
  /** Sets. */
  readonly recreated: number;
  /** Pods by what happens to them, those of DaemonSets not counted. */
  readonly pods: Readonly<Record<PodVerb, number>>;
  /** What happens to pods of DaemonSets. */
  readonly eachNode: readonly PodVerb[];
  readonly claimsDeleted: number;
  readonly claimsExpanded: number;
  /** Sizes of volumes that are not had, by set. */
  readonly refused: number;
  /** Running pods restart or go. */
  readonly isDisruptive: boolean;
}

/** A manifest that cannot be applied: what there is of it stays. */
export interface RefusedManifest {
  readonly kind: string;
  /** "" when it is in none. */
  readonly namespace: string;
  readonly name: string;
  readonly message: string;
}

export interface Plan {
  readonly summary: PlanSummary;
  readonly workloads: readonly WorkloadPlan[];
  readonly services: readonly ServiceChange[];
  /** Against a cluster: what could not be read, so that it is not known what depends on it. Absent where there is none. */
  readonly unread?: readonly string[];
  /** Against a cluster. Absent where there is none. */
  readonly refused?: readonly RefusedManifest[];
}
