import { scrapingRecountMs, scrapingsAtOnce } from '../limits.ts';
import type { ScrapingVerdict } from './judge-scraping.ts';

interface Published {
  readonly verdict: ScrapingVerdict;
  /** Of the clock that is handed in, in milliseconds. */
  readonly at: number;
}

/**
 * What bindings say of the scrapes of objects, and when they say something else: at once when the truth or the reason is another (where it
 * is not True, once two looks in a row have found it so), for other counts after `scrapingRecountMs`, and of `scrapingsAtOnce` objects at a time.
 */
export class ScrapingLedger {
  readonly #published = new Map<string, Published>();
  /** What the last look found and was not believed yet: status and reason, by object. */
  #doubted: ReadonlyMap<string, string> = new Map();

  /**
   * @param found by object; those that are missing are forgotten.
   * @returns what bindings should say now; undefined: what they say already.
   */
  take(found: ReadonlyMap<string, ScrapingVerdict>, now: number): ReadonlyMap<string, ScrapingVerdict> | undefined {
    const doubted = new Map<string, string>();
    let changes = 0;
    for (const [object, verdict] of found) {
      if (!this.#isNews(object, verdict, { now, doubted })) continue;
      if (changes >= scrapingsAtOnce) break;
      changes += 1;
      this.#published.set(object, { verdict, at: now });
    }
    for (const object of this.#published.keys()) if (!found.has(object)) this.#published.delete(object);
    this.#doubted = doubted;
    return changes === 0 ? undefined : this.list();
  }

  /** Whether anything of it would have to be seen once more to be believed. */
  isDoubtful(found: ReadonlyMap<string, ScrapingVerdict>): boolean {
    for (const [object, verdict] of found)
      if (this.#mustBeSeenTwice(object, verdict) && this.#doubted.get(object) !== gistOf(verdict)) return true;
    return false;
  }

  list(): ReadonlyMap<string, ScrapingVerdict> {
    return new Map([...this.#published].map(([object, { verdict }]) => [object, verdict]));
  }

  #mustBeSeenTwice(object: string, verdict: ScrapingVerdict): boolean {
    return verdict.reason !== 'TargetsUp' && gistOf(this.#published.get(object)?.verdict) !== gistOf(verdict);
  }

  #isNews(
    object: string,
    verdict: ScrapingVerdict,
    { now, doubted }: { readonly now: number; readonly doubted: Map<string, string> },
  ): boolean {
    const before = this.#published.get(object);
    const gist = gistOf(verdict);
    if (before !== undefined && gist === gistOf(before.verdict))
      return before.verdict.message !== verdict.message && now - before.at >= scrapingRecountMs;
    if (verdict.reason === 'TargetsUp' || this.#doubted.get(object) === gist) return true;
    doubted.set(object, gist);
    return false;
  }
}

const gistOf = (verdict: ScrapingVerdict | undefined): string =>
  verdict === undefined ? '' : `${verdict.status} ${verdict.reason}`;
