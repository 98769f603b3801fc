import { keyOf } from '../../api/meta.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import type { PrometheusWorkload } from '../../core/render/prometheus/prometheus-workload.ts';
import type { DesiredObserver } from '../../controllers/workload/desired-observer.ts';
import { isDesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import type { Desired } from '../../core/desired/steps.ts';
import { chooseShardSize } from '../../core/render/prometheus/shard-size.ts';
import { countShards, zoneOfShard } from '../../core/render/prometheus/shards.ts';
import { recommendShards } from '../../core/served/recommend-shards.ts';
import type { Verdict } from '../../core/status/conditions.ts';
import { judgeShards } from '../../core/status/shard-verdict.ts';
import { shardsAdvisedMs } from '../limits.ts';
import type { TargetObserver } from './target-observer.ts';

export interface ShardAdviserDeps {
  readonly clock: Clock;
  readonly observer: Pick<TargetObserver, 'listLoads'>;
  /** @param verdict undefined: nobody asks for a number of shards. */
  readonly tellShards: (kind: string, key: string, verdict: Verdict | undefined) => void;
  /** What its status says of it now: after a restart that holds until targets have been found. */
  readonly recallShards: (kind: string, key: string) => Verdict | undefined;
}

/** How many shards one workload should have. */
export interface AdvisedWorkload {
  readonly kind: string;
  readonly key: string;
  readonly recommended: number;
  /** Of all shards together. */
  readonly targets: number;
}

/**
 * Recommends numbers of shards to workloads whose annotation asks for it, every `shardsAdvisedMs`. While targets are not all found, and while
 * something may not be read, the last advice stays: fewer shards must not be the answer to not knowing.
 */
export class ShardAdviser implements DesiredObserver {
  readonly #deps: ShardAdviserDeps;
  #advised: ReadonlyMap<string, AdvisedWorkload> = new Map();
  readonly #known = new Set<string>();
  #timer: Timer | undefined;

  constructor(deps: ShardAdviserDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = this.#deps.clock.schedule(shardsAdvisedMs, () => {
      this.#adviseAll();
      this.start();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  observe(desired: Desired): void {
    if (!isDesiredPrometheus(desired)) return;
    const { workload } = desired;
    const { kind } = workload.owner;
    const key = keyOf(workload.owner);
    if (this.#known.has(nameOf(kind, key)) || chooseShardSize(workload).perShard === undefined) return;
    this.#known.add(nameOf(kind, key));
    this.#deps.tellShards(kind, key, this.#deps.recallShards(kind, key));
  }

  forget(kind: string, key: string): void {
    this.#known.delete(nameOf(kind, key));
  }

  list(): readonly AdvisedWorkload[] {
    return [...this.#advised.values()];
  }

  #adviseAll(): void {
    const next = new Map<string, AdvisedWorkload>();
    for (const { kind, key, workload, targets } of this.#deps.observer.listLoads()) {
      const { perShard } = chooseShardSize(workload);
      const name = nameOf(kind, key);
      const known = this.#advised.get(name);
      if (perShard === undefined) this.#deps.tellShards(kind, key, undefined);
      else if (targets === undefined) {
        if (known !== undefined) next.set(name, known);
      } else {
        const shards = countShards(workload.spec);
        const demand = { load: targets, perShard, before: known?.recommended ?? shards, step: countZones(workload) };
        const recommended = recommendShards(demand);
        this.#deps.tellShards(kind, key, judgeShards({ recommended, shards, perShard }));
        next.set(name, { kind, key, recommended, targets });
      }
    }
    this.#advised = next;
  }
}

const nameOf = (kind: string, key: string): string => `${kind} ${key}`;

/** Shards that are spread over zones are as many in each. */
function countZones({ spec, settings }: PrometheusWorkload): number {
  if (zoneOfShard(spec, 0, settings) === undefined) return 1;
  return spec.shardingStrategy?.topology?.values?.length ?? 1;
}
