import { splitKey } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { sleep } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { AttachMetadata, GroupContext } from '../../core/targets/groups/group-context.ts';
import type { MetadataLabels } from '../../core/targets/groups/metadata-labels.ts';
import type { Role } from '../../core/targets/groups/discovered-objects.ts';
import { groupBuilders, sourceOf } from '../../core/targets/groups/roles.ts';
import type { GroupFeatures } from '../../core/targets/features.ts';
import { createEmptyGroup } from '../../core/targets/plain-groups.ts';
import type { RoleSelector } from '../../core/targets/sd-config.ts';
import type { TargetGroup } from '../../core/targets/target-group.ts';
import type { MetricsProvider } from '../../kubernetes/workqueue/metrics.ts';
import { createQueue } from '../../kubernetes/workqueue/queue.ts';
import type { Queue } from '../../kubernetes/workqueue/queue.ts';
import type { GroupSink } from '../discoverer.ts';
import type { DiscoveryMetrics } from '../metrics.ts';
import type { InformerSource, LentInformer } from './informer-pool.ts';
import { watchRole } from './role-handlers.ts';
import { acquireInformers, listAwaited } from './role-informers.ts';
import type { RoleInformers } from './role-informers.ts';
import { syncPollMs } from '../limits.ts';

export interface RoleWorkerOptions<R extends Role> {
  readonly role: R;
  /** "" for all. */
  readonly namespace: string;
  readonly selectors: readonly RoleSelector[];
  readonly attach: AttachMetadata;
  readonly features: GroupFeatures;
  readonly metadata: MetadataLabels;
  readonly pool: InformerSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: DiscoveryMetrics;
  readonly queueMetrics?: MetricsProvider | undefined;
}

/** Turns the objects of one role in one namespace into groups, one at a time. */
export class RoleWorker<R extends Role> {
  readonly #options: RoleWorkerOptions<R>;
  #awaited: readonly Pick<LentInformer<KubernetesObject>, 'hasSynced' | 'health'>[] = [];
  #queue: Queue | undefined;
  #hasStarted = false;

  constructor(options: RoleWorkerOptions<R>) {
    this.#options = options;
  }

  /** True once all objects were looked at, or will not be seen because the API server refuses what is waited for. */
  isIdle(): boolean {
    if (this.#hasStarted) return this.isComplete();
    return this.#awaited.some((informer) => informer.health().settled && !informer.hasSynced());
  }

  /** True once all objects were looked at. */
  isComplete(): boolean {
    return this.#hasStarted && this.#queue?.length === 0;
  }

  /** Works until the signal is aborted. */
  async run(send: GroupSink, signal: AbortSignal): Promise<void> {
    const { role, clock, metrics, queueMetrics } = this.#options;
    const borrowed = acquireInformers(this.#options);
    const { informers } = borrowed;
    const queue = createQueue({ name: role, clock, metrics: queueMetrics });
    const handlers = watchRole({ role, informers, metrics, enqueue: (key) => queue.add(key) });
    const stop = (): void => queue.shutDown();
    signal.addEventListener('abort', stop, { once: true });
    this.#queue = queue;
    this.#awaited = listAwaited(role, informers);
    try {
      while (!this.#awaited.every((informer) => informer.hasSynced())) await sleep(clock, syncPollMs, signal);
      this.#hasStarted = true;
      for (let item = await queue.get(); item !== 'shutdown'; item = await queue.get()) {
        const group = buildGroup(this.#options, informers, item.key);
        queue.done(item.key);
        if (group !== undefined && !signal.aborted) send([group]);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      handlers.remove();
      borrowed.release();
    }
  }
}

/** The group of an object; an empty one when there is no such object, undefined when nothing is to be sent. */
function buildGroup<R extends Role>(
  options: RoleWorkerOptions<R>,
  informers: RoleInformers<R>,
  key: string,
): TargetGroup | undefined {
  const { role, attach, features, metadata, logger } = options;
  const { namespace, name } = splitKey(key);
  const object = informers.main.store.get(namespace, name);
  if (object === undefined) return createEmptyGroup(sourceOf(role, key));
  const context: GroupContext = {
    features,
    attach,
    metadata,
    listers: {
      pods: informers.pods?.store,
      services: informers.services?.store,
      nodes: informers.nodes?.store,
      namespaces: informers.namespaces?.store,
      replicaSets: informers.replicaSets?.store,
      jobs: informers.jobs?.store,
    },
  };
  const group = groupBuilders[role](object, context);
  if (group === undefined) logger.warn('No address found', { role, object: key });
  return group;
}
