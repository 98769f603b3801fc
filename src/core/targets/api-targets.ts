import type { LabelSet } from '../relabel/label-set.ts';
import type { PooledTarget, TargetPool } from './target-pool.ts';
import { buildTargetUrl } from './target-url.ts';

type Labels = Readonly<Record<string, string>>;

/** An entry of activeTargets as it is before the first scrape (docs/reference/discovery.md 5.7). */
export interface ApiActiveTarget {
  readonly discoveredLabels: Labels;
  readonly labels: Labels;
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly globalUrl: string;
  readonly lastError: string;
  readonly lastScrape: string;
  readonly lastScrapeDuration: number;
  readonly health: 'unknown';
  readonly scrapeInterval: string;
  readonly scrapeTimeout: string;
}

export interface ApiDroppedTarget {
  readonly discoveredLabels: Labels;
  readonly scrapePool: string;
}

/** Which rule dropped a target; Prometheus' own answer does not say. */
export interface DropReason {
  /** Index in relabel_configs. */
  readonly rule: number;
  readonly action: string;
  /** What was compared with what. */
  readonly message: string;
  /** The field that asked for the rule, where that is known. */
  readonly from?: string | undefined;
}

/** A target that Prometheus could not build: it is nowhere in Prometheus' own answer. */
export interface ApiFailedTarget extends ApiDroppedTarget {
  readonly reason: string;
  readonly error: string;
}

/** The answer of /api/v1/targets, and the two kinds of targets that Prometheus keeps to itself. */
export interface ApiTargets {
  readonly activeTargets: readonly ApiActiveTarget[];
  readonly droppedTargets: readonly ApiDroppedTarget[];
  readonly droppedTargetCounts: Readonly<Record<string, number>>;
  readonly failedTargets: readonly ApiFailedTarget[];
  /** Targets that came out equal to another of their job and are scraped as that one. */
  readonly duplicateTargets: readonly (ApiDroppedTarget & { readonly scrapeUrl: string })[];
}

/** Go's zero time: never scraped. */
const never = '0001-01-01T00:00:00Z';

/** What the pools hold, by job name in the order given; dropped targets are cut as `keep_dropped_targets` says. */
export function describeTargets(pools: ReadonlyMap<string, TargetPool>): ApiTargets {
  const all = [...pools].map(([scrapePool, pool]) => describePool(scrapePool, pool));
  return {
    activeTargets: all.flatMap(({ activeTargets }) => activeTargets),
    droppedTargets: all.flatMap(({ droppedTargets }) => droppedTargets),
    droppedTargetCounts: Object.fromEntries([...pools].map(([name, pool]) => [name, pool.list().dropped.length])),
    failedTargets: all.flatMap(({ failedTargets }) => failedTargets),
    duplicateTargets: all.flatMap(({ duplicateTargets }) => duplicateTargets),
  };
}

function describePool(scrapePool: string, pool: TargetPool): Omit<ApiTargets, 'droppedTargetCounts'> {
  const { active, dropped, failed } = pool.list();
  const { keepDroppedTargets } = pool.compiled.job;
  const listed = keepDroppedTargets === 0 ? dropped : dropped.slice(0, keepDroppedTargets);
  const discoveredLabels = (one: PooledTarget['discovered'][number]): Labels => pool.describeDiscovered(one).toObject();
  return {
    activeTargets: active.map((one) => describeActive(scrapePool, pool, one)),
    droppedTargets: listed.map((one) => ({ discoveredLabels: discoveredLabels(one), scrapePool })),
    failedTargets: failed.map(({ failure, ...one }) => ({
      discoveredLabels: discoveredLabels(one),
      scrapePool,
      reason: failure.reason,
      error: failure.message,
    })),
    duplicateTargets: active.flatMap(({ labels, discovered }) =>
      discovered.slice(0, -1).map((one) => ({
        discoveredLabels: discoveredLabels(one),
        scrapePool,
        scrapeUrl: buildTargetUrl(pool.compiled.job, labels),
      })),
    ),
  };
}

function describeActive(scrapePool: string, pool: TargetPool, { labels, discovered }: PooledTarget): ApiActiveTarget {
  const scrapeUrl = buildTargetUrl(pool.compiled.job, labels);
  const shown = discovered.at(-1);
  return {
    discoveredLabels: shown === undefined ? {} : pool.describeDiscovered(shown).toObject(),
    labels: omitReserved(labels),
    scrapePool,
    scrapeUrl,
    globalUrl: scrapeUrl,
    lastError: '',
    lastScrape: never,
    lastScrapeDuration: 0,
    health: 'unknown',
    scrapeInterval: labels.get('__scrape_interval__') ?? '',
    scrapeTimeout: labels.get('__scrape_timeout__') ?? '',
  };
}

/** The labels that every sample of the target gets. */
function omitReserved(labels: LabelSet): Labels {
  return Object.fromEntries(Object.entries(labels.toObject()).filter(([name]) => !name.startsWith('__')));
}
