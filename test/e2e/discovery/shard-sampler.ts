import { setTimeout as delay } from 'node:timers/promises';
import type { RunningPrometheus } from '../../control-plane/prometheus.ts';
import type { TargetAnswer } from './compare-targets.ts';

/** What was seen of the targets of all shards while something happened. */
export interface Seen {
  readonly samples: number;
  /** Targets that no shard had at some time, and have to be there all the time. */
  readonly lost: readonly string[];
  /** The longest time for which two shards had one target, in milliseconds. */
  readonly longestTwiceMs: number;
}

const sampleMs = 100;

export async function listUrls({ url }: RunningPrometheus): Promise<Set<string>> {
  const response = await fetch(`${url}/api/v1/targets?state=active`);
  const { activeTargets } = ((await response.json()) as { data: TargetAnswer }).data;
  return new Set(activeTargets.map(({ scrapePool, scrapeUrl }) => `${scrapePool} ${scrapeUrl}`));
}

/** Looks at all shards ten times a second until `work` has ended. @param lasting what must be there all the time. */
export async function sample(
  shards: readonly RunningPrometheus[],
  lasting: ReadonlySet<string>,
  work: () => Promise<void>,
): Promise<Seen> {
  const twiceSince = new Map<string, number>();
  const lost = new Set<string>();
  let [samples, longestTwiceMs, isDone] = [0, 0, false];
  const working = work().finally(() => (isDone = true));
  do {
    const lists = await Promise.all(shards.map(listUrls));
    const now = Date.now();
    samples += 1;
    const all = lists.flatMap((one) => [...one]);
    const union = new Set(all);
    for (const target of lasting) if (!union.has(target)) lost.add(target);
    for (const target of union) {
      if (lists.filter((one) => one.has(target)).length < 2) twiceSince.delete(target);
      else {
        const since = twiceSince.get(target) ?? now;
        twiceSince.set(target, since);
        longestTwiceMs = Math.max(longestTwiceMs, now - since);
      }
    }
    await delay(sampleMs);
  } while (!isDone);
  await working;
  return { samples, lost: [...lost], longestTwiceMs };
}
