import { gunzipSync } from 'node:zlib';
import { secretType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';

export interface ConfigSecret extends KubernetesObject {
  data?: Record<string, string>;
}

/** Watches one Secret and lets others wait until its text is as they want it. */
export class SecretObserver {
  readonly #client: KubernetesClient;
  readonly #abort = new AbortController();
  #text = '';
  #bytes = 0;
  readonly #waiting = new Set<() => void>();

  constructor(client: KubernetesClient) {
    this.#client = client;
  }

  /** Size of the compressed config. */
  get bytes(): number {
    return this.#bytes;
  }

  async run(namespace: string, name: string): Promise<void> {
    const options = { namespace, fieldSelector: `metadata.name=${name}`, signal: this.#abort.signal };
    const { items, metadata } = await this.#client.list<ConfigSecret>(secretType, options);
    for (const item of items) this.#take(item);
    const resourceVersion = metadata.resourceVersion;
    try {
      for await (const { object } of this.#client.watch<ConfigSecret>(secretType, { ...options, resourceVersion }))
        this.#take(object);
    } catch (error) {
      if (!this.#abort.signal.aborted) throw error;
    }
  }

  /** Resolves with the time (performance.now) at which the text was first seen to be as wanted. */
  async waitFor(isWanted: (text: string) => boolean): Promise<number> {
    while (!isWanted(this.#text)) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    return performance.now();
  }

  stop(): void {
    this.#abort.abort(new Error('stopped'));
  }

  #take({ data = {} }: ConfigSecret): void {
    const bytes = Buffer.from(data['prometheus.yaml.gz'] ?? '', 'base64');
    this.#bytes = bytes.length;
    this.#text = bytes.length === 0 ? '' : gunzipSync(bytes).toString('utf8');
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
