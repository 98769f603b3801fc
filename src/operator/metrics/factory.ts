import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

type Labels = Readonly<Record<string, string>>;

/** Metrics that all controllers share by name and tell apart by the label `controller`. */
export class MetricFactory {
  readonly #registry: Registry;
  readonly #controller: string;

  constructor(registry: Registry, controller: string) {
    this.#registry = registry;
    this.#controller = controller;
  }

  gauge(
    name: string,
    help: string,
    ...labels: string[]
  ): { set(labels: Labels | number, value?: number): void; remove(labels: Labels): void } {
    const gauge = this.#shared(name, (options) => new Gauge(options), { help, labels });
    const { controller } = this.#label({});
    return {
      set(given, value) {
        if (typeof given === 'number') gauge.set({ controller }, given);
        else gauge.set({ controller, ...given }, value ?? 0);
      },
      remove: (given) => gauge.remove({ controller, ...given }),
    };
  }

  counter(name: string, help: string, ...labels: string[]): { inc(labels?: Labels, by?: number): void } {
    const counter = this.#shared(name, (options) => new Counter(options), { help, labels });
    if (labels.length === 0) counter.inc(this.#label({}), 0);
    return { inc: (given = {}, by = 1) => counter.inc(this.#label(given), by) };
  }

  histogram(name: string, help: string, buckets: number[]): { observe(value: number): void } {
    const histogram = this.#shared(name, (options) => new Histogram({ ...options, buckets }), { help, labels: [] });
    return { observe: (value) => histogram.observe(this.#label({}), value) };
  }

  #label(labels: Labels): Record<string, string> & { controller: string } {
    return { controller: this.#controller, ...labels };
  }

  #shared<M>(
    name: string,
    create: (options: { name: string; help: string; labelNames: string[]; registers: Registry[] }) => M,
    spec: { help: string; labels: string[] },
  ): M {
    const full = `prometheus_operator_${name}`;
    const found = this.#registry.getSingleMetric(full) as M | undefined;
    return (
      found ??
      create({ name: full, help: spec.help, labelNames: ['controller', ...spec.labels], registers: [this.#registry] })
    );
  }
}
