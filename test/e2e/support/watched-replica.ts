import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { startPrometheus } from '../../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../../control-plane/prometheus.ts';

/** What the config-reloader puts in. */
export type Environment = Readonly<Record<string, string>>;

/**
 * A real Prometheus behind the address of a Pod, 127.x.y.z at port 9090, and beside it a test in the place of the kubelet and the
 * config-reloader. All that is asked of it is counted.
 */
export class WatchedReplica {
  readonly name: string;
  readonly address: string;
  /** Paths that were asked for, without their queries, in their order. */
  readonly asked: string[] = [];
  readonly #folder: string;
  #prometheus: RunningPrometheus | undefined;
  #server: Server | undefined;

  constructor(name: string, { address, folder }: { readonly address: string; readonly folder: string }) {
    this.name = name;
    this.address = address;
    this.#folder = join(folder, name);
    mkdirSync(this.#folder);
  }

  count(path: string): number {
    return this.asked.filter((one) => one === path).length;
  }

  /** Starts it with that configuration. */
  async start(config: string): Promise<void> {
    this.#write(config);
    this.#prometheus = await startPrometheus({ configFile: this.#file });
    this.#server = createServer((incoming, answer) => this.#forward(incoming, answer));
    this.#server.listen(9090, this.address);
    await once(this.#server, 'listening');
  }

  /** Writes the file and has it loaded; resolves with what it says against it, or undefined. */
  async reload(config: string): Promise<string | undefined> {
    this.#write(config);
    try {
      await this.#prometheus?.reload();
      return undefined;
    } catch (error) {
      return String(error);
    }
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
    await this.#prometheus?.stop();
  }

  get #file(): string {
    return join(this.#folder, 'prometheus.yml');
  }

  #write(config: string): void {
    const environment: Environment = { POD_NAME: this.name, SHARD: '0' };
    writeFileSync(
      this.#file,
      config.replaceAll(/\$\(([A-Z_]+)\)/g, (whole, name: string) => environment[name] ?? whole),
    );
  }

  #forward(incoming: IncomingMessage, answer: ServerResponse): void {
    const { url = '/', method, headers } = incoming;
    this.asked.push(url.replace(/\?.*$/, ''));
    const forwarded = request(`${this.#prometheus?.url ?? ''}${url}`, { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    forwarded.on('error', () => answer.destroy());
    incoming.pipe(forwarded);
  }
}
