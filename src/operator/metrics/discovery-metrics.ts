import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/** What the metrics of `stoker discovery` are read from. */
export interface DiscoveryView {
  readonly countWorkloads: () => number;
  readonly countJobs: () => number;
  /** Workloads with a plan that this version cannot read. */
  readonly countUnreadable: () => number;
  /** Milliseconds since 1970 of the state of the cluster that answers show. */
  readonly asOf: () => number;
  readonly now: () => number;
}

/** Metrics of `stoker discovery`. */
export function createDiscoveryMetrics(
  registry: Registry,
  view: DiscoveryView,
): (status: number, seconds: number) => void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('stoker_discovery_workloads', 'Workloads whose targets are served', view.countWorkloads);
  gauge('stoker_discovery_jobs', 'Jobs whose targets are served', view.countJobs);
  gauge(
    'stoker_discovery_unreadable_workloads',
    'Workloads that are not answered for, since this version cannot read their plan',
    view.countUnreadable,
  );
  gauge('stoker_discovery_answer_age_seconds', 'Age of the state of the cluster that answers show', () =>
    Math.max(0, (view.now() - view.asOf()) / 1000),
  );
  const requests = new Counter({
    name: 'stoker_discovery_requests_total',
    help: 'Requests for targets by status code',
    labelNames: ['status_code'],
    registers,
  });
  const duration = new Histogram({
    name: 'stoker_discovery_request_duration_seconds',
    help: 'Time to answer a request for targets',
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });
  return (status, seconds) => {
    requests.inc({ status_code: String(status) });
    duration.observe(seconds);
  };
}
