import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { TargetCounts } from '../../core/targets/target-counts.ts';
import { targetStates } from '../../core/targets/target-rows.ts';
import type { TargetObserver, WorkloadBlocks } from '../target-discovery/target-observer.ts';

export interface TargetMetrics {
  /** From now on metrics show what it finds; without it they have no series. */
  follow(observer: Pick<TargetObserver, 'list' | 'listRefused' | 'listBlocks'>): void;
}

type Counted = { -readonly [K in keyof TargetCounts]: number };

/** Targets found against kept, per monitor; gathered when metrics are asked for (`--target-discovery`). */
export function createTargetMetrics(registry: Registry): TargetMetrics {
  let observer: Pick<TargetObserver, 'list' | 'listRefused' | 'listBlocks'> | undefined;
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
  gaugeSharing(registers, () => observer?.listBlocks() ?? []);
  return { follow: (one) => (observer = one) };
}

/** What it costs that jobs share their discovery, and where it should be the API server's selectors (docs/targets.md). */
function gaugeSharing(registers: Registry[], list: () => readonly WorkloadBlocks[]): void {
  const owner = ['workload_kind', 'workload'] as const;
  new Gauge({
    name: 'stoker_discovery_waste_ratio',
    help: 'Targets that a workload discovers for each that it keeps; 1 is no waste',
    labelNames: owner,
    registers,
    collect() {
      this.reset();
      for (const { kind, key, blocks } of list()) {
        const sum = (of: 'found' | 'kept'): number => blocks.reduce((total, block) => total + block[of], 0);
        if (sum('kept') > 0) this.set({ workload_kind: kind, workload: key }, sum('found') / sum('kept'));
      }
    },
  });
  new Gauge({
    name: 'stoker_monitor_selector_advised',
    help: "1 for each monitor whose selector should be the API server's (selectorMechanism: RoleSelector)",
    labelNames: [...owner, 'monitor'],
    registers,
    collect() {
      this.reset();
      for (const { kind, key, blocks } of list())
        for (const job of blocks.flatMap((block) => (block.advice === 'select' ? block.jobs : [])))
          this.set({ workload_kind: kind, workload: key, monitor: nameMonitor(job) }, 1);
    },
  });
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

const nameMonitor = (job: string): string =>
  /^(?:serviceMonitor|podMonitor|probe|scrapeConfig)\/[^/]+\/[^/]+/.exec(job)?.[0] ?? job;

/** Jobs are named "serviceMonitor/NAMESPACE/NAME/ENDPOINT"; those of users have names of their own. */
function sumByMonitor(counts: ReadonlyMap<string, TargetCounts>): ReadonlyMap<string, TargetCounts> {
  const sums = new Map<string, Counted>();
  for (const [job, one] of counts) {
    const monitor = nameMonitor(job);
    const sum = sums.get(monitor) ?? { active: 0, dropped: 0, failed: 0, duplicate: 0, overlapping: 0 };
    for (const state of [...targetStates, 'overlapping'] as const) sum[state] += one[state];
    sums.set(monitor, sum);
  }
  return sums;
}
