import { cutText } from '../../base/cut-text.ts';
import { toldErrorBytes } from '../limits.ts';
import type { PoolHealth } from './read-targets.ts';

/** What a binding says of the scrapes of an object: `reason` is "" only where all is well. */
export interface ScrapingVerdict {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: 'TargetsUp' | 'SomeTargetsDown' | 'TargetsDown' | 'NoTargets' | 'NotScrapedYet';
  readonly message: string;
}

/** The same job at several shards, or several jobs of one object, as one. */
export function addHealth(one: PoolHealth, other: PoolHealth): PoolHealth {
  return {
    up: one.up + other.up,
    fresh: one.fresh + other.fresh,
    total: one.total + other.total,
    lastError: one.lastError === '' ? other.lastError : one.lastError,
  };
}

/**
 * The condition Scraping: False when none of the targets is up, True when all are, and as long as any is: the reason says that some are
 * not. Truth changes only where scraping begins or ends, so that one target that comes and goes does not turn it.
 * @param health of all targets of the object; undefined: its jobs have none.
 */
export function judgeScraping(health: PoolHealth = noTargets): ScrapingVerdict {
  const { up, fresh, total } = health;
  if (total === 0) return { status: 'Unknown', reason: 'NoTargets', message: 'No target is found' };
  const counts = `${up} of ${total} ${total === 1 ? 'target is' : 'targets are'} up`;
  const isDown = up + fresh < total;
  if (up === 0 && !isDown)
    return { status: 'Unknown', reason: 'NotScrapedYet', message: `${counts}: none was scraped yet` };
  const message = withError(counts, health);
  if (up === 0) return { status: 'False', reason: 'TargetsDown', message };
  return { status: 'True', reason: isDown ? 'SomeTargetsDown' : 'TargetsUp', message };
}

const noTargets: PoolHealth = { up: 0, fresh: 0, total: 0, lastError: '' };

const withError = (counts: string, { lastError }: PoolHealth): string =>
  lastError === '' ? counts : `${counts}: ${cutText(hideSecrets(lastError), toldErrorBytes)}`;

/** URLs in an error may have passwords and tokens: what stands before the host and behind the path is left out. */
const hideSecrets = (error: string): string =>
  error
    .split(/(["'\s])/)
    .map(hideInUrl)
    .join('');

function hideInUrl(word: string): string {
  const start = word.indexOf('://') + 3;
  if (start < 3) return word;
  const [shown = ''] = word.slice(start).split(/[?#]/, 1);
  const [host = ''] = shown.split('/', 1);
  return word.slice(0, start) + shown.slice(host.lastIndexOf('@') + 1);
}
