import type { Turns } from '../../runtime/turns.ts';
import type { OperatorMetrics } from '../metrics/operator-metrics.ts';
import { RuleCounter } from './rule-counter.ts';
import { TargetObserver } from './target-observer.ts';
import type { TargetObserverDeps } from './target-observer.ts';

/** What is known of targets in the operator, and what that says of rules. */
export interface ObservedTargets {
  readonly observer: TargetObserver;
  stop(): Promise<void>;
}

/** Finds targets from now on, and shows them in metrics. */
export function observeTargets(
  deps: TargetObserverDeps & { readonly turns: Turns },
  metrics: Pick<OperatorMetrics, 'targets' | 'rules'>,
): ObservedTargets {
  const observer = new TargetObserver(deps);
  const counter = new RuleCounter({ ...deps, observer });
  metrics.targets.follow(observer);
  metrics.rules.follow(counter);
  counter.start();
  return {
    observer,
    async stop() {
      counter.stop();
      await observer.stop();
    },
  };
}
