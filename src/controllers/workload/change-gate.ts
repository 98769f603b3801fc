import { keyOf } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { Zones } from '../../base/zones.ts';
import { findRunningVersion, holdSteps } from '../../core/disruption/hold.ts';
import { judgeChanges } from '../../core/disruption/judge-changes.ts';
import type { ChangeVerdict, Held } from '../../core/disruption/judge-changes.ts';
import { describeUnready } from '../../core/disruption/rollout.ts';
import { readPolicy } from '../../core/disruption/policy.ts';
import type { DisruptionDefaults } from '../../core/disruption/policy.ts';
import type { Desired, Step } from '../../core/desired/steps.ts';
import { listSets } from '../../core/desired/steps.ts';
import type { WorkloadObject } from '../../core/kinds/kind.ts';
import { withType } from '../../core/kinds/kind.ts';
import { heldLookMs, longestHoldMs } from '../limits.ts';
import type { Fleet } from './fleet.ts';
import { compareSet, findLiveSet, listUnready, nameInFleet } from './live-sets.ts';
import type { SetComparison, SetName, UnreadyDeps } from './live-sets.ts';
import type { RemarkReporter } from './remarks.ts';
import type { Situations } from './situations.ts';

export interface ChangeGateDeps extends UnreadyDeps {
  readonly clock: Clock;
  readonly comparison: SetComparison;
  readonly disruption: DisruptionDefaults;
  readonly fleet: Fleet;
  readonly situations: Situations;
  readonly remarks: RemarkReporter;
  readonly wakeSync: (key: string) => void;
}

/** What goes on of a change. */
export interface Passed {
  readonly desired: Desired;
  /** When the rest is to be looked at again. */
  readonly dueMs: number | undefined;
}

/**
 * Lets changes that restart or replace pods pass when they may: approved, within a maintenance window, and not too many
 * workloads at once. All that it decides from is in the cluster: whoever takes over decides the same.
 */
export class ChangeGate {
  readonly #deps: ChangeGateDeps;
  readonly #zones = new Zones();
  /** By key of a workload of which shards wait for each other: whether those that go first have become ready since. */
  readonly #betweenShards = new Map<string, () => boolean>();

  constructor(deps: ChangeGateDeps) {
    this.#deps = deps;
    deps.fleet.join({ listUnready: () => listUnready(deps) });
  }

  /**
   * What of the desired state may be written now.
   * @param renderAs the same for pods of another version: those that wait must be able to read what is written for them.
   */
  async pass(
    instance: WorkloadObject,
    desired: Desired,
    renderAs: (version: string) => Promise<Desired>,
  ): Promise<Passed> {
    const { clock, fleet } = this.#deps;
    const key = keyOf(instance);
    const verdict = this.#judge(instance, desired);
    this.#report(instance, verdict.held);
    const id = this.#idOf(instance);
    if (verdict.disrupts) this.#begin(instance, desired);
    if (verdict.held?.reason === 'WorkloadsDisrupted') fleet.wait(id, () => this.#deps.wakeSync(key));
    else if (!verdict.disrupts) fleet.leave(id);
    this.#betweenShards.delete(key);
    const { awaits } = verdict.held ?? {};
    if (awaits !== undefined) this.#betweenShards.set(key, this.#awaitSets(instance.metadata.namespace ?? '', awaits));
    if (verdict.held === undefined) return { desired, dueMs: undefined };
    const dueMs = verdict.held.at === undefined ? heldLookMs : Math.min(verdict.held.at - clock.now(), longestHoldMs);
    return { desired: await this.#hold(desired, verdict, renderAs), dueMs };
  }

  /** What was let pass could not be written. */
  fail(instance: WorkloadObject): void {
    this.#deps.fleet.leave(this.#idOf(instance));
  }

  /** Sets of the workload have another status: somebody may have waited for that. */
  look(key: string): void {
    this.#deps.fleet.look();
    if (this.#betweenShards.get(key)?.() !== true) return;
    this.#betweenShards.delete(key);
    this.#deps.wakeSync(key);
  }

  /** Of a workload that is gone, or paused: nothing of it waits. */
  forget(key: string): void {
    this.#betweenShards.delete(key);
    this.#deps.situations.tell(key, 'ChangePending', undefined);
    this.#deps.fleet.leave(nameInFleet(this.#deps.kind, key));
  }

  #idOf(instance: WorkloadObject): string {
    return nameInFleet(this.#deps.kind, keyOf(instance));
  }

  #judge(instance: WorkloadObject, desired: Desired): ChangeVerdict {
    const { kind, clock, watches, comparison, disruption, fleet } = this.#deps;
    return judgeChanges({
      workload: withType(kind, instance),
      sets: listSets(desired.steps).map((set) => compareSet(watches, comparison, set)),
      policy: readPolicy(instance, disruption),
      fleet: fleet.stateFor(this.#idOf(instance)),
      now: clock.now(),
      zones: this.#zones,
    });
  }

  #begin(instance: WorkloadObject, desired: Desired): void {
    const isUnseen = this.#watchVersions(listSets(desired.steps));
    this.#deps.fleet.begin(this.#idOf(instance), isUnseen);
  }

  /** Whether the caches show the sets as they are now. */
  #watchVersions(sets: readonly SetName[]): () => boolean {
    const versionsOf = (): string =>
      sets.map((set) => findLiveSet(this.#deps.watches, set)?.metadata.resourceVersion ?? '').join();
    const before = versionsOf();
    return () => versionsOf() === before;
  }

  #awaitSets(namespace: string, names: readonly string[]): () => boolean {
    const sets = names.map((name): SetName => ({ kind: 'StatefulSet', metadata: { namespace, name } }));
    const isUnseen = this.#watchVersions(sets);
    const isReady = (set: SetName): boolean => describeUnready('', findLiveSet(this.#deps.watches, set)) === undefined;
    return () => !isUnseen() && sets.every(isReady);
  }

  async #hold(
    desired: Desired,
    { waiting }: ChangeVerdict,
    renderAs: (version: string) => Promise<Desired>,
  ): Promise<Desired> {
    const sets = listSets(desired.steps).flatMap((set) => {
      const live = findLiveSet(this.#deps.watches, set);
      return live !== undefined && waiting.has(set.metadata.name ?? '') ? [{ desired: set, live }] : [];
    });
    const version = findRunningVersion(sets);
    const written = version === undefined ? desired : await renderAs(version);
    // Sets come after all that their pods mount, and what is too much after what is new.
    const steps = [...written.steps.filter((step) => !isOfSets(step)), ...desired.steps.filter(isOfSets)];
    return { ...desired, steps: holdSteps(steps, sets) };
  }

  #report(instance: WorkloadObject, held: Held | undefined): void {
    const { kind, situations, remarks } = this.#deps;
    const verdict = held && { status: 'True', reason: held.reason, message: held.message };
    situations.tell(keyOf(instance), 'ChangePending', verdict);
    remarks.hold(withType(kind, instance), held);
  }
}

/** What is about pods, not about what they mount. */
const isOfSets = ({ kind }: Step): boolean =>
  kind === 'stateful-set' || kind === 'daemon-set' || kind === 'surplus-sets' || kind === 'guards';
