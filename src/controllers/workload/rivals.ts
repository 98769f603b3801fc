import type { KubernetesObject } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { inputHashAnnotation } from '../../core/render/shared/input-hash.ts';
import { rivalMemoryMs, rivalWrites } from '../limits.ts';

interface Watched {
  /** As we wrote it last. */
  readonly hash: string | undefined;
  /** What the cache held when we wrote: it may show that for a while. */
  readonly superseded: string | undefined;
  /** The last state with a hash that is not ours. */
  foreign: string | undefined;
  /** When somebody replaced our hash, by the monotonic clock. */
  readonly times: number[];
}

const hashOf = ({ metadata }: KubernetesObject): string | undefined => metadata.annotations?.[inputHashAnnotation];
const keyOf = ({ namespace = '', name = '' }: KubernetesObject['metadata']): string => `${namespace}/${name}`;

/**
 * Notices another operator on the same sets: only operators write the annotation with the hash, so one that is replaced
 * again and again after each of our writes is the work of a second one.
 */
export class RivalWatch {
  readonly #clock: Clock;
  readonly #watched = new Map<string, Watched>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Remembers what the server answered to a write. @param superseded the resourceVersion in the cache at that time. */
  note(written: KubernetesObject, superseded: string | undefined): void {
    const key = keyOf(written.metadata);
    const times = this.#watched.get(key)?.times ?? [];
    this.#watched.set(key, { hash: hashOf(written), superseded, foreign: undefined, times });
  }

  /** Whether somebody else keeps changing the set, and whether that was found just now. @param live as the cache has it. */
  judge(live: KubernetesObject | undefined): 'ours' | 'contested' | 'newly-contested' {
    const watched = live === undefined ? undefined : this.#watched.get(keyOf(live.metadata));
    if (live === undefined || watched === undefined) return 'ours';
    const { resourceVersion } = live.metadata;
    const now = this.#clock.monotonic();
    const isNews = resourceVersion !== watched.superseded && resourceVersion !== watched.foreign;
    while ((watched.times[0] ?? now) < now - rivalMemoryMs) watched.times.shift();
    if (hashOf(live) === watched.hash || !isNews) return watched.times.length < rivalWrites ? 'ours' : 'contested';
    watched.foreign = resourceVersion;
    watched.times.push(now);
    if (watched.times.length < rivalWrites) return 'ours';
    return watched.times.length === rivalWrites ? 'newly-contested' : 'contested';
  }

  /** For workloads that are gone. */
  forget(namespace: string, prefix: string): void {
    for (const key of this.#watched.keys()) if (key.startsWith(`${namespace}/${prefix}`)) this.#watched.delete(key);
  }
}
