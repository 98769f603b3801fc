import { dumpYaml } from '../../base/yaml.ts';
import type { ShardMoves } from '../../core/plan/shard-moves.ts';
import { renderTable } from '../table.ts';

/** Who moves when a Prometheus has another number of shards. */
export interface ShardPlan {
  /** "Prometheus monitoring/main". */
  readonly workload: string;
  readonly moves: ShardMoves;
  /** Jobs of which nothing can be said, what could not be read. */
  readonly notes: readonly string[];
}

/** How a plan is printed, by the value of `--output`. */
export const shardFormats: Readonly<Record<string, (plan: ShardPlan) => string>> = {
  table: (plan) => renderCounts(plan),
  wide: (plan) => `${renderCounts(plan)}${renderList(plan)}`,
  json: (plan) => `${JSON.stringify(describe(plan), null, 2)}\n`,
  yaml: (plan) => dumpYaml(JSON.parse(JSON.stringify(describe(plan)))),
};

const describe = ({ workload, moves, notes }: ShardPlan) => ({ workload, ...moves, notes });

const show = (count: number | undefined): string => (count === undefined ? '–' : String(count));

function renderCounts({ workload, moves }: ShardPlan): string {
  const { from, to, targets, moved, share, shards } = moves;
  const rows = shards.map((one) => [
    ...[String(one.shard), show(one.before), show(one.after)],
    ...[String(one.in), String(one.out)],
  ]);
  const answer = `${moved} of ${targets} targets ${moved === 1 ? 'moves' : 'move'} to another shard (${share} %)`;
  const table = renderTable(['SHARD', 'BEFORE', 'AFTER', 'COME', 'GO'], rows);
  return `${workload}: ${from} -> ${to} ${to === 1 ? 'shard' : 'shards'}, ${answer}\n\n${table}`;
}

function renderList({ moves: { list } }: ShardPlan): string {
  if (list.length === 0) return '';
  const rows = list.map(({ job, url, from, to }) => [job, url, from.join(','), to.join(',')]);
  return `\n${renderTable(['JOB', 'TARGET', 'FROM', 'TO'], rows)}`;
}
