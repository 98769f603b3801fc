import type { Clock } from '../../src/base/clock.ts';
import { TransportError } from '../../src/kubernetes/client/errors.ts';
import type { Carrier, TransportRequest, TransportResponse } from '../../src/kubernetes/client/transport.ts';
import type { Handler } from '../../src/sandbox/http/api-handler.ts';
import type { ApiResponse, StreamBody } from '../../src/sandbox/http/message.ts';

export interface LoopbackOptions {
  readonly handle: Handler;
  readonly token: string;
  /** Of the network: messages in flight arrive although their sender was killed. */
  readonly clock: Clock;
  /** Numbers in [0, 1), for delays. */
  readonly random: () => number;
  /** Called with each write when it arrives at the server, and when it has been carried out. */
  readonly onWrite?: ((moment: 'arrived' | 'answered') => void) | undefined;
}

/** Longest time, in milliseconds, that a message is on its way. */
const longestDelayMs = 4;

/**
 * Carries requests to a sandbox in the same process: without sockets, but with a network's delays, so that answers and
 * events overtake one another as they do in life. What breaks a connection breaks the request; what hangs, hangs.
 */
export class Loopback implements Carrier {
  readonly #options: LoopbackOptions;
  readonly #streams = new Set<() => void>();
  #dead = false;

  constructor(options: LoopbackOptions) {
    this.#options = options;
  }

  send(message: TransportRequest): Promise<TransportResponse> {
    const { signal, beforeSend } = message;
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      beforeSend();
      if (this.#dead) return;
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      this.#later(() => {
        this.#deliver(message).then(resolve, reject);
      });
    });
  }

  close(): Promise<void> {
    this.kill();
    return Promise.resolve();
  }

  /** The process is gone: no answer reaches it, and the server sees its connections end. */
  kill(): void {
    this.#dead = true;
    for (const stop of this.#streams) stop();
    this.#streams.clear();
  }

  async #deliver(message: TransportRequest): Promise<TransportResponse> {
    const { method, path, headers, body, signal } = message;
    const { handle, token, onWrite } = this.#options;
    const isWrite = method !== 'GET';
    if (isWrite) onWrite?.('arrived');
    const authorized = { ...headers, authorization: `Bearer ${token}` };
    const answer = await handle({ method, url: path, headers: authorized, ...(body === undefined ? {} : { body }) });
    if (isWrite) onWrite?.('answered');
    const response = this.#open(answer, signal);
    await new Promise<void>((resolve) => this.#later(resolve));
    if (this.#dead) return new Promise(() => undefined);
    response.body.begin();
    return { statusCode: answer.status, headers: answer.headers, body: response.body };
  }

  #open({ body }: ApiResponse, signal: AbortSignal): { body: Chunks } {
    const chunks = new Chunks(signal);
    if (typeof body === 'string' || Buffer.isBuffer(body)) {
      chunks.push(Buffer.from(body));
      chunks.end();
    } else this.#follow(body, chunks, signal);
    return { body: chunks };
  }

  /** Pieces of a stream arrive late, but in order. */
  #follow(body: StreamBody, chunks: Chunks, signal: AbortSignal): void {
    const { clock, random } = this.#options;
    let lastAt = clock.monotonic();
    const inOrder = (act: () => void): void => {
      lastAt = Math.max(lastAt, clock.monotonic() + Math.floor(random() * longestDelayMs));
      clock.schedule(lastAt - clock.monotonic(), () => {
        if (!this.#dead) act();
      });
    };
    const stop = body.start({
      write: (text) => inOrder(() => chunks.push(Buffer.from(text))),
      end: () => inOrder(() => chunks.end()),
      abort: () => inOrder(() => chunks.break()),
    });
    const forget = (): void => {
      this.#streams.delete(forget);
      stop();
    };
    this.#streams.add(forget);
    if (signal.aborted) forget();
    else signal.addEventListener('abort', forget, { once: true });
  }

  #later(act: () => void): void {
    const { clock, random } = this.#options;
    clock.schedule(Math.floor(random() * longestDelayMs), () => {
      if (!this.#dead) act();
    });
  }
}

/** The body of one answer, read once: as text or piece by piece. */
class Chunks implements AsyncIterable<Uint8Array> {
  readonly #signal: AbortSignal;
  readonly #waiting: Uint8Array[] = [];
  #wake: () => void = () => undefined;
  #state: 'open' | 'ended' | 'broken' = 'open';

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  push(chunk: Uint8Array): void {
    if (this.#state !== 'open') return;
    this.#waiting.push(chunk);
    this.#wake();
  }

  end(): void {
    this.#state = 'ended';
    this.#wake();
  }

  break(): void {
    this.#state = 'broken';
    this.#wake();
  }

  /** From now on somebody reads. @throws {TransportError} when the connection broke before a byte of it came. */
  begin(): void {
    this.#signal.addEventListener('abort', () => this.#wake(), { once: true });
    if (this.#state === 'broken' && this.#waiting.length === 0) throw createReset();
  }

  async text(): Promise<string> {
    const parts: Uint8Array[] = [];
    for await (const chunk of this) parts.push(chunk);
    return Buffer.concat(parts).toString();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      this.#signal.throwIfAborted();
      const chunk = this.#waiting.shift();
      if (chunk !== undefined) yield chunk;
      else if (this.#state === 'ended') return;
      else if (this.#state === 'broken') throw createReset();
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

function createReset(): TransportError {
  return new TransportError('Cannot reach the API server: read ECONNRESET', 'reset');
}
