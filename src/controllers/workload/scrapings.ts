import type { BoundScraping } from '../../core/status/bindings.ts';

/** What is to be said of the targets of objects, by "Kind namespace/name". */
export type ScrapingsOf = ReadonlyMap<string, BoundScraping>;

/**
 * What is known of the targets of what each workload selects, for the condition Scraping of bindings. In memory: after a restart what
 * stands there is kept until it is told anew.
 */
export class Scrapings {
  readonly #byKey = new Map<string, ScrapingsOf>();
  readonly #wakeSync: (key: string) => void;
  /** False: nobody tells, and there are no such conditions. */
  readonly isTold: boolean;

  /** @param wakeSync writes the bindings of a workload */
  constructor(isTold: boolean, wakeSync: (key: string) => void) {
    this.isTold = isTold;
    this.#wakeSync = wakeSync;
  }

  /** @param key of the workload, "namespace/name" */
  tell(key: string, scrapings: ScrapingsOf): void {
    this.#byKey.set(key, scrapings);
    this.#wakeSync(key);
  }

  /** What the binding of an object to the workload says. @param id "Kind namespace/name" */
  find(key: string, id: string): BoundScraping | 'keep' | undefined {
    return this.isTold ? (this.#byKey.get(key)?.get(id) ?? 'keep') : undefined;
  }

  forget(key: string): void {
    this.#byKey.delete(key);
  }
}
