import type { TargetRow } from '../../core/targets/target-rows.ts';
import { listCells } from './target-formats.ts';

/** How a target differs from before. */
export interface TargetChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly target: TargetRow;
}

/** Remembers targets, and says what is different the next time. */
export class TargetChanges {
  #known = new Map<string, TargetRow>();

  /** Deletions first, then the others in the order of `rows`. */
  take(rows: readonly TargetRow[]): TargetChange[] {
    const next = index(rows);
    const gone = [...this.#known].filter(([key]) => !next.has(key));
    const changes: TargetChange[] = gone.map(([, target]) => ({ type: 'DELETED', target }));
    for (const [key, target] of next) {
      const before = this.#known.get(key);
      if (before === undefined) changes.push({ type: 'ADDED', target });
      else if (before.state !== target.state || before.why !== target.why || before.url !== target.url)
        changes.push({ type: 'MODIFIED', target });
    }
    this.#known = next;
    return changes;
  }
}

/** Targets of one group that read the same are told apart by their number. */
function index(rows: readonly TargetRow[]): Map<string, TargetRow> {
  const seen = new Map<string, number>();
  return new Map(
    rows.map((row) => {
      const name = JSON.stringify([row.job, row.source, row.url]);
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return [`${name} ${count}`, row];
    }),
  );
}

const signs = { ADDED: '+', MODIFIED: '~', DELETED: '-' } as const;

/** One line for people: what happened to which target. */
export function describeChange({ type, target }: TargetChange): string {
  const [job = '', url = '', state = '', why = ''] = listCells(target, false);
  return `${signs[type]} ${[job, url, state, ...(type === 'DELETED' ? [] : [why])].filter((one) => one !== '').join('   ')}\n`;
}
