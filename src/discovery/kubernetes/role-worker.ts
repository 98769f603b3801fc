import { splitKey } from '../../api/meta.ts';
import { sleep } from '../../base/clock.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { AttachMetadata, GroupContext } from '../../core/targets/groups/context.ts';
import type { MetadataLabels } from '../../core/targets/groups/metadata-labels.ts';
import type { Role } from '../../core/targets/groups/objects.ts';
import { groupBuilders, sourceOf } from '../../core/targets/groups/roles.ts';
import type { GroupFeatures } from '../../core/targets/features.ts';
import { createEmptyGroup } from '../../core/targets/plain-groups.ts';
import type { RoleSelector } from '../../core/targets/sd-config.ts';
import type { TargetGroup } from '../../core/targets/target-group.ts';
import { createQueue } from '../../kubernetes/workqueue/queue.ts';
import type { GroupSink } from '../discoverer.ts';
import type { DiscoveryMetrics } from '../metrics.ts';
import type { InformerPool } from './informer-pool.ts';
import { watchRole } from './role-handlers.ts';
import { acquireInformers, listAwaited } from './role-informers.ts';
import type { RoleInformers } from './role-informers.ts';

export interface RoleWorkerOptions<R extends Role> {
  readonly role: R;
  /** "" for all. */
  readonly namespace: string;
  readonly selectors: readonly RoleSelector[];
  readonly attach: AttachMetadata;
  readonly features: GroupFeatures;
  readonly metadata: MetadataLabels;
  readonly pool: InformerPool;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: DiscoveryMetrics;
}

/** As client-go asks whether caches have synced. */
const syncPollMs = 100;

/** Turns the objects of one role in one namespace into groups, one at a time, until the signal is aborted. */
export async function runRoleWorker<R extends Role>(
  options: RoleWorkerOptions<R>,
  send: GroupSink,
  signal: AbortSignal,
): Promise<void> {
  const { role, clock, metrics } = options;
  const borrowed = acquireInformers(options);
  const { informers } = borrowed;
  const queue = createQueue({ name: role, clock });
  const handlers = watchRole({ role, informers, metrics, enqueue: (key) => queue.add(key) });
  const stop = (): void => queue.shutDown();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const awaited = listAwaited(role, informers);
    while (!awaited.every((informer) => informer.hasSynced())) await sleep(clock, syncPollMs, signal);
    for (let item = await queue.get(); item !== 'shutdown'; item = await queue.get()) {
      const group = buildGroup(options, informers, item.key);
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
