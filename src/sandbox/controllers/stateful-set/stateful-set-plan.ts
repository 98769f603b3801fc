/** What a StatefulSet needs next, decided from its Pods alone: the algorithm of Kubernetes' StatefulSet controller. */
import { isTerminating } from '../owners.ts';
import { isAvailable, isFinished, isRunningAndReady, nextAvailable } from '../pod-state.ts';
import type { Pod, StatefulSet, StatefulSetStatus } from '../shapes.ts';
import { ordinalOf, revisionOf } from './identity.ts';

export interface StatefulSetFacts {
  readonly set: StatefulSet;
  /** The Pods the set controls, in any order. */
  readonly pods: readonly Pod[];
  readonly currentRevision: string;
  readonly updateRevision: string;
  readonly collisionCount: number;
  readonly now: number;
}

export interface StatefulSetPlan {
  readonly create: readonly { readonly ordinal: number; readonly revision: string }[];
  readonly remove: readonly Pod[];
  /** Pods with an ordinal that is not wanted; their claims follow the retention policy for scaling down. */
  readonly condemned: readonly Pod[];
  readonly status: StatefulSetStatus;
  /** When a Pod becomes available by time alone. */
  readonly checkAgainMs?: number;
}

/** Decides in the order of Kubernetes: fill the ordinals, then scale down, then update from the highest ordinal down. */
export function planStatefulSet(facts: StatefulSetFacts): StatefulSetPlan {
  return new Planner(facts).plan();
}

class Planner {
  readonly #facts: StatefulSetFacts;
  readonly #isOrdered: boolean;
  readonly #slots: (Pod | undefined)[];
  readonly #condemned: Pod[];
  readonly #create: { ordinal: number; revision: string }[] = [];
  readonly #remove: Pod[] = [];
  readonly #count: Required<Omit<StatefulSetStatus, 'observedGeneration' | 'currentRevision' | 'updateRevision'>>;

  constructor(facts: StatefulSetFacts) {
    const { set, pods } = facts;
    this.#facts = facts;
    this.#isOrdered = set.spec.podManagementPolicy !== 'Parallel';
    const start = this.#start;
    const end = start + set.spec.replicas;
    const byOrdinal = new Map(pods.map((pod) => [ordinalOf(set, pod), pod]));
    this.#slots = Array.from({ length: set.spec.replicas }, (_, index) => byOrdinal.get(start + index));
    this.#condemned = [...byOrdinal.entries()]
      .filter(([ordinal]) => ordinal < start || ordinal >= end)
      .sort(([one], [other]) => other - one)
      .map(([, pod]) => pod);
    this.#count = this.#countPods();
  }

  plan(): StatefulSetPlan {
    if (!isTerminating(this.#facts.set) && this.#fill() && this.#scaleDown()) this.#update();
    const { pods, set, now } = this.#facts;
    const checkAgainMs = nextAvailable(pods, set.spec.minReadySeconds ?? 0, now);
    return {
      create: this.#create,
      remove: this.#remove,
      condemned: this.#condemned,
      status: this.#status(),
      ...(checkAgainMs === undefined ? {} : { checkAgainMs }),
    };
  }

  get #start(): number {
    return this.#facts.set.spec.ordinals?.start ?? 0;
  }

  #countPods() {
    const { pods, currentRevision, updateRevision, collisionCount } = this.#facts;
    const isOf = (revision: string) => (pod: Pod) => !isTerminating(pod) && revisionOf(pod) === revision;
    return {
      replicas: pods.length,
      readyReplicas: pods.filter(isRunningAndReady).length,
      availableReplicas: pods.filter((pod) => this.#isAvailable(pod)).length,
      currentReplicas: pods.filter(isOf(currentRevision)).length,
      updatedReplicas: pods.filter(isOf(updateRevision)).length,
      collisionCount,
    };
  }

  /** True when the plan may go on: with OrderedReady each ordinal waits for the one before it. */
  #fill(): boolean {
    for (const [index, pod] of this.#slots.entries()) {
      if (pod === undefined) this.#createAt(this.#start + index);
      else if (isFinished(pod) && !isTerminating(pod)) this.#remove.push(pod);
      else if (this.#isSettled(pod)) continue;
      if (this.#isOrdered) return false;
    }
    return true;
  }

  #createAt(ordinal: number): void {
    const { set, currentRevision, updateRevision } = this.#facts;
    const { type = 'RollingUpdate', rollingUpdate } = set.spec.updateStrategy ?? {};
    const keepsOld = type === 'RollingUpdate' && ordinal < this.#start + (rollingUpdate?.partition ?? 0);
    const revision = keepsOld ? currentRevision : updateRevision;
    this.#create.push({ ordinal, revision });
    this.#count.replicas += 1;
    this.#countRevision(revision, 1);
  }

  #scaleDown(): boolean {
    const firstUnhealthy = [...this.#slots, ...this.#condemned].find((pod) => pod === undefined || !isHealthy(pod));
    for (const pod of this.#condemned) {
      const blocks = isTerminating(pod) || (!this.#isAvailable(pod) && pod !== firstUnhealthy);
      if (this.#isOrdered && blocks) return false;
      if (isTerminating(pod)) continue;
      this.#remove.push(pod);
      this.#countRevision(revisionOf(pod), -1);
      if (this.#isOrdered) return false;
    }
    return true;
  }

  #update(): void {
    const { set, updateRevision } = this.#facts;
    const { type = 'RollingUpdate', rollingUpdate } = set.spec.updateStrategy ?? {};
    if (type === 'OnDelete') return;
    for (let index = this.#slots.length - 1; index >= (rollingUpdate?.partition ?? 0); index -= 1) {
      const pod = this.#slots[index];
      if (pod === undefined || this.#remove.includes(pod)) return;
      if (revisionOf(pod) !== updateRevision && !isTerminating(pod)) {
        this.#remove.push(pod);
        this.#count.currentReplicas = Math.max(0, this.#count.currentReplicas - 1);
        return;
      }
      if (!this.#isSettled(pod)) return;
    }
  }

  #countRevision(revision: string, change: number): void {
    const { currentRevision, updateRevision } = this.#facts;
    if (revision === currentRevision) this.#count.currentReplicas += change;
    if (revision === updateRevision) this.#count.updatedReplicas += change;
  }

  #status(): StatefulSetStatus {
    const { set, updateRevision } = this.#facts;
    const { replicas, readyReplicas, updatedReplicas } = this.#count;
    const wanted = set.spec.replicas;
    const isRolling = (set.spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
    const isComplete = isRolling && [updatedReplicas, readyReplicas, replicas].every((count) => count === wanted);
    return {
      observedGeneration: set.metadata.generation ?? 0,
      ...this.#count,
      ...(isComplete ? { currentReplicas: updatedReplicas } : {}),
      currentRevision: isComplete ? updateRevision : this.#facts.currentRevision,
      updateRevision,
    };
  }

  #isAvailable(pod: Pod): boolean {
    return isAvailable(pod, this.#facts.set.spec.minReadySeconds ?? 0, this.#facts.now);
  }

  #isSettled(pod: Pod): boolean {
    return !isTerminating(pod) && this.#isAvailable(pod);
  }
}

function isHealthy(pod: Pod): boolean {
  return isRunningAndReady(pod) && !isTerminating(pod);
}
