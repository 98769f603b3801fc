import type { KubernetesObject, NamespacedName } from '../../api/meta.ts';
import type { Step } from '../desired/steps.ts';
import { InvalidFieldError } from '../findings.ts';
import type { RenderedWorkload } from '../kinds/render.ts';
import type { Rejection } from '../rejection.ts';
import { checkCustomService } from '../render/shared/governing-service.ts';
import { unlessBlank } from '../render/shared/rendered-objects.ts';
import type { Service } from '../render/shared/rendered-objects.ts';
import { readStorageClass, rejectStorageClass } from '../render/shared/storage-class.ts';
import type { PlanFailure } from './plan-model.ts';
import { describeFailure } from './standing.ts';
import type { DiscoveredObjects } from './target-changes.ts';
import type { KnownVolumes } from './volume-changes.ts';

/** What else decides about a sync. */
export interface Surroundings extends KnownVolumes {
  /** Milliseconds since 1970: retained shards are due by it. */
  readonly now: number;
  findService(name: NamespacedName): Service | undefined;
  /** Why the API server would not take the StatefulSet or DaemonSet; undefined where it would, or nobody can say. */
  refusalOf(set: KubernetesObject): string | undefined;
  /** What targets are discovered from; undefined: that is not known. */
  readonly discovered?: DiscoveredObjects | undefined;
  gapsOf(workload: Pick<RenderedWorkload, 'kind' | 'instance'>): Gaps;
}

/** What is not known of a workload. */
export interface Gaps {
  readonly failures: readonly PlanFailure[];
  /** Whether it is not known how an object is, or how it is to be. */
  hides(object: KubernetesObject): boolean;
  /** It is not known what its configuration is to be, and what is rejected. */
  readonly isBlind: boolean;
}

export const noGaps: Gaps = { failures: [], hides: () => false, isBlind: false };

/** How far a sync comes. */
export interface CarriedOut {
  readonly steps: readonly Step[];
  /** What ends it, or keeps steps from being made at all. */
  readonly failures: readonly PlanFailure[];
}

/** The steps that a sync carries out: it ends at the first that fails (docs/reference/operator-runtime.md 3.3). */
export function listCarriedOut(to: RenderedWorkload, surroundings: Surroundings): CarriedOut {
  const { instance, desired, failures } = to;
  if (instance.spec.paused === true) return { steps: [], failures: [] };
  const storageClass = readStorageClass(instance.spec);
  if (storageClass !== undefined && !surroundings.hasStorageClass(storageClass))
    return { steps: [], failures: [fail(rejectStorageClass(storageClass))] };
  const steps = desired?.steps ?? [];
  const ends = steps.map((step) => endAt(step, to, surroundings));
  const at = ends.findIndex((end) => end !== undefined);
  const end = at < 0 ? undefined : ends[at];
  const own = failures.map((failure) => describeFailure(failure, 'to'));
  return end === undefined ? { steps, failures: own } : { steps: steps.slice(0, at), failures: [end, ...own] };
}

const fail = (rejection: Rejection): PlanFailure => describeFailure(new InvalidFieldError(rejection), 'to');

/** Why a step fails, if it does. */
function endAt(step: Step, { kind, desired }: RenderedWorkload, surroundings: Surroundings): PlanFailure | undefined {
  if (step.kind === 'stateful-set' || step.kind === 'daemon-set') {
    const message = step.object === undefined ? undefined : surroundings.refusalOf(step.object);
    return message === undefined ? undefined : { side: 'to', message };
  }
  if (step.kind !== 'governing-service' || desired === undefined) return undefined;
  const { spec, owner } = desired.workload;
  const name = unlessBlank(spec.serviceName);
  if (name === undefined) return undefined;
  const found = surroundings.findService({ namespace: owner.metadata.namespace ?? '', name });
  const rejection = checkCustomService(spec, found, kind.labelPods(desired.workload));
  return rejection === undefined ? undefined : fail(rejection);
}
