import { podType } from '../../api/builtin-types.ts';
import { keyOf } from '../../api/meta.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { DesiredObserver } from '../../controllers/workload/desired-observer.ts';
import type { DesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import type { Desired } from '../../core/desired/steps.ts';
import type { ExpectedReplica, ReplicaPod } from '../../core/loaded/expected-replicas.ts';
import type { ReplicaState } from '../../core/loaded/judge-loaded.ts';
import type { ScrapingVerdict } from '../../core/loaded/judge-scraping.ts';
import { writeLabelSelector } from '../../core/selectors/label-selector.ts';
import type { ObservedLoad } from '../../core/loaded/observed-load.ts';
import type { Verdict } from '../../core/status/conditions.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isForbidden } from '../../kubernetes/client/errors.ts';
import type { Turns } from '../../runtime/turns.ts';
import type { LoadMetrics } from '../metrics/load-metrics.ts';
import type { AskReplica, ReplicaAddress } from './ask-replica.ts';
import { readCertificateOf } from './locate-replica.ts';
import { lookAtReplica } from './look-at-replica.ts';
import type { LookTask, WrittenConfig } from './look-at-replica.ts';
import { ScrapeWatch } from './scrape-watch.ts';
import { Permits } from './permits.ts';
import { WatchedReplicas } from './watched-replicas.ts';
import type { Now } from './watched-replicas.ts';
import { describeSubject } from './describe-subject.ts';
import type { Subject } from './subject.ts';
import type { KnownDigests } from './written-config.ts';
import { lateLoadMs, parallelLooks, rarestLookMs } from '../limits.ts';

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
  /** What is known of its replicas; undefined: nothing any more. */
  readonly publish: (kind: string, key: string, load: ObservedLoad | undefined) => void;
  readonly metrics: LoadMetrics;
  /** What bindings say of targets, by "Kind namespace/name"; absent: there are no bindings, and targets are not asked for. */
  readonly tellScraping?: (kind: string, key: string, scrapings: ReadonlyMap<string, ScrapingVerdict>) => void;
}

/** One round of looks at the replicas of a workload. */
interface Round {
  readonly written: WrittenConfig;
  /** Why no Pods could be listed. */
  readonly missing: string | undefined;
  /** Those of which a replica was asked for its targets. */
  readonly shards: Set<number>;
}

/** A workload whose replicas are looked at. */
interface Entry {
  readonly kind: string;
  readonly key: string;
  subject: Subject;
  readonly digests: KnownDigests;
  readonly replicas: WatchedReplicas;
  timer: Timer | undefined;
  isLooking: boolean;
  /** What is known of its targets. */
  readonly scrapes: ScrapeWatch;
  /** The revision of which all replicas have been seen to have it. */
  loadedRevision: string | undefined;
  /** The revision with which every target has been seen to be scraped. */
  scrapedRevision: string | undefined;
}

