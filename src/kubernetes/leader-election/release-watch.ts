import type { NamespacedName } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { silentLogger } from '../../base/logger.ts';
import { createInformer } from '../cache/informer.ts';
import type { KubernetesClient } from '../client/client.ts';
import type { Lease } from './lease-lock.ts';
import { leaseType } from './lease-lock.ts';

export interface ReleaseWatchOptions {
  readonly client: KubernetesClient;
  readonly lease: NamespacedName;
  readonly clock: Clock;
  readonly random: () => number;
  /** Nobody holds the lease (any more). */
  readonly onFree: () => void;
}

const isFree = ({ spec }: Lease): boolean => (spec?.holderIdentity ?? '') === '';

/**
 * One watch, by name, on the Lease: a candidate that waits need not be asleep when it is released. It only hastens the
 * next try, which decides; where watching is refused or broken the tries go on in their own time, and say what is wrong.
 */
export async function watchForRelease(options: ReleaseWatchOptions, signal: AbortSignal): Promise<void> {
  const { client, lease, clock, random, onFree } = options;
  const informer = createInformer<Lease>({
    client,
    type: leaseType,
    scope: { kind: 'namespaces', names: [lease.namespace] },
    fieldSelector: `metadata.name=${lease.name}`,
    clock,
    random,
    logger: silentLogger,
  });
  informer.addHandler({
    add: (object) => {
      if (isFree(object)) onFree();
    },
    update: (_previous, object) => {
      if (isFree(object)) onFree();
    },
    delete: onFree,
  });
  await informer.run(signal);
}
