import type { Interruptible } from '../../base/interruptible.ts';
import type { ObjectName } from '../explain/model.ts';
import type { Overview } from './overview.ts';
import { writeKey, writePermissionKey } from './row-key.ts';

/** A row of a list that is there in one of two overviews alone, or is another in each. */
export interface ChangedOverviewRow {
  readonly list: string;
  /** Stable as long as the objects are the same: "ServiceMonitor/shop/cart Prometheus/monitoring/main". */
  readonly key: string;
  /** Who may not see these is shown nothing of the row. */
  readonly about: readonly ObjectName[];
}

interface Row extends ChangedOverviewRow {
  readonly text: string;
}

const rowsAtOnce = 100;

/** What differs between two overviews; all of the later one when there is no earlier. */
export function* compareOverviews(earlier: Overview | undefined, later: Overview): Interruptible<ChangedOverviewRow[]> {
  const before = earlier === undefined ? new Map<string, Row>() : yield* indexRows(earlier);
  const after = yield* indexRows(later);
  const changed: ChangedOverviewRow[] = [];
  const note = ({ list, key, about }: Row): number => changed.push({ list, key, about });
  for (const [name, row] of after) if (before.get(name)?.text !== row.text) note(row);
  yield;
  for (const [name, row] of before) if (!after.has(name)) note(row);
  return changed;
}

/** Rows by list and key; several of one key are told as one. */
function* indexRows(overview: Overview): Interruptible<Map<string, Row>> {
  const rows = new Map<string, Row>();
  let count = 0;
  for (const { list, key, about, row } of listRows(overview)) {
    const name = `${list} ${key}`;
    const text = `${rows.get(name)?.text ?? ''}${JSON.stringify(row)}`;
    rows.set(name, { list, key, about, text });
    if ((count += 1) % rowsAtOnce === 0) yield;
  }
  return rows;
}

function* listRows(overview: Overview): Generator<ChangedOverviewRow & { readonly row: object }> {
  for (const list of ['monitors', 'rules', 'routes'] as const)
    for (const row of overview[list]) yield { list, key: writeKey(row.object, row.workload), about: [row.object], row };
  for (const row of overview.workloads)
    yield { list: 'workloads', key: writeKey(row.object), about: [row.object], row };
  for (const row of overview.rejected) {
    const about = [row.object, row.workload];
    yield { list: 'rejected', key: writeKey(...about), about, row };
  }
  for (const row of overview.permissions)
    yield { list: 'permissions', key: writePermissionKey(row), about: [row.workload], row };
}
