import { gzipSync } from 'node:zlib';

/** What is served of one question; the same object until the targets change. */
export class ServedAnswer {
  readonly body: Buffer;
  #packed: Buffer | undefined;

  /** @param body JSON, as `http_sd_configs` reads it. */
  constructor(body: string | Buffer) {
    this.body = Buffer.from(body);
  }

  /** The body as gzip; packed once. */
  get packed(): Buffer {
    this.#packed ??= gzipSync(this.body, { level: 1 });
    return this.#packed;
  }
}

/** What may be said to a question. */
export type Answer =
  /** `asOf`: milliseconds since 1970 of the state of the cluster that it shows. */
  | { readonly state: 'known'; readonly answer: ServedAnswer; readonly asOf: number }
  /** There is no such workload or job. */
  | { readonly state: 'absent' }
  /** Its targets are being looked for. */
  | { readonly state: 'filling' };
