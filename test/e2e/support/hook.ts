import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a webhook of an Alertmanager is told, as far as it is looked at. */
interface Told {
  readonly receiver: string;
  readonly alerts: readonly { readonly labels: Readonly<Record<string, string>> }[];
}

/** Gets what receivers are told; below `/refused` it refuses it. */
export class Hook {
  /** One text for each alert that a receiver was told of. */
  readonly told = new Set<string>();
  readonly #server;

  /** @param name of an alert and a receiver in `told`. */
  constructor(name: (receiver: string, labels: Readonly<Record<string, string>>) => string) {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString('utf8')));
      request.on('end', () => {
        const isRefused = request.url === '/refused';
        const { receiver, alerts } = JSON.parse(body) as Told;
        if (!isRefused) for (const { labels } of alerts) this.told.add(name(receiver, labels));
        response.writeHead(isRefused ? 400 : 200).end();
      });
    });
  }

  /** @returns its URL, without a slash at the end */
  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