/**
 * Proves that what was written is loaded: asks the replicas of each workload what they run, by the schedule of
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
    const subject = describeSubject(desired);
    if (subject === undefined) return;
    const { owner } = desired.workload;
    const key = keyOf(owner);
    const known = this.#entries.get(nameOf(owner.kind, key));
    const digests: KnownDigests = known?.digests ?? new Map<string, never>();
    const revisions = subject.readRevisions(digests);
    if (revisions === undefined) {
      this.forget(owner.kind, key);
      this.#deps.tell(owner.kind, key, undefined);
      return;
    }
    const entry = known ?? this.#begin(subject, digests);
    entry.subject = subject;
    const now = this.#now();
    if (!subject.isOpenEnded) entry.replicas.expect(subject.listReplicas([]), now);
    if (entry.replicas.written?.revision !== revisions.revision) {
      entry.replicas.change({ ...revisions, at: now.wall, isSeen: known !== undefined }, now);
      if (known !== undefined) this.#tell(entry);
    }
    this.#plan(entry);
  }

  forget(kind: string, key: string): void {
    const name = nameOf(kind, key);
    this.#entries.get(name)?.timer?.cancel();
    if (this.#entries.delete(name)) this.#deps.publish(kind, key, undefined);
  }

  stop(): void {
    for (const { timer } of this.#entries.values()) timer?.cancel();
    this.#entries.clear();
  }

  #begin(subject: Subject, digests: KnownDigests): Entry {
    const { owner } = subject.workload;
    const [kind, key] = [owner.kind, keyOf(owner)];
    const replicas = new WatchedReplicas();
    const entry: Entry = {
      kind,
      key,
      subject,
      digests,
      replicas,
      timer: undefined,
      isLooking: false,
      scrapes: new ScrapeWatch(this.#deps),
      loadedRevision: undefined,
      scrapedRevision: undefined,
    };
    this.#entries.set(nameOf(kind, key), entry);
    this.#deps.tell(kind, key, this.#deps.recall(kind, key));
    return entry;
  }

  #now(): Now {
    return { monotonic: this.#deps.clock.monotonic(), wall: this.#deps.clock.now() };
  }

  #tell({ kind, key, replicas, subject: { container } }: Entry): void {
    this.#deps.tell(kind, key, replicas.judge(container));
    this.#deps.publish(kind, key, replicas.describe(container));
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
      entry.replicas.postpone(this.#now());
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
    const all = typeof replicas === 'string' ? entry.subject.listReplicas([]) : replicas;
    entry.replicas.expect(all, this.#now());
    const round: Round = { written, missing, shards: new Set() };
    for (const replica of all)
      if (entry.replicas.isDue(replica.name, this.#now())) await this.#lookAtOne(entry, replica, round);
  }

  /** Of each shard one replica is asked for its targets. */
  async #lookAtOne(entry: Entry, replica: ExpectedReplica, { written, missing, shards }: Round): Promise<void> {
    const located = missing === undefined ? await this.#locate(entry, replica) : barred(missing);
    const isLocated = !('kind' in located);
    const found = isLocated ? await this.#lookAt(entry, { replica, address: located, written }) : located;
    // What was found of something older says nothing.
    const state: ReplicaState = entry.replicas.written === written ? found : { kind: 'unasked' };
    const isLoaded = state.kind === 'loaded';
    if (isLoaded && isLocated && this.#findScraped(entry) !== undefined && !shards.has(replica.shard)) {
      shards.add(replica.shard);
      await entry.scrapes.look(located, replica.shard);
    }
    const isSettled = isLoaded && !this.#isScrapeAwaited(entry, written);
    entry.replicas.looked(replica.name, { state, isSettled, isAsked: isLocated }, this.#now());
  }

  /** Whose targets are followed, if anybody hears of them. */
  #findScraped({ subject }: Entry): DesiredPrometheus | undefined {
    return this.#deps.tellScraping === undefined ? undefined : subject.scraped;
  }

  /** Just after a write the first scrapes are waited for, and at any time what must be seen twice. */
  #isScrapeAwaited(entry: Entry, { at, isSeen }: WrittenConfig): boolean {
    const scraped = this.#findScraped(entry);
    if (scraped === undefined) return false;
    const { scrapes } = entry;
    const isNew = isSeen && this.#deps.clock.now() - at <= lateLoadMs;
    return (isNew && scrapes.isWaiting(scraped)) || scrapes.isDoubtful(scraped);
  }

  /** Or why they cannot be listed. @throws what may be otherwise the next time. */
  async #listReplicas({ subject }: Entry): Promise<readonly ExpectedReplica[] | string> {
    const namespace = subject.workload.owner.metadata.namespace ?? '';
    const labelSelector = writeLabelSelector({ matchLabels: { ...subject.podLabels } });
    try {
      const { items } = await this.#deps.client.list<ReplicaPod>(podType, { namespace, labelSelector });
      return subject.listReplicas(items);
    } catch (error) {
      if (isForbidden(error)) return `RBAC keeps the operator from listing Pods: ${error.message}`;
      throw error;
    }
  }

  /** Where it is asked, or why it is not. */
  async #locate(entry: Entry, replica: ExpectedReplica): Promise<ReplicaAddress | ReplicaState> {
    const { workload, web } = entry.subject;
    if (web.isLocal) return barred('it listens on its loopback address alone (spec.listenLocal)');
    if (replica.address === undefined) return { kind: 'away', why: replica.problem };
    const { port, prefix } = web;
    const place = { host: replica.address, port, prefix };
    if (!web.isSecure) return place;
    const { pem, problem } = await readCertificateOf(this.#deps.client, workload);
    return problem === undefined ? { ...place, certificate: pem } : barred(problem);
  }

  async #lookAt({ replicas, subject }: Entry, task: Omit<LookTask, 'memory' | 'version'>): Promise<ReplicaState> {
    const memory = replicas.memoryOf(task.replica.name);
    if (memory === undefined) return { kind: 'unasked' };
    return lookAtReplica(subject.look, this.#deps, { ...task, memory, version: subject.workload.version });
  }

  #report(entry: Entry): void {
    this.#tell(entry);
    const { replicas, scrapes, kind, key } = entry;
    const { written } = replicas;
    if (written === undefined || !replicas.areAllLoaded()) return;
    const { metrics, clock, tellScraping } = this.#deps;
    if (written.revision !== entry.loadedRevision) {
      entry.loadedRevision = written.revision;
      if (written.isSeen) metrics.observeLoaded(kind, replicas.measureLoad(clock.now()));
    }
    const scraped = this.#findScraped(entry);
    if (tellScraping === undefined || scraped === undefined) return;
    if (written.revision !== entry.scrapedRevision && !scrapes.isWaiting(scraped)) {
      entry.scrapedRevision = written.revision;
      if (written.isSeen) metrics.observeScraped(kind, (clock.now() - written.at) / 1000);
    }
    const scrapings = scrapes.judge(scraped, clock.monotonic());
    if (scrapings !== undefined) tellScraping(kind, key, scrapings);
  }
}

const barred = (why: string): ReplicaState => ({ kind: 'barred', why });

const nameOf = (kind: string, key: string): string => `${kind} ${key}`;
