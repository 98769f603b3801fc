/** Events of a watch, as they come: one JSON document a line. */
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import type { Loose } from './case.ts';
import { show } from './case.ts';

const waitMs = 15_000;

export interface WatchEvent {
  readonly type: string;
  readonly object: Loose;
}

export class WatchStream {
  readonly status: number;
  /** All events so far. */
  readonly events: WatchEvent[] = [];
  /** Set when the server closed the stream. */
  ended = false;
  readonly #body: Readable;
  #wake: () => void = () => undefined;

  constructor(status: number, body: Readable) {
    this.status = status;
    this.#body = body;
    body.on('error', () => this.#end());
    const lines = createInterface({ input: body });
    lines.on('error', () => this.#end());
    lines.on('line', (line) => this.#receive(line));
    lines.on('close', () => this.#end());
  }

  /** Resolves with the first `count` events. */
  async take(count: number): Promise<readonly WatchEvent[]> {
    await this.#until(() => this.events.length >= count, `${count} events`);
    return this.events.slice(0, count);
  }

  /** Resolves with all events up to the first one that `isLast` accepts. */
  async until(isLast: (event: WatchEvent) => boolean): Promise<readonly WatchEvent[]> {
    await this.#until(() => this.events.some(isLast), 'the awaited event');
    return this.events.slice(0, this.events.findIndex(isLast) + 1);
  }

  /** Resolves when the server has closed the stream. */
  async untilEnd(): Promise<readonly WatchEvent[]> {
    await this.#until(() => this.ended, 'the end of the stream');
    return this.events;
  }

  close(): void {
    this.#body.destroy();
  }

  #receive(line: string): void {
    this.events.push(JSON.parse(line) as WatchEvent);
    this.#wake();
  }

  #end(): void {
    this.ended = true;
    this.#wake();
  }

  async #until(isDone: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + waitMs;
    while (!isDone()) {
      const left = deadline - Date.now();
      const gone = this.ended && what !== 'the end of the stream';
      if (left <= 0 || gone) throw new Error(`Waited for ${what}, saw ${JSON.stringify(this.events)}`);
      await this.#change(left);
    }
  }

  #change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** `TYPE name` of each event: enough where order is the point. */
export function brief(events: readonly WatchEvent[]): string[] {
  return events.map(({ type, object }) => `${type} ${show(object.metadata?.name)}`.trim());
}
