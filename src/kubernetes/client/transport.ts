/** Bytes to and from one API server over one pool of connections. */
import { Agent, ProxyAgent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { describeError } from '../../base/errors.ts';
import type { ClientConfig, Credentials, TlsOptions } from './client-config.ts';
import { TransportError } from './errors.ts';
import type { TransportFailure } from './errors.ts';

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with query, below the server's address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
  /** The answer is a stream without end. */
  readonly isStream: boolean;
}

export type TransportResponse = Dispatcher.ResponseData;

const requestConnections = 16;

interface Pools {
  /** Bounded: a burst of a thousand writes must not open a thousand connections. */
  readonly requests: Dispatcher;
  /** Not bounded: a watch that waited for another watch to end would wait for minutes. */
  readonly streams: Dispatcher;
}

/**
 * HTTP/1.1 with keep-alive: a connection a watch, a few for the rest.
 * HTTP/2 stays off (undici's `allowH2`): see README.md, "One pool".
 */
export class Transport {
  readonly #config: ClientConfig;
  #pools: Pools | undefined;
  #tls: TlsOptions | undefined;
  readonly #retired = new Set<Dispatcher>();
  #closed = false;

  constructor(config: ClientConfig) {
    this.#config = config;
  }

  /**
   * @param refresh get new credentials first: the last ones were refused.
   * @throws {TransportError} when no answer came; the signal's reason when it was aborted.
   */
  async send(message: TransportRequest, refresh = false): Promise<TransportResponse> {
    const { method, path, headers, body, signal, isStream } = message;
    const { server } = this.#config;
    const credentials = await untilAborted(this.#config.applyAuth({ refresh }), signal);
    try {
      const { requests, streams } = this.#connect(credentials);
      const response = request(`${server}${path}`, {
        dispatcher: isStream ? streams : requests,
        method,
        headers: { ...headers, ...credentials.headers },
        body: body ?? null,
        signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      // undici looks at the signal only once it is connected, which may take seconds with a server that hangs.
      return await untilAborted(response, signal);
    } catch (error) {
      throw describeFailure(error, server, signal);
    }
  }

  /** Ends all requests and connections. */
  async close(): Promise<void> {
    this.#closed = true;
    const pools = [...this.#retired, ...Object.values<Dispatcher>({ ...this.#pools })];
    this.#pools = undefined;
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  /** The pools for these credentials; new ones when certificates have changed, the old ones end with their last request. */
  #connect({ tls }: Credentials): Pools {
    if (this.#closed) throw new TransportError('Cannot send a request: the client is closed', 'closed');
    if (this.#pools !== undefined && isSame(tls, this.#tls)) return this.#pools;
    Object.values<Dispatcher>({ ...this.#pools }).forEach((pool) => this.#retire(pool));
    const { proxyUrl } = this.#config;
    this.#tls = tls;
    this.#pools = { requests: createPool(tls, proxyUrl, requestConnections), streams: createPool(tls, proxyUrl, null) };
    return this.#pools;
  }

  #retire(pool: Dispatcher): void {
    this.#retired.add(pool);
    const forget = (): boolean => this.#retired.delete(pool);
    pool.close().then(forget, forget);
  }
}

function createPool(tls: TlsOptions, proxyUrl: string | undefined, connections: number | null): Dispatcher {
  // The server drops idle connections after 90 s: leave well before, so that no request meets a closing socket.
  const options = { connections, keepAliveTimeout: 30_000, keepAliveMaxTimeout: 60_000 };
  const connect = { ...tls, timeout: 10_000, keepAliveInitialDelay: 30_000 };
  if (proxyUrl === undefined) return new Agent({ ...options, connect });
  return new ProxyAgent({ ...options, uri: proxyUrl, requestTls: connect });
}

function isSame(left: TlsOptions, right: TlsOptions | undefined): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

/** Gives up waiting when the signal is aborted. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

const failures: Readonly<Record<string, TransportFailure>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_CLOSED: 'closed',
  UND_ERR_DESTROYED: 'closed',
};

/** What to throw for an error of undici or of the socket: the signal's reason, or a TransportError that names the server. */
export function describeFailure(error: unknown, server: string, signal: AbortSignal): Error {
  if (signal.aborted) return signal.reason as Error;
  if (error instanceof TransportError) return error;
  const code = codeOf(error);
  const isTls = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code);
  const failure = failures[code] ?? (isTls ? 'tls' : 'other');
  const text = describeError(error);
  const what = text === '' || text === 'AggregateError' ? code : text;
  return new TransportError(`Cannot reach the API server at "${server}": ${what}`, failure, { cause: error });
}

function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return '';
}
