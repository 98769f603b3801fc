/** One request through throttle, deadline, metrics and retries, to a decoded answer. */
import { sleep } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';
import { silentLogger } from '../../base/logger.ts';
import type { Logger } from '../../base/logger.ts';
import type { ClientConfig } from './client-config.ts';
import type { ClientMetrics, ClientOptions } from './client.ts';
import { Deadline } from './deadline.ts';
import { createAnswerError } from './error-answer.ts';
import { isTransport, isUnauthorized, ApiError, TransportError } from './errors.ts';
import { Throttle } from './throttle.ts';
import { Transport, describeFailure } from './transport.ts';
import { readAtMost } from './read-at-most.ts';
import type { Carrier, TransportRequest, TransportResponse } from './transport.ts';
import { defaultRequestTimeoutMs, longestRetryAfterMs, rememberedWarnings, requestRetries } from '../limits.ts';

export interface RequestSpec {
  readonly method: TransportRequest['method'];
  readonly path: string;
  /** For metrics: the path without names. */
  readonly endpoint: string;
  readonly query?: URLSearchParams | undefined;
  readonly accept?: string | undefined;
  readonly contentType?: string | undefined;
  readonly body?: unknown;
  /** Of the answer; absent: no bound. */
  readonly mostBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly beforeSend?: (() => void) | undefined;
}

export interface StreamSpec extends RequestSpec {
  readonly silenceMs?: number | undefined;
  readonly onOpen?: (() => void) | undefined;
}

export interface Answer {
  readonly status: number;
  /** Parsed JSON; the text itself when it is none. */
  readonly body: unknown;
}

export class Requester {
  readonly #server: string;
  readonly #transport: Carrier;
  readonly #throttle: Throttle;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #metrics: ClientMetrics;
  readonly #userAgent: string;
  readonly #timeoutMs: number;
  readonly #warned = new Set<string>();

