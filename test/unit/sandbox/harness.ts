/** A sandbox on a fake clock, asked without sockets. */
import { FakeClock } from '../../../src/base/fake-clock.ts';
import type { ApiRequest, Sink } from '../../../src/sandbox/http/message.ts';
import { readBody } from './read-body.ts';
import { createSandboxServer } from '../../../src/sandbox/server.ts';
import type { SandboxOptions, SandboxServer } from '../../../src/sandbox/server.ts';

/** JSON of unknown shape. */
export interface Loose {
  readonly [key: string]: Loose;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Loose;
  readonly text: string;
}

export class World {
  readonly clock = new FakeClock();
  readonly sandbox: SandboxServer;

  constructor(options: SandboxOptions = {}) {
    this.sandbox = createSandboxServer({ clock: this.clock, random: countingRandom(), ...options });
  }

  send(method: string, url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#answer(this.#request(method, url, body, headers));
  }

  patch(url: string, type: string, body: unknown): Promise<Answer> {
    return this.send('PATCH', url, body, { 'content-type': type });
  }

  /** Opens a watch; lines are collected as they come, until `close`. */
  async watch(url: string, headers: Record<string, string> = {}): Promise<WatchLog> {
    const response = await this.sandbox.handle(this.#request('GET', url, undefined, headers));
    const log = new WatchLog();
    if (typeof response.body === 'string' || Buffer.isBuffer(response.body)) throw new Error(String(response.body));
    log.stop = response.body.start(log);
    return log;
  }

  #request(method: string, url: string, body: unknown, headers: Record<string, string>): ApiRequest {
    const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    return {
      method,
      url,
      headers: { authorization: `Bearer ${this.sandbox.adminToken}`, 'user-agent': 'tester/1', ...headers },
      ...(body === undefined ? {} : { body: text }),
    };
  }

  async #answer(request: ApiRequest): Promise<Answer> {
    const response = await this.sandbox.handle(request);
    const text = await readBody(response);
    return { status: response.status, headers: response.headers, body: parse(text), text };
  }
}

export class WatchLog implements Sink {
  readonly lines: string[] = [];
  ended: 'no' | 'end' | 'abort' = 'no';
  stop: () => void = () => undefined;

  write(text: string): void {
    this.lines.push(text);
  }

  end(): void {
    this.ended = 'end';
  }

  abort(): void {
    this.ended = 'abort';
  }

  /** "ADDED a" for each event. */
  get events(): string[] {
    return this.lines.map((line) => {
      const { type, object } = parse(line);
      return `${show(type)} ${show(object?.metadata?.name ?? object?.code)}`.trim();
    });
  }
}

/** A text as it is, "" for nothing, other values as JSON. */
export function show(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

function parse(text: string): Loose {
  try {
    return JSON.parse(text) as Loose;
  } catch {
    return {};
  }
}

/** Different numbers in [0, 1), the same in every run. */
function countingRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

export const configMaps = '/api/v1/namespaces/default/configmaps';

export function configMap(name: string, data: Record<string, string> = {}, metadata: object = {}): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata }, data };
}
