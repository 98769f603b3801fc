/** Finds events that were lost without an error: now and then compares what is cached with what the server lists. */
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import { keyOf } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../client/client.ts';
import { listPages } from './list-pages.ts';
import { pause } from './pause.ts';
import type { Partition } from './partition.ts';
import type { Reflector } from './reflector.ts';
import type { Selection } from './scope.ts';
import { verifyGraceMs } from '../limits.ts';

export interface VerifierOptions<T extends KubernetesObject> {
  readonly client: KubernetesClient;
  readonly type: ResourceType;
  readonly selection: Selection;
  readonly partition: Partition<T>;
  readonly reflector: Reflector<T>;
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Keys on which the two sides differ, with the version that the cache has ("" when it has none). */
type Differences = ReadonlyMap<string, string>;

/** Compares until the signal is aborted. A failure to list is the reflector's to tell: here it is only skipped. */
export async function verifyRegularly<T extends KubernetesObject>(
  options: VerifierOptions<T>,
  signal: AbortSignal,
): Promise<void> {
  const { clock, intervalMs, partition, reflector, logger } = options;
  while (await pause(clock, intervalMs, signal)) {
    if (!partition.synced) continue;
    try {
      const lost = await findLostKeys(options, signal);
      if (lost.length === 0) continue;
      logger.warn('The cache had missed changes: listing again', { objects: lost.length, first: lost[0] });
      reflector.relist(`${lost.length} objects differ from the server`);
    } catch (error) {
      logger.debug('Cannot compare the cache with the server', { error: describeError(error) });
    }
  }
}

/** Keys that differ, and that did not change here while events on their way had time to arrive. */
async function findLostKeys<T extends KubernetesObject>(
  options: VerifierOptions<T>,
  signal: AbortSignal,
): Promise<string[]> {
  const { partition, clock } = options;
  const listed = await listVersions(options, signal);
  const suspects = compare(listed, partition.describeVersions());
  if (suspects.size === 0) return [];
  if (!(await pause(clock, verifyGraceMs, signal))) return [];
  const now = compare(listed, partition.describeVersions());
  return [...suspects].filter(([key, version]) => now.get(key) === version).map(([key]) => key);
}

async function listVersions<T extends KubernetesObject>(
  { client, type, selection, reflector }: VerifierOptions<T>,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const { namespace, labelSelector, fieldSelector } = selection;
  const versions = new Map<string, string>();
  const ingest = (object: KubernetesObject): undefined => {
    const key = keyOf(object);
    if (selection.includes(object) && !reflector.isLeftOut(key))
      versions.set(key, object.metadata.resourceVersion ?? '');
  };
  await listPages({ client, type, namespace, labelSelector, fieldSelector, metadataOnly: true, ingest, signal });
  return versions;
}

function compare(listed: ReadonlyMap<string, string>, cached: ReadonlyMap<string, string>): Differences {
  const differences = new Map<string, string>();
  for (const [key, version] of listed) {
    const own = cached.get(key) ?? '';
    if (own !== version) differences.set(key, own);
  }
  for (const [key, own] of cached) if (!listed.has(key)) differences.set(key, own);
  return differences;
}
