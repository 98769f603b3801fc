import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { podType } from '../../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../../src/api/meta.ts';
import { startAlertmanager } from '../../control-plane/alertmanager.ts';
import { startPrometheus } from '../../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../../control-plane/prometheus.ts';
import { startThanosRuler } from '../../control-plane/thanos.ts';
import type { Cluster } from './cluster.ts';

/** Texts by their paths in `home`. */
export type Files = Readonly<Record<string, string>>;

/** What runs in a Pod of the operator's. */
interface Program {
  readonly port: number;
  /** Where its files are in the Pod: what it prints of them begins so. */
  readonly home: string;
  /** What the config-reloader puts into its files. */
  readonly environment: Files;
  start(folder: string): Promise<RunningPrometheus>;
}

export const programs = {
  prometheus: {
    ...{ port: 9090, home: '/etc/prometheus', environment: { SHARD: '0' } },
    start: (folder) => startPrometheus({ configFile: join(folder, 'prometheus.yml') }),
  },
  alertmanager: {
    ...{ port: 9093, home: '/etc/alertmanager', environment: { SHARD: '-1' } },
    start: (folder) => startAlertmanager({ configFile: join(folder, 'alertmanager.yml') }),
  },
  'thanos-ruler': {
    ...{ port: 10902, home: '/etc/thanos', environment: {} },
    start: (folder) => startThanosRuler({ ruleFile: join(folder, 'rules/*/*.yaml'), queryUrl: 'http://127.0.0.1:9' }),
  },
} as const satisfies Readonly<Record<string, Program>>;

/**
 * A real program behind the address of a Pod, 127.x.y.z at its port, and beside it a test in the place of the kubelet and the
 * config-reloader. All that is asked of it is counted.
 */
export class WatchedReplica {
  readonly name: string;
  readonly address: string;
  /** Paths that were asked for, without their queries, in their order. */
  readonly asked: string[] = [];
  readonly #folder: string;
  readonly #program: Program;
  #running: RunningPrometheus | undefined;
  #server: Server | undefined;

  constructor(
    name: string,
    { address, folder, program }: { readonly address: string; readonly folder: string; readonly program: Program },
  ) {
    this.name = name;
    this.address = address;
    this.#program = program;
    this.#folder = join(folder, name);
  }

  count(path: string): number {
    return this.asked.filter((one) => one === path).length;
  }

  /** Starts it with these files. */
  async start(files: Files): Promise<void> {
    this.#write(files);
    this.#running = await this.#program.start(this.#folder);
    this.#server = createServer((incoming, answer) => this.#forward(incoming, answer));
    this.#server.listen(this.#program.port, this.address);
    await once(this.#server, 'listening');
  }

  /** Writes these files, and no others, and has them loaded; resolves with what it says against them, or undefined. */
  async reload(files: Files): Promise<string | undefined> {
    this.#write(files);
    try {
      await this.#running?.reload();
      return undefined;
    } catch (error) {
      return String(error);
    }
  }

  /** In the place of the StatefulSet controller and the kubelet. */
  async createPod({ api }: Cluster, namespace: string, labels: Readonly<Record<string, string>>): Promise<void> {
    const spec = { containers: [{ name: 'program', image: 'program' }] };
    await api.create(podType, { metadata: { namespace, name: this.name, labels }, spec } as KubernetesObject);
    const conditions = [{ type: 'Ready', status: 'True' }];
    const status = { phase: 'Running', podIP: this.address, podIPs: [{ ip: this.address }], conditions };
    await api.patch(podType, `${namespace}/${this.name}`, { status }, 'status');
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
    await this.#running?.stop();
  }

  #write(files: Files): void {
    const environment: Files = { ...this.#program.environment, POD_NAME: this.name };
    rmSync(join(this.#folder, 'rules'), { recursive: true, force: true });
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.#folder, path);
      mkdirSync(dirname(file), { recursive: true });
      const filled = text.replaceAll(/\$\(([A-Z_]+)\)/g, (whole, name: string) => environment[name] ?? whole);
      writeFileSync(file, filled.replaceAll(`${this.#program.home}/`, `${this.#folder}/`));
    }
  }

  #forward(incoming: IncomingMessage, answer: ServerResponse): void {
    const { url = '/', method, headers } = incoming;
    this.asked.push(url.replace(/\?.*$/, ''));
    const forwarded = request(`${this.#running?.url ?? ''}${url}`, { method, headers }, (response) => {
      void this.#answer(response, answer);
    });
    forwarded.on('error', () => answer.destroy());
    incoming.pipe(forwarded);
  }

  /** Its folder is that of a Pod to all others. */
  async #answer(response: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { 'content-length': _length, 'transfer-encoding': _coding, ...headers } = response.headers;
    const chunks = (await response.toArray()) as Buffer[];
    answer.writeHead(response.statusCode ?? 500, headers);
    answer.end(Buffer.concat(chunks).toString('utf8').replaceAll(`${this.#folder}/`, `${this.#program.home}/`));
  }
}
