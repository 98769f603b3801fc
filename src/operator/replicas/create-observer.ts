import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import type { Turns } from '../../runtime/turns.ts';
import type { OperatorMetrics } from '../metrics/operator-metrics.ts';
import type { Options } from '../options/options.ts';
import type { Workloads } from '../workloads.ts';
import { createAskReplica } from './ask-replica.ts';
import type { AskReplica } from './ask-replica.ts';
import { ReplicaObserver } from './replica-observer.ts';

export interface ReplicaObserverParts {
  readonly options: Pick<Options, 'observeReplicas' | 'gates'>;
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly turns: Turns;
  readonly workloads: Workloads;
  readonly metrics: Pick<OperatorMetrics, 'loads'>;
  readonly askReplica?: AskReplica | undefined;
}

/** Undefined unless the flag asks for it: it asks the Pods themselves. */
export function createReplicaObserver(parts: ReplicaObserverParts): ReplicaObserver | undefined {
  const { options, client, clock, turns, workloads, metrics } = parts;
  if (!options.observeReplicas) return undefined;
  return new ReplicaObserver({
    ...{ client, clock, turns },
    logger: parts.logger.child({ component: 'replicas' }),
    ask: parts.askReplica ?? createAskReplica(clock),
    tell: (kind, key, verdict) => workloads.tellLoaded(kind, key, verdict),
    publish: (kind, key, load) => workloads.publishLoad(kind, key, load),
    recall: (kind, key) => workloads.recallLoaded(kind, key),
    metrics: metrics.loads,
    // Without the gate there are no bindings.
    ...(options.gates.StatusForConfigurationResources
      ? { tellScraping: (kind, key, scrapings) => workloads.tellScraping(kind, key, scrapings) }
      : {}),
  });
}
