import type { Registry } from 'prom-client';
import { workloadKinds } from '../../core/kinds/registry.ts';
import type { WorkloadMetrics } from '../../controllers/workload/metrics.ts';
import type { ReflectorMetrics } from '../../kubernetes/cache/reflector.ts';
import type { ClientMetrics } from '../../kubernetes/client/client.ts';
import type { MetricsProvider } from '../../kubernetes/workqueue/metrics.ts';
import type { AccessMetrics } from './access-metrics.ts';
import { createAccessMetrics } from './access-metrics.ts';
import { createClientMetrics, createReflectorMetrics } from './client.ts';
import { createWorkloadMetrics } from './controller.ts';
import { createEventLoopMetrics } from './event-loop-metrics.ts';
import { createLoadMetrics } from './load-metrics.ts';
import type { LoadMetrics } from './load-metrics.ts';
import { createKubeletMetrics } from './kubelet-metrics.ts';
import type { KubeletMetrics } from '../../controllers/kubelet/kubelet-metrics.ts';
import { createProcessMetrics } from './process-metrics.ts';
import type { ProcessMetrics } from './process-metrics.ts';
import { createRegistry } from './registry.ts';
import type { ReviewObserver } from '../../webhook/app.ts';
import { createRuleMetrics } from './rule-metrics.ts';
import type { RuleMetrics } from './rule-metrics.ts';
import { createShardMetrics } from './shard-metrics.ts';
import type { ShardMetrics } from './shard-metrics.ts';
import { createTargetMetrics } from './targets.ts';
import type { TargetMetrics } from './targets.ts';
import { createWebhookMetrics } from './webhook-metrics.ts';
import { createWorkqueueMetrics } from './workqueue.ts';

/** Metrics of the controller of one kind of workload, and of the caches that only it reads. */
export interface ControllerMetricSet {
  readonly workload: WorkloadMetrics;
  readonly reflector: ReflectorMetrics;
}

export type ControllerMetrics = ReadonlyMap<string, ControllerMetricSet>;

/** Every metric of `stoker run`: registered here and nowhere else, so that docs/metrics.md can list them all. */
export interface OperatorMetrics {
  readonly registry: Registry;
  readonly process: ProcessMetrics;
  /** Told of the longest time in milliseconds that the event loop was held, each second anew. */
  readonly observeEventLoop: (longestMs: number) => void;
  readonly client: ClientMetrics;
  readonly access: AccessMetrics;
  readonly queue: MetricsProvider;
  readonly kubelet: KubeletMetrics;
  readonly webhook: ReviewObserver;
  readonly targets: TargetMetrics;
  readonly rules: RuleMetrics;
  readonly shards: ShardMetrics;
  readonly loads: LoadMetrics;
  /** By the kind's name for its controller, the label `controller`. */
  readonly controllers: ControllerMetrics;
}

/** Registers everything in a registry of its own. @param ofProcess as in `createRegistry`. */
export function createOperatorMetrics(ofProcess = true): OperatorMetrics {
  const registry = createRegistry(ofProcess);
  const createSet = (label: string): ControllerMetricSet => ({
    workload: createWorkloadMetrics(registry, label),
    reflector: createReflectorMetrics(registry, label),
  });
  return {
    registry,
    process: createProcessMetrics(registry),
    observeEventLoop: createEventLoopMetrics(registry),
    client: createClientMetrics(registry),
    access: createAccessMetrics(registry),
    queue: createWorkqueueMetrics(registry),
    kubelet: createKubeletMetrics(registry),
    webhook: createWebhookMetrics(registry),
    targets: createTargetMetrics(registry),
    rules: createRuleMetrics(registry),
    shards: createShardMetrics(registry),
    loads: createLoadMetrics(registry),
    controllers: new Map(workloadKinds.map(({ controller }) => [controller, createSet(controller)])),
  };
}
