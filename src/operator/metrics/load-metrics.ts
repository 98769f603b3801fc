import { Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

export interface LoadMetrics {
  /** All replicas of a workload have loaded what was written so many seconds before. */
  observeLoaded(kind: string, seconds: number): void;
  /** No target of a workload waits for its first scrape any more, so many seconds after the write. */
  observeScraped(kind: string, seconds: number): void;
}

const buckets = [1, 5, 15, 30, 60, 90, 120, 180, 300, 600];

/** From the write of a configuration to the replicas that run it, and to their scrapes (`--observe-replicas`). */
export function createLoadMetrics(registry: Registry): LoadMetrics {
  const shared = { labelNames: ['workload_kind'] as const, buckets, registers: [registry] };
  const loaded = new Histogram({
    ...shared,
    name: 'stoker_configuration_loaded_seconds',
    help: 'Time from the write of a configuration until all replicas of the workload had loaded it',
  });
  const scraped = new Histogram({
    ...shared,
    name: 'stoker_configuration_scraped_seconds',
    help: 'Time from the write of a configuration until it was seen loaded by all replicas, and none of their targets waiting for its first scrape',
  });
  return {
    observeLoaded: (kind, seconds) => loaded.observe({ workload_kind: kind }, seconds),
    observeScraped: (kind, seconds) => scraped.observe({ workload_kind: kind }, seconds),
  };
}
