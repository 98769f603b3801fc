import { keyOf } from '../../api/meta.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { monitorKinds } from '../monitor.ts';
import type { MonitorKind } from '../monitor.ts';
import { addHealth, judgeScraping } from './judge-scraping.ts';
import type { ScrapingVerdict } from './judge-scraping.ts';
import type { PoolHealth } from './read-targets.ts';

/** The object as the ledger and the bindings know it. */
export const idOfMonitor = (kind: string, key: string): string => `${kind} ${key}`;

/** The object that a job was made for, by the name of the job, such as "serviceMonitor/shop/cart/0"; undefined: users wrote it. */
function ownerOfJob(name: string): string | undefined {
  const [word = '', namespace, object] = name.split('/', 3);
  const kind = `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
  if (object === undefined || namespace === undefined || !monitorKinds.some((one) => one === kind)) return undefined;
  return idOfMonitor(kind, `${namespace}/${object}`);
}

/**
 * What is to be said of the scrapes of each object.
 * @param accepted objects by kind
 * @param shards of each shard the targets of one replica, by job
 */
export function judgeMonitors(
  accepted: Readonly<Partial<Record<MonitorKind, readonly KubernetesObject[]>>>,
  shards: readonly ReadonlyMap<string, PoolHealth>[],
): ReadonlyMap<string, ScrapingVerdict> {
  const sums = new Map<string, PoolHealth>();
  for (const pools of shards)
    for (const [job, health] of pools) {
      const owner = ownerOfJob(job);
      if (owner === undefined) continue;
      const sum = sums.get(owner);
      sums.set(owner, sum === undefined ? health : addHealth(sum, health));
    }
  const verdicts = new Map<string, ScrapingVerdict>();
  for (const kind of monitorKinds)
    for (const object of accepted[kind] ?? []) {
      const id = idOfMonitor(kind, keyOf(object));
      verdicts.set(id, judgeScraping(sums.get(id)));
    }
  return verdicts;
}
