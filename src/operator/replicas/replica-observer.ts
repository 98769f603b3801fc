import { podType } from '../../api/builtin-types.ts';
import { keyOf } from '../../api/meta.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { DesiredObserver } from '../../controllers/workload/desired-observer.ts';
import { isDesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import type { DesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import type { Desired } from '../../core/desired/steps.ts';
import { listReplicas } from '../../core/loaded/expected-replicas.ts';
import type { ExpectedReplica, ReplicaPod } from '../../core/loaded/expected-replicas.ts';
import type { ReplicaState } from '../../core/loaded/judge-loaded.ts';
import { selectWorkload } from '../../core/render/prometheus/prometheus-labels.ts';
import { writeLabelSelector } from '../../core/selectors/label-selector.ts';
import type { Verdict } from '../../core/status/conditions.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isForbidden } from '../../kubernetes/client/errors.ts';
import type { Turns } from '../../runtime/turns.ts';
import type { AskReplica } from './ask-replica.ts';
import { locateReplica, readCertificateOf } from './locate-replica.ts';
import { lookAtReplica } from './look-at-replica.ts';
import type { WrittenConfig } from './look-at-replica.ts';
import { Permits } from './permits.ts';
import { WatchedReplicas } from './watched-replicas.ts';
import type { Now } from './watched-replicas.ts';
import { readRevisions } from './written-config.ts';
import type { KnownDigests } from './written-config.ts';
import { parallelLooks, rarestLookMs } from '../limits.ts';

export interface ReplicaObserverDeps {
  readonly client: Pick<KubernetesClient, 'list' | 'get'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly turns: Turns;
  readonly ask: AskReplica;
  /** The condition Loaded of a workload; undefined: there is none. */
  readonly tell: (kind: string, key: string, verdict: Verdict | undefined) => void;
  /** What its status says of it now: after a restart that holds until the replicas were asked. */
  readonly recall: (kind: string, key: string) => Verdict | undefined;
  /** All replicas have loaded what was seen being written. @param seconds from the write on */
  readonly observeLoaded: (kind: string, seconds: number) => void;
}

/** A workload whose replicas are looked at. */
interface Entry {
  readonly kind: string;
  readonly key: string;
  desired: DesiredPrometheus;
  readonly digests: KnownDigests;
  readonly replicas: WatchedReplicas;
  timer: Timer | undefined;
  isLooking: boolean;
  /** The revision of which all replicas have been seen to have it. */
  loadedRevision: string | undefined;
}

/**
 * Proves that what was written is loaded: asks the replicas of each Prometheus and PrometheusAgent what they run, by the schedule of
 * `LookSchedule`, and tells the condition Loaded. It needs nothing but to list Pods and to reach them.
 */
export class ReplicaObserver implements DesiredObserver {
  readonly #deps: ReplicaObserverDeps;
  readonly #entries = new Map<string, Entry>();
  readonly #permits = new Permits(parallelLooks);

  constructor(deps: ReplicaObserverDeps) {
    this.#deps = deps;
  }

  observe(): void {
    // What is rendered is not written yet.
  }

  wrote(desired: Desired): void {
    if (!isDesiredPrometheus(desired)) return;
    const { owner } = desired.workload;
    const key = keyOf(owner);
    const known = this.#entries.get(nameOf(owner.kind, key));
    const digests: KnownDigests = known?.digests ?? new Map<string, never>();
    const revisions = readRevisions(desired, digests);
    if (revisions === undefined) {
      this.forget(owner.kind, key);
      this.#deps.tell(owner.kind, key, undefined);
      return;
    }
    const entry = known ?? this.#begin(owner.kind, desired, digests);
    entry.desired = desired;
    const now = this.#now();
    // The Pods of a DaemonSet are known only once they are listed.
    if (desired.workload.form !== 'DaemonSet') entry.replicas.expect(listReplicas(desired.workload, []), now);
    if (entry.replicas.written?.revision !== revisions.revision) {
      entry.replicas.change({ ...revisions, at: now.wall, isSeen: known !== undefined }, now);
      if (known !== undefined) this.#tell(entry);
    }
    this.#plan(entry);
  }

  forget(kind: string, key: string): void {
    const name = nameOf(kind, key);
    this.#entries.get(name)?.timer?.cancel();
    this.#entries.delete(name);
  }

  stop(): void {
    for (const { timer } of this.#entries.values()) timer?.cancel();
    this.#entries.clear();
  }

  #begin(kind: string, desired: DesiredPrometheus, digests: KnownDigests): Entry {
    const key = keyOf(desired.workload.owner);
    const replicas = new WatchedReplicas();
    const entry: Entry = {
      kind,
      key,
      desired,
      digests,
      replicas,
      timer: undefined,
      isLooking: false,
      loadedRevision: undefined,
    };
    this.#entries.set(nameOf(kind, key), entry);
    this.#deps.tell(kind, key, this.#deps.recall(kind, key));
    return entry;
  }

  #now(): Now {
    return { monotonic: this.#deps.clock.monotonic(), wall: this.#deps.clock.now() };
  }

  #tell({ kind, key, replicas }: Entry): void {
    this.#deps.tell(kind, key, replicas.judge('prometheus'));
  }

  #isCurrent(entry: Entry): boolean {
    return this.#entries.get(nameOf(entry.kind, entry.key)) === entry;
  }

  #plan(entry: Entry): void {
    if (entry.isLooking || !this.#isCurrent(entry)) return;
    entry.timer?.cancel();
    const dueAt = entry.replicas.nextDueAt();
    const waitMs = dueAt === undefined ? rarestLookMs : Math.max(0, dueAt - this.#deps.clock.monotonic());
    entry.timer = this.#deps.clock.schedule(waitMs, () => void this.#look(entry));
  }

  /** Never rejects. */
  async #look(entry: Entry): Promise<void> {
    entry.isLooking = true;
    try {
      await this.#permits.run(() => this.#lookAtAll(entry));
      if (this.#isCurrent(entry)) this.#report(entry);
    } catch (error) {
      this.#deps.logger.warn('Cannot ask replicas what they run', { workload: entry.key, err: describeError(error) });
    } finally {
      entry.isLooking = false;
      this.#plan(entry);
    }
  }

  /** Those that are due, one after the other: their configurations may be large. */
  async #lookAtAll(entry: Entry): Promise<void> {
    const { written } = entry.replicas;
    if (!this.#isCurrent(entry) || written === undefined) return;
    const replicas = await this.#listReplicas(entry);
    const missing = typeof replicas === 'string' ? replicas : undefined;
    const all = typeof replicas === 'string' ? listReplicas(entry.desired.workload, []) : replicas;
    entry.replicas.expect(all, this.#now());
    for (const replica of all) {
      if (!entry.replicas.isDue(replica.name, this.#now())) continue;
      const state: ReplicaState =
        missing === undefined ? await this.#lookAt(entry, replica, written) : { kind: 'barred', why: missing };
      // What was found of something older says nothing.
      const isOld = entry.replicas.written !== written;
      const isSettled = state.kind === 'loaded' && !isOld;
      const isAsked = missing === undefined && replica.address !== undefined;
      entry.replicas.looked(
        replica.name,
        { state: isOld ? { kind: 'unasked' } : state, isSettled, isAsked },
        this.#now(),
      );
    }
  }

  /** Or why they cannot be listed. @throws what may be otherwise the next time. */
  async #listReplicas({ desired }: Entry): Promise<readonly ExpectedReplica[] | string> {
    const { workload } = desired;
    const namespace = workload.owner.metadata.namespace ?? '';
    const labelSelector = writeLabelSelector({ matchLabels: selectWorkload(workload) });
    try {
      const { items } = await this.#deps.client.list<ReplicaPod>(podType, { namespace, labelSelector });
      return listReplicas(workload, items);
    } catch (error) {
      if (isForbidden(error)) return `RBAC keeps the operator from listing Pods: ${error.message}`;
      throw error;
    }
  }

  async #lookAt(entry: Entry, replica: ExpectedReplica, written: WrittenConfig): Promise<ReplicaState> {
    const memory = entry.replicas.memoryOf(replica.name);
    const { workload } = entry.desired;
    if (workload.spec.listenLocal === true)
      return { kind: 'barred', why: 'it listens on its loopback address alone (spec.listenLocal)' };
    if (replica.address === undefined || memory === undefined) return { kind: 'away', why: replica.problem };
    const certificate = await readCertificateOf(this.#deps.client, workload);
    if (certificate.problem !== undefined) return { kind: 'barred', why: certificate.problem };
    const address = locateReplica(workload, replica.address, certificate.pem);
    return lookAtReplica(this.#deps, { replica, address, written, memory });
  }

  #report(entry: Entry): void {
    this.#tell(entry);
    const { replicas, kind, loadedRevision } = entry;
    const { written } = replicas;
    if (written === undefined || !replicas.areAllLoaded() || written.revision === loadedRevision) return;
    entry.loadedRevision = written.revision;
    if (!written.isSeen) return;
    const loadedAt = Math.max(
      ...replicas.list().map(({ name }) => Date.parse(replicas.memoryOf(name)?.loadedAt ?? '')),
    );
    // Clocks of others may be wrong: it was loaded between the write and now.
    const longestMs = this.#deps.clock.now() - written.at;
    const ms = Number.isNaN(loadedAt) ? longestMs : Math.min(longestMs, Math.max(0, loadedAt - written.at));
    this.#deps.observeLoaded(kind, ms / 1000);
  }
}

const nameOf = (kind: string, key: string): string => `${kind} ${key}`;
