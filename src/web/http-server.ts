/** An HTTP or HTTPS server around a fetch handler, whose certificate may change while it runs. */
import { createServer as createPlainServer } from 'node:http';
import type { IncomingMessage, Server as PlainServer, ServerResponse } from 'node:http';
import type { EventEmitter } from 'node:events';
import { createSecureServer } from 'node:http2';
import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse, Http2Session } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TlsOptions } from 'node:tls';
import { getRequestListener } from '@hono/node-server';
import type { Clock } from '../base/clock.ts';
import type { IdentitySource, ServerIdentity } from './identity.ts';
import type { TlsSettings } from './tls-settings.ts';
import { clientTimeoutMs, idleClientMs, longestTimeoutCheckMs } from './limits.ts';

export interface HttpServerOptions {
  /** ":8080", "127.0.0.1:8080", "[::1]:8080"; port 0 takes any. */
  readonly address: string;
  readonly fetch: (request: Request, exchange: Exchange) => Response | Promise<Response>;
  readonly clock: Clock;
  /** Offer HTTP/2; with TLS only. */
  readonly http2?: boolean;
  /** Plain HTTP when left out. */
  readonly tls?:
    | {
        readonly settings: TlsSettings;
        readonly identity: IdentitySource;
        /** Clients without a certificate of its CA are let in, too: who serves them asks `Exchange` for it. */
        readonly certificateOptional?: boolean;
      }
    | undefined;
  /** Time a client has to send its request whole, in milliseconds; 30,000 when left out, as in the reference. */
  readonly requestTimeoutMs?: number;
}

/** Node's own ends of a request: for what a `Request` and a `Response` do not show. */
export interface Exchange {
  readonly incoming: IncomingMessage | Http2ServerRequest;
  readonly outgoing: ServerResponse | Http2ServerResponse;
}

export interface HttpServer {
  /** Where it listens, such as "https://127.0.0.1:8443". */
  readonly url: string;
  /** Takes no more connections, lets requests under way end for `graceMs`, then cuts them off. */
  close(graceMs?: number): Promise<void>;
}

type AnyServer = PlainServer | TlsServer | Http2SecureServer;

/** Takes `Host:PORT` apart. @throws {RangeError} for what is none. */
function splitAddress(address: string): { readonly host?: string; readonly port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(address);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) throw new RangeError(`Cannot listen on "${address}": want HOST:PORT or :PORT`);
  const host = match[1] ?? match[2] ?? '';
  return { port, ...(host === '' ? {} : { host }) };
}

/**
 * Starts to serve.
 * @throws {RangeError} when the address is none.
 * @throws {Error} when it cannot be listened on.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { address, tls, clock } = options;
  const target = splitAddress(address);
  const server = createServer(options);
  const connections = trackConnections(server);
  const unsubscribe = tls?.identity.subscribe((identity) => {
    (server as TlsServer).setSecureContext(secureOptions(tls, identity));
  });
  await listen(server, target, address);
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${target.host?.includes(':') === true ? `[${target.host}]` : (target.host ?? '127.0.0.1')}:${port}`,
    close: async (graceMs = 0) => {
      unsubscribe?.();
      await closeServer(server, { connections, clock, graceMs });
    },
  };
}

function createServer(options: HttpServerOptions): AnyServer {
  const { tls, http2 = false } = options;
  const server = createBareServer(options);
  // Node closes the connection of who wants a tunnel, and says nothing.
  if (tls === undefined || !http2)
    server.on('connect', (_request: IncomingMessage, socket: Duplex) =>
      socket.end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
    );
  return server;
}

function createBareServer(options: HttpServerOptions): AnyServer {
  const { fetch, tls, http2 = false, requestTimeoutMs = clientTimeoutMs } = options;
  const handle = getRequestListener((request, exchange) => fetch(request, exchange));
  const listener = (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ): void => void handle(request, response);
  const times = {
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    keepAliveTimeout: idleClientMs,
    connectionsCheckingInterval: Math.min(longestTimeoutCheckMs, Math.ceil(requestTimeoutMs / 4)),
  };
  if (tls === undefined) return createPlainServer(times, listener);
  const secure = { ...secureOptions(tls, tls.identity.current), handshakeTimeout: requestTimeoutMs };
  return http2
    ? createSecureServer({ ...secure, allowHTTP1: true }, listener)
    : createTlsServer({ ...secure, ...times }, listener);
}

/** Whether clients need a certificate is settled as the server starts; of which CA may change. */
function secureOptions(tls: NonNullable<HttpServerOptions['tls']>, identity: ServerIdentity): TlsOptions {
  const { minVersion, ciphers, ecdhCurve } = tls.settings;
  const { certificate: cert, key, clientCa } = identity;
  return {
    minVersion,
    ...(ciphers === undefined ? {} : { ciphers, honorCipherOrder: true }),
    ...(ecdhCurve === undefined ? {} : { ecdhCurve }),
    cert,
    key,
    ...(clientCa === undefined
      ? {}
      : { ca: clientCa, requestCert: true, rejectUnauthorized: tls.certificateOptional !== true }),
  };
}

function listen(server: AnyServer, target: { host?: string; port: number }, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error) =>
      reject(new Error(`Cannot listen on "${address}": ${error.message}`, { cause: error })),
    );
    server.listen(target, resolve);
  });
}

/** Everything that is connected: sockets to cut off, sessions of HTTP/2 to be told. */
interface Connections {
  readonly sockets: ReadonlySet<Socket>;
  readonly sessions: ReadonlySet<Http2Session>;
}

function trackConnections(server: AnyServer): Connections {
  return { sockets: track(server, 'connection'), sessions: track(server, 'session') };
}

function track<T extends EventEmitter>(server: AnyServer, event: 'connection' | 'session'): ReadonlySet<T> {
  const open = new Set<T>();
  server.on(event, (one: T) => {
    open.add(one);
    one.on('close', () => open.delete(one));
  });
  return open;
}

interface Closing {
  readonly connections: Connections;
  readonly clock: Clock;
  readonly graceMs: number;
}

/** Kept connections without a request end at once; the others as soon as their request is answered. */
function closeServer(server: AnyServer, { connections, clock, graceMs }: Closing): Promise<void> {
  return new Promise((resolve) => {
    const end = clock.monotonic() + graceMs;
    let timer = clock.schedule(0, () => sweep());
    const sweep = (): void => {
      const cut = clock.monotonic() >= end;
      if (cut) for (const socket of connections.sockets) socket.destroy();
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      for (const session of connections.sessions) session.close();
      timer = clock.schedule(50, sweep);
    };
    server.close(() => {
      timer.cancel();
      resolve();
    });
  });
}
