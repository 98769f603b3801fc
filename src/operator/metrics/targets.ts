import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { TargetCounts } from '../../core/targets/target-counts.ts';
import { targetStates } from '../../core/targets/target-rows.ts';
import type { TargetObserver } from '../target-discovery/target-observer.ts';

export interface TargetMetrics {
  /** From now on metrics show what it finds; without it they have no series. */
  follow(observer: Pick<TargetObserver, 'list' | 'listRefused'>): void;
}

type Counted = { -readonly [K in keyof TargetCounts]: number };

/** Targets found against kept, per monitor; gathered when metrics are asked for (`--target-discovery`). */
export function createTargetMetrics(registry: Registry): TargetMetrics {
  let observer: Pick<TargetObserver, 'list' | 'listRefused'> | undefined;
  const owner = ['workload_kind', 'workload', 'monitor'] as const;
  const registers = [registry];
  new Gauge({
    name: 'stoker_monitor_targets',
    help: 'Discovered targets of a monitor by what becomes of them; dropped, failed and duplicate ones are waste',
    labelNames: [...owner, 'state'],
    registers,
    collect() {
      this.reset();
      forEachMonitor(observer, (labels, counts) => {
        for (const state of targetStates) this.set({ ...labels, state }, counts[state]);
      });
    },
  });
  new Gauge({
    name: 'stoker_monitor_overlapping_targets',
    help: 'Active targets of a monitor whose URL another job of the same workload scrapes as well',
    labelNames: owner,
    registers,
    collect() {
      this.reset();
      forEachMonitor(observer, (labels, { overlapping }) => this.set(labels, overlapping));
    },
  });
  new Gauge({
    name: 'stoker_target_discovery_refused',
    help: '1 for each kind of object that RBAC keeps from target discovery; "" is all namespaces',
    labelNames: ['group', 'resource', 'namespace'],
    registers,
    collect() {
      this.reset();
      for (const { type, namespace } of observer?.listRefused() ?? [])
        this.set({ group: type.group, resource: type.plural, namespace }, 1);
    },
  });
  return { follow: (one) => (observer = one) };
}

interface MonitorLabels {
  readonly workload_kind: string;
  readonly workload: string;
  readonly monitor: string;
}

function forEachMonitor(
  observer: Pick<TargetObserver, 'list'> | undefined,
  tell: (labels: Record<keyof MonitorLabels, string>, counts: TargetCounts) => void,
): void {
  for (const { kind, key, counts } of observer?.list() ?? []) {
    for (const [monitor, sum] of sumByMonitor(counts)) tell({ workload_kind: kind, workload: key, monitor }, sum);
  }
}

/** Jobs are named "serviceMonitor/NAMESPACE/NAME/ENDPOINT"; those of users have names of their own. */
function sumByMonitor(counts: ReadonlyMap<string, TargetCounts>): ReadonlyMap<string, TargetCounts> {
  const sums = new Map<string, Counted>();
  for (const [job, one] of counts) {
    const [monitor = job] = /^(?:serviceMonitor|podMonitor|probe|scrapeConfig)\/[^/]+\/[^/]+/.exec(job) ?? [];
    const sum = sums.get(monitor) ?? { active: 0, dropped: 0, failed: 0, duplicate: 0, overlapping: 0 };
    for (const state of [...targetStates, 'overlapping'] as const) sum[state] += one[state];
    sums.set(monitor, sum);
  }
  return sums;
}
