import type { Interruptible } from '../../base/interruptible.ts';
import type { JsonObject } from '../../base/json.ts';
import { targetsAtOnce } from '../limits.ts';
import { readJsonItems } from './json-items.ts';

/** The targets of one job, as one replica has them. */
export interface PoolHealth {
  readonly up: number;
  /** Those that were not scraped yet. */
  readonly fresh: number;
  readonly total: number;
  /** Of the first one that is down; "" when none is. */
  readonly lastError: string;
}

/**
 * What `/api/v1/targets?state=active` says, by job. It may rest behind some of the targets.
 * @returns undefined when it is no such answer
 */
export function* readTargetsAnswer(answer: string): Interruptible<ReadonlyMap<string, PoolHealth> | undefined> {
  const pools = new Map<string, PoolHealth>();
  const take = (target: JsonObject): void => addTarget(pools, target);
  const isRead = yield* readJsonItems(answer, { opening: '"activeTargets":[', atOnce: targetsAtOnce, take });
  return isRead ? pools : undefined;
}

function addTarget(pools: Map<string, PoolHealth>, target: JsonObject): void {
  const { scrapePool, health, lastError } = target;
  if (typeof scrapePool !== 'string') return;
  const before = pools.get(scrapePool) ?? { up: 0, fresh: 0, total: 0, lastError: '' };
  const isUp = health === 'up';
  const isFresh = health === 'unknown';
  const error = isUp || isFresh || typeof lastError !== 'string' ? '' : lastError;
  pools.set(scrapePool, {
    up: before.up + (isUp ? 1 : 0),
    fresh: before.fresh + (isFresh ? 1 : 0),
    total: before.total + 1,
    lastError: before.lastError === '' ? error : before.lastError,
  });
}
