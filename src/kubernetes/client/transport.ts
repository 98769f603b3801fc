/** Bytes to and from one API server over one pool of connections. */
import { Agent, ProxyAgent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { describeError } from '../../base/errors.ts';
import type { ClientConfig, Credentials, TlsOptions } from './client-config.ts';
import { connectOptions, createConnector } from './connector.ts';
import { TransportError } from './errors.ts';
import type { TransportFailure } from './errors.ts';
import { idleConnectionMs, longestIdleConnectionMs, requestConnections } from '../limits.ts';

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with query, below the server's address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
  /** The answer is a stream without end. */
  readonly isStream: boolean;
  /** Throws when the request must not be sent; called when all else is ready. */
  readonly beforeSend: () => void;
}

/** The head of an answer, and its body: as a stream of chunks, or all of it as text. */
export interface TransportResponse extends Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'> {
  readonly body: AsyncIterable<Uint8Array> & { text(): Promise<string> };
}

/** What carries requests to one API server: sockets, or a call where the server lives in the same process. */
export interface Carrier {
  /**
   * @param refresh get new credentials first: the last ones were refused.
   * @throws {TransportError} when no answer came; the signal's reason when it was aborted.
   */
  send(message: TransportRequest, refresh?: boolean): Promise<TransportResponse>;
  /** Ends all requests and connections. */
  close(): Promise<void>;
}

interface Pools {
  /** Bounded: a burst of a thousand writes must not open a thousand connections. */
  readonly requests: Dispatcher;
  /** Not bounded: a watch that waited for another watch to end would wait for minutes. */
  readonly streams: Dispatcher;
  /** Resolves when what is under way has ended. */
  finish(): Promise<void>;
  /** Ends what is under way. */
  destroy(): Promise<void>;
}

/**
 * HTTP/1.1 with keep-alive: a connection a watch, a few for the rest.
 * HTTP/2 stays off (undici's `allowH2`): see README.md, "One pool".
 */
export class Transport implements Carrier {
  readonly #config: ClientConfig;
  #pools: Pools | undefined;
  #tls: TlsOptions | undefined;
  readonly #retired = new Set<Pools>();
  #closed = false;

  constructor(config: ClientConfig) {
    this.#config = config;
  }

  /**
   * @param refresh get new credentials first: the last ones were refused.
   * @throws {TransportError} when no answer came; the signal's reason when it was aborted.
   */
  async send(message: TransportRequest, refresh = false): Promise<TransportResponse> {
    const { method, path, headers, body, signal, isStream, beforeSend } = message;
    const { server, title } = this.#config;
    const credentials = await untilAborted(this.#config.applyAuth({ refresh }), signal);
    try {
      const { requests, streams } = this.#connect(credentials);
      beforeSend();
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
      throw describeFailure(error, signal, { server, title });
    }
  }

  /** Ends all requests and connections. */
  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#retired, ...(this.#pools === undefined ? [] : [this.#pools])];
    this.#pools = undefined;
    await Promise.all(all.map((pools) => pools.destroy()));
  }

  /** The pools for these credentials; new ones when certificates have changed, the old ones end with their last request. */
  #connect({ tls }: Credentials): Pools {
    if (this.#closed) throw new TransportError('Cannot send a request: the client is closed', 'closed');
    if (this.#pools !== undefined && isSame(tls, this.#tls)) return this.#pools;
    if (this.#pools !== undefined) this.#retire(this.#pools);
    this.#tls = tls;
    this.#pools = createPools(tls, this.#config.proxyUrl);
    return this.#pools;
  }

  #retire(pools: Pools): void {
    this.#retired.add(pools);
    const forget = (): boolean => this.#retired.delete(pools);
    pools.finish().then(forget, forget);
  }
}

/** The server drops idle connections after 90 s: leave well before, so that no request meets a closing socket. */
const keepAlive = { keepAliveTimeout: idleConnectionMs, keepAliveMaxTimeout: longestIdleConnectionMs };

function createPools(tls: TlsOptions, proxyUrl: string | undefined): Pools {
  const connector = createConnector(tls);
  const createPool = (connections: number | null): Dispatcher => {
    const options = { ...keepAlive, connections };
    if (proxyUrl === undefined) return new Agent({ ...options, connect: connector.connect });
    return new ProxyAgent({ ...options, uri: proxyUrl, requestTls: { ...tls, ...connectOptions } });
  };
  const requests = createPool(requestConnections);
  const streams = createPool(null);
  return {
    requests,
    streams,
    finish: async () => {
      await Promise.all([requests.close(), streams.close()]);
    },
    destroy: async () => {
      const ended = Promise.all([requests.destroy(), streams.destroy()]);
      connector.abandon();
      await ended;
    },
  };
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
export function describeFailure(
  error: unknown,
  signal: AbortSignal,
  { server, title = 'the API server' }: { readonly server: string; readonly title?: string | undefined },
): Error {
  if (signal.aborted) return signal.reason as Error;
  if (error instanceof TransportError) return error;
  const code = codeOf(error);
  const isTls = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code);
  const failure = failures[code] ?? (isTls ? 'tls' : 'other');
  const text = describeError(error);
  const what = text === '' || text === 'AggregateError' ? code : text;
  return new TransportError(`Cannot reach ${title} at "${server}": ${what}`, failure, { cause: error, server });
}

function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return '';
}
