import { createServer, request as sendRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of requests: passed on, answered late, cut off, or refused. */
export type ProxyMode = 'pass' | 'cut' | { readonly delayMs: number };

/**
 * An HTTP proxy in front of some servers, that can be told to misbehave. Each request goes to one of them at random, as connections to a Service of
 * Kubernetes do: in turn, one who asks each second among others who do might always meet the same.
 */
export class FaultProxy {
  mode: ProxyMode = 'pass';
  /** Ports of the servers behind it. */
  behind: readonly number[];
  readonly #server = createServer((request, response) => this.#handle(request, response));

  constructor(behind: readonly number[]) {
    this.behind = behind;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const { mode } = this;
    if (mode === 'cut') response.destroy();
    else if (mode === 'pass') this.#pass(request, response);
    else setTimeout(() => this.#pass(request, response), mode.delayMs);
  }

  #choose(): number | undefined {
    return this.behind[Math.floor(Math.random() * this.behind.length)];
  }

  #pass({ url, headers }: IncomingMessage, response: ServerResponse): void {
    const port = this.#choose();
    if (port === undefined) {
      response.destroy();
      return;
    }
    const sent = sendRequest({ host: '127.0.0.1', port, path: url, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    sent.on('error', () => response.destroy());
    sent.end();
  }
}
