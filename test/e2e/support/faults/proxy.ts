/** A proxy in front of the real API server that does to requests and watches what a bad network or a bad day does. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../../../control-plane/readiness.ts';

/** A request on its way to the API server. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly isWrite: boolean;
}

/** What becomes of a request: an answer of our own, or the server's after a while. */
export type Fate =
  | { readonly status: number; readonly reason: string; readonly retryAfterSeconds?: number }
  | { readonly lateMs: number };

/** A watch whose answer is being handed on. */
interface OpenWatch {
  readonly response: ServerResponse;
  state: 'whole' | 'held' | 'torn';
}

const writingMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export class FaultProxy {
  readonly url: string;
  /** Asked of each request; undefined lets it through. */
  decide: (request: Passing) => Fate | undefined = () => undefined;
  /** Told of each write that the API server has answered, before the answer is handed on. */
  onWritten: () => void = () => undefined;
  /** How often a fault of this proxy struck. */
  struck = 0;
  /** Watches that the API server refused because their history is gone. */
  gone = 0;
  readonly #port: number;
  readonly #target: URL;
  readonly #agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  readonly #sockets = new Set<Socket>();
  readonly #held = new WeakSet<Socket>();
  readonly #watches = new Set<OpenWatch>();
  #server: Server | undefined;

  constructor(port: number, target: string) {
    this.#port = port;
    this.#target = new URL(target);
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Takes connections. */
  async mend(): Promise<void> {
    const server = createServer((request, response) => void this.#pass(request, response));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server = server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
  }

  /** Resets all connections and refuses new ones. */
  async cut(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    this.struck += this.#sockets.size;
    server.close();
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await once(server, 'close');
  }

  /** Connections that are there stay, and nobody answers on them any more; new ones work. */
  holdConnections(): void {
    this.struck += this.#sockets.size;
    for (const socket of this.#sockets) this.#held.add(socket);
    this.holdWatches();
  }

  /** Watches that are open stay so without a byte; everything else works. */
  holdWatches(): void {
    this.#mark('held');
  }

  /** Each watch that is open ends with a reset in the middle of its next event. */
  tearWatches(): void {
    this.#mark('torn');
  }

  async close(): Promise<void> {
    await this.cut();
    this.#agent.destroy();
  }

  #mark(state: 'held' | 'torn'): void {
    this.struck += this.#watches.size;
    for (const watch of this.#watches) watch.state = state;
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#held.has(request.socket)) return;
    const { method = 'GET', url: path = '/' } = request;
    const passing: Passing = { method, path, isWrite: writingMethods.has(method) && !path.includes('accessreviews') };
    const fate = this.decide(passing);
    if (fate !== undefined) {
      this.struck += 1;
      if ('status' in fate) {
        refuse(response, fate);
        return;
      }
      await delay(fate.lateMs);
    }
    this.#forward(passing, request, response);
  }

  #forward({ method, path, isWrite }: Passing, request: IncomingMessage, response: ServerResponse): void {
    const { hostname, port } = this.#target;
    const { host: _, connection: __, ...headers } = request.headers;
    const sent = httpsRequest({ hostname, port, method, path, headers, agent: this.#agent }, (answer) => {
      if (isWrite) this.onWritten();
      const { 'transfer-encoding': ___, connection: ____, ...rest } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, rest);
      if (answer.statusCode === 410) this.gone += 1;
      if (/[?&]watch=(?:true|1)\b/.test(path)) this.#handOnWatch(answer, response);
      else answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    sent.on('error', () => response.destroy());
    response.on('close', () => sent.destroy());
    request.pipe(sent);
  }

  #handOnWatch(answer: IncomingMessage, response: ServerResponse): void {
    const watch: OpenWatch = { response, state: 'whole' };
    this.#watches.add(watch);
    response.on('close', () => this.#watches.delete(watch));
    response.flushHeaders();
    answer.on('data', (chunk: Buffer) => {
      if (chunk.includes('"code":410')) this.gone += 1;
      if (watch.state === 'whole') response.write(chunk);
      if (watch.state === 'torn')
        response.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => response.destroy());
    });
    answer.on('end', () => {
      if (watch.state !== 'held') response.end();
    });
  }
}

function refuse(response: ServerResponse, fate: Extract<Fate, { status: number }>): void {
  const { status: code, reason, retryAfterSeconds } = fate;
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  response.writeHead(code, { 'content-type': 'application/json', ...headers });
  const message = `a fault of the test: ${reason}`;
  response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code }));
}

/** @param server URL of the API server. */
export async function startFaultProxy(server: string): Promise<FaultProxy> {
  const proxy = new FaultProxy(await findFreePort(), server);
  await proxy.mend();
  return proxy;
}