  constructor(config: ClientConfig, options: ClientOptions) {
    const {
      clock,
      qps = 0,
      burst = Math.max(1, Math.ceil(qps * 2)),
      requestTimeoutMs = defaultRequestTimeoutMs,
    } = options;
    this.#server = config.server;
    this.#transport = options.carrier ?? new Transport(config);
    this.#throttle = new Throttle({ qps, burst, clock });
    this.#clock = clock;
    this.#logger = options.logger ?? silentLogger;
    this.#metrics = options.metrics ?? {};
    this.#userAgent = options.userAgent;
    this.#timeoutMs = requestTimeoutMs;
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  /** Sends, retries as `createClient` promises, and decodes. */
  async fetch(spec: RequestSpec): Promise<Answer> {
    let refresh = false;
    for (let retries = 0; ; retries += 1) {
      try {
        return await this.#attempt(spec, refresh);
      } catch (error) {
        const waitMs = retries < requestRetries ? retryDelay(error, spec, { retries, refreshed: refresh }) : undefined;
        if (waitMs === undefined) throw error;
        refresh = isUnauthorized(error);
        if (waitMs > 0) await sleep(this.#clock, waitMs, spec.signal);
      }
    }
  }

  /** Opens a stream. The chunks end with the server's end, or throw: TransportError, or the signal's reason. */
  async *stream(spec: StreamSpec): AsyncGenerator<Uint8Array, void, undefined> {
    const deadline = new Deadline(this.#clock, spec.signal);
    try {
      const { body } = await this.#openStream({ ...spec, isStream: true }, deadline);
      const { silenceMs } = spec;
      spec.onOpen?.();
      let touch = (): void => undefined;
      if (silenceMs === undefined) deadline.disarm();
      else
        touch = deadline.armSilence(silenceMs, () => this.#createTimeout(`The watch was silent for ${silenceMs} ms`));
      for await (const chunk of body) {
        touch();
        yield chunk;
      }
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw describeFailure(error, deadline.signal, { server: this.#server });
    } finally {
      deadline.release();
    }
  }

  /** With new credentials when the first ones are refused, as for any request. */
  async #openStream(spec: RequestSpec & { isStream: boolean }, deadline: Deadline): Promise<TransportResponse> {
    try {
      return await this.#open(spec, deadline, false);
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      return this.#open(spec, deadline, true);
    }
  }

  async #attempt(spec: RequestSpec, refresh: boolean): Promise<Answer> {
    const deadline = new Deadline(this.#clock, spec.signal);
    try {
      const response = await this.#open(spec, deadline, refresh);
      const { body } = response;
      const text = await (spec.mostBytes === undefined ? body.text() : readAtMost(body, spec.mostBytes));
      return { status: response.statusCode, body: parseBody(text) };
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw describeFailure(error, deadline.signal, { server: this.#server });
    } finally {
      deadline.release();
    }
  }

  /** The head of the answer; rejects with an ApiError for a status of 400 or more. */
  async #open(
    spec: RequestSpec & { isStream?: boolean },
    deadline: Deadline,
    refresh: boolean,
  ): Promise<TransportResponse> {
    const { method, endpoint } = spec;
    const waitedMs = await this.#throttle.acquire(deadline.signal);
    this.#metrics.observeThrottle?.({ method, endpoint, waitedMs });
    deadline.arm(this.#timeoutMs, () => this.#createTimeout(`No answer within ${this.#timeoutMs} ms`));
    const startedAt = this.#clock.monotonic();
    const observe = (status: string): void =>
      this.#metrics.observeRequest?.({ method, endpoint, status, durationMs: this.#clock.monotonic() - startedAt });
    let response: TransportResponse;
    try {
      const beforeSend = (): void => askLeave(spec, deadline);
      response = await this.#transport.send({ ...this.#describe(spec), signal: deadline.signal, beforeSend }, refresh);
    } catch (error) {
      observe('<error>');
      throw error;
    }
    observe(String(response.statusCode));
    this.#showWarnings(response);
    if (response.statusCode < 400) return response;
    const [text, retryAfter] = [await response.body.text(), headerOf(response, 'retry-after')];
    throw createAnswerError({ httpStatus: response.statusCode, text, retryAfter }, this.#clock.now());
  }

  #describe(spec: RequestSpec & { isStream?: boolean }): Omit<TransportRequest, 'signal' | 'beforeSend'> {
    const query = spec.query?.toString() ?? '';
    const { body, contentType = 'application/json' } = spec;
    return {
      method: spec.method,
      path: query === '' ? spec.path : `${spec.path}?${query}`,
      headers: {
        accept: spec.accept ?? 'application/json',
        'user-agent': this.#userAgent,
        ...(body === undefined ? {} : { 'content-type': contentType }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      isStream: spec.isStream ?? false,
    };
  }

  /** Warnings of the API server (deprecated API, unknown field) are shown once each. */
  #showWarnings(response: TransportResponse): void {
    const text = headerOf(response, 'warning');
    if (text === undefined || this.#warned.has(text) || this.#warned.size >= rememberedWarnings) return;
    this.#warned.add(text);
    this.#logger.warn('The API server warns', { warning: text.replace(/^299 - "?|"$/g, '') });
  }

  #createTimeout(what: string): TransportError {
    return new TransportError(`${what} from the API server at "${this.#server}"`, 'timeout', { server: this.#server });
  }
}

/** Whoever asked for the request may take it back at the last moment: it ends as if its signal had been aborted. */
function askLeave({ beforeSend }: RequestSpec, deadline: Deadline): void {
  try {
    beforeSend?.();
  } catch (error) {
    deadline.abort(error as Error);
    throw error;
  }
}

/** How long to wait before the next try, in milliseconds; undefined: no next try. */
function retryDelay(
  error: unknown,
  spec: RequestSpec,
  { retries, refreshed }: { readonly retries: number; readonly refreshed: boolean },
): number | undefined {
  if (isUnauthorized(error)) return refreshed ? undefined : 0;
  if (isTransport(error)) {
    const isSafe = spec.method === 'GET' && error.failure === 'reset';
    return isSafe && retries === 0 ? 0 : undefined;
  }
  if (!(error instanceof ApiError) || !isRetryable(error.status, spec.method)) return undefined;
  const ms = (error.retryAfterSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  return ms <= longestRetryAfterMs ? ms : undefined;
}

/** A write is repeated only when the server surely did not carry it out. */
function isRetryable(status: number, method: RequestSpec['method']): boolean {
  return status === 429 || status === 503 || (status >= 500 && method === 'GET');
}

function headerOf(response: TransportResponse, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
