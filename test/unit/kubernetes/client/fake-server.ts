import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:net';
import type { ClientConfig, Credentials } from '../../../../src/kubernetes/client/client-config.ts';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Responder = (response: ServerResponse, request: Received) => void;

/** An HTTP server whose every answer is the test's. */
export class FakeServer {
  readonly requests: Received[] = [];
  /** Answers in order; the last one stays. */
  script: Responder[] = [];
  /** How often the client asked for credentials, and which of these times for new ones. */
  readonly authCalls: boolean[] = [];
  credentials: Credentials = { headers: {}, tls: {} };
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  connections = 0;

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on('connection', (socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get config(): ClientConfig {
    const { port } = this.#server.address() as AddressInfo;
    return {
      server: `http://127.0.0.1:${port}`,
      namespace: 'default',
      applyAuth: ({ refresh = false } = {}) => {
        this.authCalls.push(refresh);
        return Promise.resolve(this.credentials);
      },
    };
  }

  /** The requests as "METHOD url". */
  get lines(): string[] {
    return this.requests.map(({ method, url }) => `${method} ${url}`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const received = { method, url, headers, body: Buffer.concat(chunks).toString() };
    this.requests.push(received);
    const responder = this.script.length > 1 ? this.script.shift() : this.script[0];
    responder?.(response, received);
  }
}

export function answer(body: unknown, status = 200, headers: Record<string, string> = {}): Responder {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** A Status as a kube-apiserver sends it. */
export function refuse(code: number, reason: string, headers: Record<string, string> = {}): Responder {
  return answer({ kind: 'Status', status: 'Failure', reason, message: `it is ${reason}`, code }, code, headers);
}

/** Never answers. */
export const hang: Responder = () => undefined;

/** Breaks the connection instead of an answer. */
export const breakOff: Responder = (response) => void response.socket?.destroy();
