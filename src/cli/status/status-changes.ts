import type { ExplainedRow, Overview, WorkloadRow } from '../../core/overview/overview.ts';
import { compareRows } from '../../core/overview/order.ts';
import { writeKey } from '../../core/overview/row-key.ts';
import { measureColumns, renderRow } from '../table.ts';
import { colourStates, explainedCells, explainedHeads, workloadCells, workloadHeads } from './status-formats.ts';
import type { StatusStyle } from './status-formats.ts';

/** A row, and which list it is of. */
type ListedRow =
  | { readonly list: 'monitors' | 'rules' | 'routes'; readonly row: ExplainedRow }
  | { readonly list: 'workloads'; readonly row: WorkloadRow };

/** How a row differs from before. */
export type StatusChange = ListedRow & { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' };

interface Known {
  readonly listed: ListedRow;
  /** What is compared. */
  readonly text: string;
}

/** Remembers rows, and says which are others the next time. */
export class StatusChanges {
  readonly #write: (listed: ListedRow) => string;
  #known = new Map<string, Known>();

  /** @param write what of a row is seen: it has changed when this has */
  constructor(write: (listed: ListedRow) => string) {
    this.#write = write;
  }

  /** Those that went first, then the others, the worst first. */
  take(overview: Overview): StatusChange[] {
    const next = this.#index(overview);
    const gone = [...this.#known].filter(([key]) => !next.has(key));
    const changes: StatusChange[] = gone.map(([, { listed }]) => ({ type: 'DELETED', ...listed }));
    for (const [key, { listed, text }] of next) {
      const before = this.#known.get(key);
      if (before === undefined) changes.push({ type: 'ADDED', ...listed });
      else if (before.text !== text) changes.push({ type: 'MODIFIED', ...listed });
    }
    this.#known = next;
    return changes;
  }

  #index(overview: Overview): Map<string, Known> {
    const rows = listRows(overview);
    return new Map(rows.map((listed) => [nameRow(listed), { listed, text: this.#write(listed) }]));
  }
}

function listRows({ monitors, rules, routes, workloads }: Overview): ListedRow[] {
  const explained = Object.entries({ monitors, rules, routes }).flatMap(([list, rows]) =>
    rows.map((row) => ({ list: list as 'monitors' | 'rules' | 'routes', row })),
  );
  return [
    ...explained.sort((a, b) => compareRows(a.row, b.row)),
    ...workloads.map((row) => ({ list: 'workloads' as const, row })),
  ];
}

const nameRow = (listed: ListedRow): string =>
  listed.list === 'workloads'
    ? `${listed.list} ${writeKey(listed.row.object)}`
    : `${listed.list} ${writeKey(listed.row.object, listed.row.workload)}`;

/** Lines below the two tables that were printed first, as wide as those. */
export class StatusLines {
  readonly #style: StatusStyle;
  readonly #isWide: boolean;
  readonly #widths: { readonly explained: readonly number[]; readonly workloads: readonly number[] };

  constructor(first: Overview, style: StatusStyle, isWide: boolean) {
    this.#style = style;
    this.#isWide = isWide;
    const rows = [...first.monitors, ...first.rules, ...first.routes];
    this.#widths = {
      explained: measureColumns(
        explainedHeads(isWide),
        rows.map((row) => explainedCells(row, style, isWide)),
      ),
      workloads: measureColumns(
        workloadHeads(isWide),
        first.workloads.map((row) => workloadCells(row, isWide)),
      ),
    };
  }

  /** A row that went has the state "gone". */
  write(change: StatusChange): string {
    const cells = listCells(change, this.#style, this.#isWide);
    const widths = change.list === 'workloads' ? this.#widths.workloads : this.#widths.explained;
    const [, ...rest] = cells;
    const named = change.list === 'workloads' ? 1 : 2;
    const line = renderRow(change.type === 'DELETED' ? ['gone', ...rest.slice(0, named)] : cells, widths);
    return this.#style.isTerminal ? colourStates(line) : line;
  }
}

/** What a table shows of a row. */
export const listCells = (listed: ListedRow, style: StatusStyle, isWide: boolean): string[] =>
  listed.list === 'workloads' ? workloadCells(listed.row, isWide) : explainedCells(listed.row, style, isWide);
