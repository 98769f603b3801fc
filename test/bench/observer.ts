import { gunzipSync } from 'node:zlib';
import { secretType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';

export interface ConfigSecret extends KubernetesObject {
  data?: Record<string, string>;
}

/** What is known of one Secret of the configuration. */
interface Part {
  readonly bytes: number;
  readonly data: string;
  /** Unpacked when somebody asks. */
  text: Buffer | undefined;
  /** How often a pattern comes in the text. */
  readonly counts: Map<string, number>;
}

/** A pattern and how often it is to come, all Secrets together. */
interface Wish {
  readonly pattern: string;
  readonly times: number;
  readonly grant: (arrivedAt: number) => void;
}

/** Watches the Secrets of one configuration, one or several, and lets others wait until their texts are as they want them. */
export class ConfigObserver {
  readonly #client: KubernetesClient;
  readonly #abort = new AbortController();
  readonly #parts = new Map<string, Part>();
  readonly #wishes = new Set<Wish>();
  #arrivedAt = 0;

  constructor(client: KubernetesClient) {
    this.#client = client;
  }

  /** Sizes of what is in the Secrets. */
  get sizes(): number[] {
    return [...this.#parts.values()].map(({ bytes }) => bytes);
  }

  /** @param name of the one Secret; what those of further files begin with */
  async run(namespace: string, name: string): Promise<void> {
    const options = { namespace, signal: this.#abort.signal };
    const { items, metadata } = await this.#client.list<ConfigSecret>(secretType, options);
    for (const item of items) this.#take(name, item, false);
    const resourceVersion = metadata.resourceVersion;
    try {
      for await (const { type, object } of this.#client.watch<ConfigSecret>(secretType, {
        ...options,
        resourceVersion,
      }))
        this.#take(name, object, type === 'DELETED');
    } catch (error) {
      if (!this.#abort.signal.aborted) throw error;
    }
  }

  /**
   * Resolves with the time (performance.now) at which the Secret arrived with which the pattern was there so often: unpacking and counting
   * are the bench's work, not the operator's. Undefined when the signal ends first.
   */
  waitFor(pattern: string, times: number, signal?: AbortSignal): Promise<number | undefined> {
    return new Promise((resolve) => {
      const wish: Wish = { pattern, times, grant: resolve };
      this.#wishes.add(wish);
      signal?.addEventListener('abort', () => {
        this.#wishes.delete(wish);
        resolve(undefined);
      });
      this.#grant();
    });
  }

  stop(): void {
    this.#abort.abort(new Error('stopped'));
  }

  #grant(): void {
    for (const wish of this.#wishes) {
      if (this.#count(wish.pattern) !== wish.times) continue;
      this.#wishes.delete(wish);
      wish.grant(this.#arrivedAt);
    }
  }

  #count(pattern: string): number {
    let sum = 0;
    for (const part of this.#parts.values()) {
      const { counts } = part;
      const count = counts.get(pattern) ?? countIn(unpack(part), pattern);
      counts.set(pattern, count);
      sum += count;
    }
    return sum;
  }

  #take(name: string, { metadata, data = {} }: ConfigSecret, isGone: boolean): void {
    const own = metadata.name ?? '';
    if (own !== name && !own.startsWith(`${name}-scrape-configs`)) return;
    this.#arrivedAt = performance.now();
    const [value = ''] = Object.values(data);
    const bytes = Buffer.byteLength(value, 'base64');
    if (isGone) this.#parts.delete(own);
    else this.#parts.set(own, { bytes, data: value, text: undefined, counts: new Map() });
    this.#grant();
  }
}

function unpack(part: Part): Buffer {
  if (part.text !== undefined) return part.text;
  const bytes = Buffer.from(part.data, 'base64');
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  part.text = isPacked ? gunzipSync(bytes) : bytes;
  return part.text;
}

function countIn(text: Buffer, pattern: string): number {
  const wanted = Buffer.from(pattern);
  let count = 0;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) count += 1;
  return count;
}
