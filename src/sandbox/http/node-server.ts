/** The handler behind an HTTPS socket of this machine. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Handler } from './api-handler.ts';
import type { Certificates } from './certificates.ts';
import type { ApiResponse, Sink } from './message.ts';
import { unsentBytes } from '../limits.ts';

export class NodeServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(handler: Handler, { certificate, key }: Certificates) {
    this.#server = createServer(
      { cert: certificate, key },
      (message, response) => void serve(handler, message, response),
    );
    // Go and undici keep connections: closing idle ones early would race with their next request.
    this.#server.keepAliveTimeout = 600_000;
    this.#server.headersTimeout = 610_000;
    this.#server.requestTimeout = 0;
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  /** Resolves with the port; 0 takes any. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  /** Ends every connection, watches included. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }
}

async function serve(handler: Handler, message: IncomingMessage, response: ServerResponse): Promise<void> {
  response.on('error', () => undefined);
  try {
    const bytes = await readBytes(message);
    const headers: Record<string, string | undefined> = {};
    for (const [name, value] of Object.entries(message.headers))
      headers[name] = Array.isArray(value) ? value.join(', ') : value;
    const binary = message.headers['content-type']?.includes('protobuf') === true;
    const body = binary ? bytes : bytes.toString();
    const answer = await handler({ method: message.method ?? 'GET', url: message.url ?? '/', headers, body });
    send(answer, response);
  } catch {
    response.destroy();
  }
}

async function readBytes(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function send({ status, headers, body }: ApiResponse, response: ServerResponse): void {
  if (response.destroyed) return;
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    response.writeHead(status, { ...headers, 'content-length': bytes.length });
    response.end(bytes);
    return;
  }
  response.writeHead(status, headers);
  const stop = body.start(createSink(response));
  // A stream that was cut while it began has sent no headers: the client sees a connection without an answer.
  if (isDestroyed(response)) {
    stop();
    return;
  }
  response.flushHeaders();
  response.on('close', stop);
}

/** Read anew: a sink may have cut the connection meanwhile. */
const isDestroyed = ({ destroyed, socket }: ServerResponse): boolean => destroyed || socket?.destroyed === true;

/** What is written in one go leaves as one piece: the first events of a large watch would else be thousands of TLS records. */
function createSink(response: ServerResponse): Sink {
  let pending: string[] = [];
  const flush = (then: () => void = () => undefined): void => {
    const text = pending.join('');
    pending = [];
    if (text === '') then();
    else response.write(text, () => then());
    if (response.writableLength > unsentBytes) response.destroy();
  };
  return {
    write: (text) => {
      if (pending.push(text) === 1) queueMicrotask(() => flush());
    },
    end: () => {
      flush();
      response.end();
    },
    abort: () => flush(() => void (response.socket ?? response).destroy()),
  };
}
