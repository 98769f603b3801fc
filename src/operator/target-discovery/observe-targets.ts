import type { DesiredObserver } from '../../controllers/workload/desired-observer.ts';
import type { Turns } from '../../runtime/turns.ts';
import type { OperatorMetrics } from '../metrics/operator-metrics.ts';
import { RuleCounter } from './rule-counter.ts';
import { ShardAdviser } from './shard-adviser.ts';
import type { ShardAdviserDeps } from './shard-adviser.ts';
import { TargetObserver } from './target-observer.ts';
import type { TargetObserverDeps } from './target-observer.ts';

/** What is known of targets in the operator, and what that says of rules. */
export interface ObservedTargets {
  readonly observer: TargetObserver;
  /** Is shown what syncs render, too. */
  readonly adviser: DesiredObserver;
  stop(): Promise<void>;
}

/** Finds targets from now on, and shows them in metrics. */
export function observeTargets(
  deps: TargetObserverDeps & Pick<ShardAdviserDeps, 'tellShards' | 'recallShards'> & { readonly turns: Turns },
  metrics: Pick<OperatorMetrics, 'targets' | 'rules' | 'shards'>,
): ObservedTargets {
  const observer = new TargetObserver(deps);
  const counter = new RuleCounter({ ...deps, observer });
  metrics.targets.follow(observer);
  metrics.rules.follow(counter);
  const adviser = new ShardAdviser({ ...deps, observer });
  metrics.shards.follow(adviser);
  counter.start();
  adviser.start();
  return {
    observer,
    adviser,
    async stop() {
      counter.stop();
      adviser.stop();
      await observer.stop();
    },
  };
}
