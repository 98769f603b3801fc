import { Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { longTurnMs } from '../limits.ts';

/**
 * One observation a second: the longest time within it that the event loop was held. The metrics that prom-client brings are
 * reset by each scrape, so that two Prometheus servers would take each other's values away.
 */
export function createEventLoopMetrics(registry: Registry): (longestMs: number) => void {
  const delay = new Histogram({
    name: 'stoker_event_loop_delay_seconds',
    help: 'Longest time that the event loop was held, each second anew',
    buckets: [0.01, 0.025, longTurnMs / 1000, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return (longestMs) => delay.observe(longestMs / 1000);
}
