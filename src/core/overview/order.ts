import { compareTexts } from '../../base/order.ts';
import type { ObjectName } from '../explain/model.ts';
import { links } from '../explain/reasons.ts';
import type { ExplainedRow, RowState } from './overview.ts';
import { rowStates } from './overview.ts';

const ranks = new Map<RowState, number>(rowStates.map((state, rank) => [state, rank]));

export const rankState = (state: RowState): number => ranks.get(state) ?? rowStates.length;

export const compareNames = (a: ObjectName, b: ObjectName): number =>
  compareTexts(a.namespace, b.namespace) || compareTexts(a.kind, b.kind) || compareTexts(a.name, b.name);

const rankLink = ({ link }: ExplainedRow): number => (link === '' ? links.length : links.indexOf(link));

/** The worst first: of one state what breaks off early, then by name. */
export const compareRows = (a: ExplainedRow, b: ExplainedRow): number =>
  rankState(a.state) - rankState(b.state) ||
  rankLink(a) - rankLink(b) ||
  compareNames(a.object, b.object) ||
  compareNames(a.workload, b.workload);
