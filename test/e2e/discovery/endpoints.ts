import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import type { Operator } from '../support/operator.ts';
import type { FaultProxy } from './fault-proxy.ts';

const lookMs = 250;

/** Plays the endpoints of a Service: those replicas are behind it that say that they are ready. */
export class Endpoints {
  readonly #proxy: FaultProxy;
  readonly #replicas: () => readonly Operator[];
  readonly #running: Promise<void>;
  #isClosed = false;

  constructor(proxy: FaultProxy, replicas: () => readonly Operator[]) {
    [this.#proxy, this.#replicas] = [proxy, replicas];
    this.#running = this.#run();
  }

  async whenListed(count: number): Promise<void> {
    await eventually(`${count} replicas are behind the Service`, () => {
      const now = this.#replicas().map(portOf);
      return Promise.resolve(this.#proxy.behind.filter((port) => now.includes(port)).length === count);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      const replicas = this.#replicas();
      const ready = await Promise.all(replicas.map((one) => one.fetch('/readyz').catch(() => ({ status: 0 }))));
      this.#proxy.behind = replicas.filter((_, at) => ready[at]?.status === 200).map(portOf);
      await delay(lookMs);
    }
  }
}

const portOf = ({ url }: Operator): number => Number(new URL(url).port);
