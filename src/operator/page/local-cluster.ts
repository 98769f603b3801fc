/** What there is to say of a cluster, for one person and with their rights: from caches of its own, brought up to date as it changes. */
import { setMaxListeners } from 'node:events';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { silentLogger } from '../../base/logger.ts';
import type { AnyInformer } from '../../controllers/workload/watches.ts';
import type { Premises } from '../../core/explain/facts.ts';
import type { Overview } from '../../core/overview/overview.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { Turns } from '../../runtime/turns.ts';
import { answerOverview, answerQuestion, answerRoutes, answerTargets } from '../explain/answer.ts';
import type { AnswerGround, Gatherer } from '../explain/answer.ts';
import type { Explaining } from '../explain/explaining.ts';
import { findObject } from '../explain/find-object.ts';
import { Overviewer } from '../explain/overviewer.ts';
import { searchObjects } from '../explain/search-objects.ts';
import { takeOnce } from '../explain/take-once.ts';
import { createLocalCaches, readLocalCache } from './local-caches.ts';
import { createLocalGatherer } from './local-gatherer.ts';

export interface LocalClusterDeps {
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  /** What is looked after, and how; nothing is supposed. */
  readonly premises: Premises;
  /** Answers with the rights of who asks. */
  readonly live: Gatherer;
  /** Only these namespaces are read; none: all. */
  readonly namespaces: readonly string[];
}

/** Reads from when it is made until it is closed; nothing is written to the cluster. */
export class LocalCluster {
  readonly caches: readonly AnyInformer[];
  readonly turns: Turns;
  readonly explaining: Explaining;
  readonly #ending = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(deps: LocalClusterDeps) {
    const { clock, namespaces } = deps;
    // What may not be read is told in notes, and that watches fail by who follows them.
    this.caches = createLocalCaches(namespaces, { ...deps, logger: silentLogger });
    this.turns = new Turns({ monotonic: () => clock.monotonic() });
    this.explaining = this.#createExplaining(deps);
    const { signal } = this.#ending;
    setMaxListeners(0, signal);
    this.#running = Promise.all(this.caches.map((cache) => cache.run(signal)));
  }

  /** Whether the cluster has been read, but for what may not be read. */
  isFilled(): boolean {
    return this.caches.every((cache) => cache.health().settled);
  }

  /** What may not be read. */
  listRefusals(): readonly Refusal[] {
    return this.caches.flatMap((cache) => readLocalCache(cache).refusals);
  }

  /** Calls back with what there is to say of everything, the first time and after each change, until the function that it gives is called. */
  follow(listener: (overview: Overview) => void): () => void {
    const { overviews } = this.explaining;
    const note = (): void => overviews.noteChange();
    const handlers = this.caches.map((cache) => cache.addHandler({ add: note, update: note, delete: note }));
    const leave = overviews.subscribe(({ overview }) => listener(overview));
    return () => {
      leave();
      for (const handler of handlers) handler.remove();
    };
  }

  async close(): Promise<void> {
    this.#ending.abort(new Error('stopped'));
    await this.#running;
  }

  #createExplaining({ clock, logger, live, premises }: LocalClusterDeps): Explaining {
    const { turns, caches } = this;
    const gatherer = createLocalGatherer(live, { caches, clock });
    const unavailable = (): string | undefined =>
      this.isFilled() ? undefined : 'Cannot explain yet: the cluster is being read';
    const open = (): AnswerGround => ({ premises, gatherer: takeOnce(gatherer), run: (work) => turns.run(work) });
    return {
      explain: (question) => answerQuestion(question, open()),
      unavailable,
      search: (query) => searchObjects(query, gatherer, turns),
      find: (name) => findObject(name, gatherer),
      overviews: new Overviewer({ clock, logger, unavailable, survey: () => answerOverview(open()) }),
      targets: new Overviewer({ clock, logger, unavailable, survey: () => answerTargets(open()) }),
      routes: new Overviewer({ clock, logger, unavailable, survey: () => answerRoutes(open()) }),
    };
  }
}
