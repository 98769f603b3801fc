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
  readonly text: string;
  /** How often a pattern comes in the text. */
  readonly counts: Map<string, number>;
}

/** Watches the Secrets of one configuration, one or several, and lets others wait until their texts are as they want them. */
export class ConfigObserver {
  readonly #client: KubernetesClient;
  readonly #abort = new AbortController();
  readonly #parts = new Map<string, Part>();
  readonly #waiting = new Set<() => void>();

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
    for (const item of items) this.#take(name, item);
    const resourceVersion = metadata.resourceVersion;
    try {
      for await (const { object } of this.#client.watch<ConfigSecret>(secretType, { ...options, resourceVersion }))
        this.#take(name, object);
    } catch (error) {
      if (!this.#abort.signal.aborted) throw error;
    }
  }

  /** Resolves with the time (performance.now) at which the pattern was first seen so often. */
  async waitFor(pattern: string, times: number): Promise<number> {
    while (this.#count(pattern) !== times) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    return performance.now();
  }

  stop(): void {
    this.#abort.abort(new Error('stopped'));
  }

  #count(pattern: string): number {
    let sum = 0;
    for (const { text, counts } of this.#parts.values()) {
      const count = counts.get(pattern) ?? text.split(pattern).length - 1;
      counts.set(pattern, count);
      sum += count;
    }
    return sum;
  }

  #take(name: string, { metadata, data = {} }: ConfigSecret): void {
    const own = metadata.name ?? '';
    if (own !== name && !own.startsWith(`${name}-scrape-configs`)) return;
    const [value = ''] = Object.values(data);
    const bytes = Buffer.from(value, 'base64');
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = (isPacked ? gunzipSync(bytes) : bytes).toString('utf8');
    this.#parts.set(own, { bytes: bytes.length, text, counts: new Map() });
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
