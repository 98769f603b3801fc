/** The page of a cluster for one person, with their rights: from caches of its own, on a loopback address. */
import { Registry } from 'prom-client';
import { setMaxListeners } from 'node:events';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { silentLogger } from '../../base/logger.ts';
import type { Premises } from '../../core/explain/facts.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { Turns } from '../../runtime/turns.ts';
import type { AnyInformer } from '../../controllers/workload/watches.ts';
import { answerOverview, answerQuestion, answerTargets } from '../explain/answer.ts';
import type { AnswerGround, Gatherer } from '../explain/answer.ts';
import { findObject } from '../explain/find-object.ts';
import { Overviewer } from '../explain/overviewer.ts';
import { searchObjects } from '../explain/search-objects.ts';
import { takeOnce } from '../explain/take-once.ts';
import { createLocalCaches, listHealth, readLocalCache } from './local-caches.ts';
import { createLocalGatherer } from './local-gatherer.ts';
import { listLocalReads } from './local-reads.ts';
import { startPage } from './page-process.ts';
import type { PageDeps } from './page-process.ts';

export interface LocalPageDeps {
  readonly client: KubernetesClient;
  /** URL of the API server. */
  readonly server: string;
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

export interface LocalPage {
  readonly url: string;
  /** Whether the cluster has been read, but for what may not be read. */
  isFilled(): boolean;
  /** What may not be read. */
  listRefusals(): readonly Refusal[];
  close(): Promise<void>;
}

/**
 * Serves the page on a loopback address until it is closed. Nothing is written to the cluster.
 * @param port 0: any that is free. @throws {OptionError} when it cannot be used.
 */
export async function openLocalPage(port: number, deps: LocalPageDeps): Promise<LocalPage> {
  const { client, clock, namespaces } = deps;
  // What may not be read is told in notes, and that watches fail by the page.
  const caches = createLocalCaches(namespaces, { ...deps, logger: silentLogger });
  const turns = new Turns({ monotonic: () => clock.monotonic() });
  const isFilled = (): boolean => caches.every((cache) => cache.health().settled);
  const web = { listenAddress: `127.0.0.1:${port}`, http2: false, tls: undefined };
  const server = await startPage(
    { web, asksCallers: false },
    {
      ...deps,
      turns,
      place: deps.server,
      configurations: undefined,
      explain: createLocalExplaining(deps, { caches, turns, isFilled }),
      registry: new Registry(),
      reviews: client,
      caches: () => listHealth(caches),
      informers: () => caches,
      listReads: () => listLocalReads(namespaces),
    },
  );
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const running = Promise.all(caches.map((cache) => cache.run(ending.signal)));
  return {
    url: server.url,
    isFilled,
    listRefusals: () => caches.flatMap((cache) => readLocalCache(cache).refusals),
    close: async () => {
      ending.abort(new Error('stopped'));
      await Promise.all([server.close(0), running]);
    },
  };
}

interface Local {
  readonly caches: readonly AnyInformer[];
  readonly turns: Turns;
  readonly isFilled: () => boolean;
}

function createLocalExplaining(
  { clock, logger, live, premises }: LocalPageDeps,
  { caches, turns, isFilled }: Local,
): PageDeps['explain'] {
  const gatherer = createLocalGatherer(live, { caches, clock });
  const unavailable = (): string | undefined =>
    isFilled() ? undefined : 'Cannot explain yet: the cluster is being read';
  const open = (): AnswerGround => ({ premises, gatherer: takeOnce(gatherer), run: (work) => turns.run(work) });
  return {
    explain: (question) => answerQuestion(question, open()),
    unavailable,
    search: (query) => searchObjects(query, gatherer, turns),
    find: (name) => findObject(name, gatherer),
    overviews: new Overviewer({ clock, logger, unavailable, survey: () => answerOverview(open()) }),
    targets: new Overviewer({ clock, logger, unavailable, survey: () => answerTargets(open()) }),
  };
}
