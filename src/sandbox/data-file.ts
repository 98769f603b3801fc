/** State in a file: read once, written while it changes. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Clock, Timer } from '../base/clock.ts';
import { describeError } from '../base/errors.ts';
import type { ApiObject } from './api.ts';
import type { Store, StoreSnapshot } from './store/store.ts';
import { saveMs } from './limits.ts';

export class DataFile {
  readonly #path: string;
  readonly #store: Store;
  readonly #clock: Clock;
  #saved = 0;
  #timer: Timer | undefined;

  constructor(path: string, store: Store, clock: Clock) {
    this.#path = path;
    this.#store = store;
    this.#clock = clock;
  }

  /** Restores what the file holds, if it exists. @throws {Error} when it is no snapshot. */
  load(keyOf: (object: ApiObject) => string): void {
    if (!existsSync(this.#path)) return;
    try {
      this.#store.restore(JSON.parse(readFileSync(this.#path, 'utf8')) as StoreSnapshot, keyOf);
    } catch (error) {
      throw new Error(`Cannot read the data file "${this.#path}": ${describeError(error)}; remove it to begin anew`, {
        cause: error,
      });
    }
  }

  /** Writes the file every two seconds while something changes. */
  start(): void {
    this.#timer = this.#clock.schedule(saveMs, () => {
      this.#save();
      this.start();
    });
  }

  close(): void {
    this.#timer?.cancel();
    this.#save();
  }

  /** The old file stays whole until the new one is. */
  #save(): void {
    const { revision } = this.#store;
    if (revision === this.#saved) return;
    const temporary = `${this.#path}.new`;
    writeFileSync(temporary, JSON.stringify(this.#store.snapshot()), { mode: 0o600 });
    renameSync(temporary, this.#path);
    this.#saved = revision;
  }
}
