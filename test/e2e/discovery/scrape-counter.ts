/** Counts scrapes where they arrive: it stands between the shards of a Prometheus and all of their targets. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Block } from './planned-service.ts';

/** Of jobs whose scrapes are counted. */
const intervalMs = 1000;
/** After so long without a scrape a shard is said to have dropped a target: a busy machine is late. */
const droppedMs = 3 * intervalMs;

export interface Counted {
  readonly scrapes: number;
  /** The longest time for which nobody scraped a target that has to be there all the time, in milliseconds. */
  readonly longestGapMs: number;
  /** The longest time for which two shards scraped one target. */
  readonly longestTwiceMs: number;
}

/** When one shard scraped one target, in milliseconds since 1970. */
type Times = number[];

export class ScrapeCounter {
  readonly #servers: Server[] = [];
  /** By target, then by shard. */
  readonly #times = new Map<string, Map<number, Times>>();

  /** The job as that shard has it, so that its scrapes come here. */
  async count(job: Block, shard: number): Promise<Block> {
    return { ...job, proxy_url: await this.#open(shard) };
  }

  /** What was scraped from then on. @param targets by URL, those that have to be there all the time. */
  since(from: number, targets: Iterable<string>): Counted {
    const to = Date.now();
    const scrapes = [...this.#times.values()].flatMap((one) => [...one.values()].flat()).filter((at) => at >= from);
    const gaps = [...targets].map((target) =>
      longestGap([...(this.#times.get(target)?.values() ?? [])].flat(), from, to),
    );
    const twice = [...this.#times.values()].map((one) => longestOverlap([...one.values()], from));
    return {
      scrapes: scrapes.length,
      longestGapMs: Math.max(0, ...gaps),
      longestTwiceMs: Math.max(0, ...twice),
    };
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  async #open(shard: number): Promise<string> {
    const server = createServer(({ url = '' }, response) => {
      this.#note(url, shard);
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end('scraped 1\n');
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  #note(url: string, shard: number): void {
    const shards = this.#times.get(url) ?? new Map<number, Times>();
    this.#times.set(url, shards);
    shards.set(shard, [...(shards.get(shard) ?? []), Date.now()]);
  }
}

/** The longest time between two of these, and between them and the ends. */
function longestGap(times: readonly number[], from: number, to: number): number {
  const inside = [from, ...times.filter((at) => at > from && at < to).sort((a, b) => a - b), to];
  return Math.max(...inside.slice(1).map((at, before) => at - (inside[before] ?? at)));
}

type Run = readonly [first: number, last: number];

/** From when to when a shard had the target: scrape after scrape. */
function listRuns(times: readonly number[]): Run[] {
  const runs: [number, number][] = [];
  for (const at of times) {
    const last = runs.at(-1);
    if (last === undefined || at - last[1] > droppedMs) runs.push([at, at]);
    else last[1] = at;
  }
  return runs;
}

function longestOverlap(shards: readonly Times[], from: number): number {
  const runs = shards.map((times) => listRuns(times.filter((at) => at >= from)));
  const overlaps = runs.flatMap((one, at) =>
    runs
      .slice(at + 1)
      .flatMap((other) =>
        one.flatMap(([first, last]) => other.map(([start, end]) => Math.min(last, end) - Math.max(first, start))),
      ),
  );
  return Math.max(0, ...overlaps);
}
