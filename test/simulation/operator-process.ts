import { getEventListeners } from 'node:events';
import type { LogFields, Logger } from '../../src/base/logger.ts';
import type { AssetObjects } from '../../src/core/assets/store.ts';
import { checkLiveness, checkReadiness } from '../../src/operator/health.ts';
import { createParts, control } from '../../src/operator/operator.ts';
import type { Parts } from '../../src/operator/operator.ts';
import { parseOptions } from '../../src/operator/options/options.ts';
import type { FlagTexts } from '../../src/operator/options/reader.ts';
import type { Handler } from '../../src/sandbox/http/api-handler.ts';
import { Loopback } from './loopback.ts';
import { ProcessClock } from './time.ts';
import type { SimulatedTime } from './time.ts';
import { SimulatedTurns } from './turns.ts';

export interface ProcessOptions {
  readonly name: string;
  readonly time: SimulatedTime;
  readonly handle: Handler;
  readonly token: string;
  readonly random: () => number;
  readonly flags: FlagTexts;
  /** Told of each piece of rendering how many milliseconds of CPU it took. */
  readonly observePiece: (ms: number) => void;
  readonly onWrite?: (moment: 'arrived' | 'answered') => void;
}

export interface LogLine {
  /** Simulated milliseconds since the beginning. */
  readonly at: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

/** The last lines are kept: they are shown when something is found. */
const keptLines = 200;

/**
 * One process of the operator: the composition of `stoker run` without its web server, on a clock and a network of its
 * own. It can be told to end (SIGTERM), and it can be killed at any moment.
 */
export class OperatorProcess {
  readonly log: LogLine[] = [];
  /** How the process ended by itself; undefined while it runs. */
  ended: { readonly error: unknown } | undefined;
  readonly #clock: ProcessClock;
  readonly #carrier: Loopback;
  readonly #parts: Parts;
  readonly #end = new AbortController();

  constructor(options: ProcessOptions) {
    const { time, random, observePiece: observe } = options;
    this.#clock = new ProcessClock(time);
    this.#carrier = new Loopback({ ...options, clock: time });
    const logger = this.#createLogger(time, {});
    const env = { POD_NAME: options.name, POD_NAMESPACE: 'operators', HOME: '/nonexistent' };
    this.#parts = createParts({
      options: parseOptions({ ...options.flags, apiserver: ['http://cluster.local'] }),
      env,
      clock: this.#clock,
      turns: new SimulatedTurns({ clock: this.#clock, random, observe }),
      random,
      logger,
      log: { logger, level: () => 'info', setLevel: () => undefined, toggleDebug: () => undefined },
      version: 'simulated',
      carrier: this.#carrier,
    });
    control(this.#parts, this.#end.signal).then(
      () => (this.ended = { error: undefined }),
      (error: unknown) => (this.ended = { error }),
    );
  }

  /** Timers that have not fired. */
  get timers(): number {
    return this.#clock.pending;
  }

  /** Who waits for the signal that ends the process. */
  get listeners(): number {
    return getEventListeners(this.#end.signal, 'abort').length;
  }

  isLeader(): boolean {
    return this.ended === undefined && this.#parts.leadership.isLeader();
  }

  /** Contents of Secrets and ConfigMaps that it holds. */
  listAssets(): AssetObjects {
    return this.#parts.workloads.listAssets();
  }

  /** What `/healthz` and `/readyz` would complain about. */
  listComplaints(): string[] {
    const caches = this.#parts.workloads.listCaches();
    const checks = [...checkLiveness(caches, this.#clock.now()), ...checkReadiness(caches)];
    return checks.filter(({ ok }) => !ok).map(({ name, message }) => `${name}: ${message}`);
  }

  /** Values of the metrics that tell of the state now, by name and labels. */
  async readGauges(names: readonly string[]): Promise<Record<string, number>> {
    const gauges: Record<string, number> = {};
    for (const metric of await this.#parts.metrics.registry.getMetricsAsJSON()) {
      if (!names.includes(metric.name)) continue;
      for (const { labels, value } of metric.values) gauges[`${metric.name} ${JSON.stringify(labels)}`] = value;
    }
    return gauges;
  }

  /** SIGTERM: it hands over and ends in its own time. */
  terminate(): void {
    this.#end.abort(new Error('terminated'));
  }

  /** SIGKILL: from now on it does nothing, and hears nothing. */
  kill(): void {
    this.#clock.kill();
    this.#carrier.kill();
    this.ended ??= { error: new Error('killed') };
    // Cut off from time and network it can only let go of memory: Node keeps signals that somebody listens to.
    this.#end.abort(new Error('killed'));
  }

  #createLogger(time: SimulatedTime, fixed: LogFields): Logger {
    const write = (level: LogLine['level']) => (message: string, fields: LogFields) => {
      this.log.push({ at: time.monotonic(), level, message, fields: { ...fixed, ...fields } });
      if (this.log.length > 2 * keptLines) this.log.splice(0, keptLines);
    };
    return {
      debug: () => undefined,
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
      child: (fields) => this.#createLogger(time, { ...fixed, ...fields }),
    };
  }
}
