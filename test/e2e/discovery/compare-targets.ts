import type { ApiTargets } from '../../../src/core/targets/api-targets.ts';
import { describeTargets } from '../../../src/core/targets/api-targets.ts';
import type { TargetPool } from '../../../src/core/targets/target-pool.ts';

/** What is compared of Prometheus' answer. */
export type TargetAnswer = Pick<ApiTargets, 'activeTargets' | 'droppedTargets' | 'droppedTargetCounts'>;

export interface Comparison {
  /** Active and dropped targets of Prometheus. */
  readonly compared: number;
  readonly active: number;
  readonly differences: readonly string[];
}

type Active = TargetAnswer['activeTargets'][number];

const sortedJson = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

const identify = (one: Active): string =>
  JSON.stringify([one.scrapePool, one.scrapeUrl, sortedJson(one.labels), one.scrapeInterval, one.scrapeTimeout]);

/** The discovered labels that a target may show: those of any target that came to it (docs/reference/discovery.md 0.3, ND4). */
function listShown(pools: ReadonlyMap<string, TargetPool>): { key: string; shown: ReadonlySet<string> }[] {
  return [...pools].flatMap(([scrapePool, pool]) => {
    const described = describeTargets(new Map([[scrapePool, pool]])).activeTargets;
    return pool.list().active.map(({ discovered }, index) => {
      const shown = discovered.map((one) => sortedJson(pool.describeDiscovered(one).toObject()));
      return { key: identify(described[index] as Active), shown: new Set(shown) };
    });
  });
}

/** Compares target by target; order counts nowhere. */
export function compareTargets(theirs: TargetAnswer, pools: ReadonlyMap<string, TargetPool>): Comparison {
  const differences: string[] = [];
  const ours = describeTargets(pools);
  const unmatched = listShown(pools);
  for (const one of theirs.activeTargets) {
    const key = identify(one);
    const at = unmatched.findIndex((own) => own.key === key && own.shown.has(sortedJson(one.discoveredLabels)));
    if (at >= 0) unmatched.splice(at, 1);
    else differences.push(`only Prometheus has the target ${key} discovered as ${sortedJson(one.discoveredLabels)}`);
  }
  differences.push(
    ...unmatched.map(({ key, shown }) => `only we have the target ${key} discovered as ${[...shown].join(' or ')}`),
  );
  const drop = (one: TargetAnswer['droppedTargets'][number]): string =>
    `${one.scrapePool} ${sortedJson(one.discoveredLabels)}`;
  differences.push(...compareLists(theirs.droppedTargets.map(drop), ours.droppedTargets.map(drop)));
  for (const [job, count] of Object.entries(theirs.droppedTargetCounts)) {
    if (count !== (ours.droppedTargetCounts[job] ?? 0))
      differences.push(`${job}: Prometheus dropped ${count} targets, we ${ours.droppedTargetCounts[job] ?? 0}`);
  }
  const active = theirs.activeTargets.length;
  return { compared: active + theirs.droppedTargets.length, active, differences };
}

function compareLists(theirs: readonly string[], ours: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const one of theirs) counts.set(one, (counts.get(one) ?? 0) + 1);
  for (const one of ours) counts.set(one, (counts.get(one) ?? 0) - 1);
  return [...counts].flatMap(([one, count]) => {
    if (count === 0) return [];
    return [`only ${count > 0 ? 'Prometheus has' : 'we have'} dropped ${one} (${Math.abs(count)} times)`];
  });
}
