/** What the page is told while it is open: that something changed, never what it is now. */
import type { Place } from './sight.ts';
import { seesAll } from './sight.ts';
import type { Sight } from './sight.ts';
import { mostEventRows } from '../limits.ts';

/** A row of a list that came, went or is another now. */
export interface ChangedRow {
  /** Such as "monitors". */
  readonly list: string;
  /** Of the row in its list. */
  readonly key: string;
  /** Whoever may not see all of these is not told. */
  readonly about: readonly Place[];
}

export interface Change {
  /** Of which state of the cluster it tells, in milliseconds since 1970. */
  readonly asOf: number;
  readonly rows: readonly ChangedRow[];
}

/** Whether what the page shows is what the cluster has. */
export interface PageState {
  readonly state: 'live' | 'behind' | 'starting';
  /** For people; names no object. */
  readonly message: string;
}

const frame = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/**
 * A change as whoever has this sight is told of it. Undefined: nothing of it is theirs. "unknown": nobody has asked yet whether
 * they may see one of the rows. More rows than a message holds are told by their lists alone.
 */
export function writeChange({ asOf, rows }: Change, sight: Sight): { readonly text: string | undefined } | 'unknown' {
  const seen: { readonly list: string; readonly key: string }[] = [];
  for (const { list, key, about } of rows) {
    const sees = seesAll(sight, about);
    if (sees === undefined) return 'unknown';
    if (sees) seen.push({ list, key });
  }
  if (seen.length === 0) return { text: undefined };
  const at = { asOf: new Date(asOf).toISOString() };
  if (seen.length <= mostEventRows) return { text: frame('change', { ...at, rows: seen }) };
  return { text: frame('change', { ...at, lists: [...new Set(seen.map(({ list }) => list))] }) };
}

export const writeState = (state: PageState): string => frame('state', state);

/** Told in the place of events that are no longer known: all that is shown must be read again. */
export const resetText = frame('reset', {});

/** Keeps the connection from being taken for dead. */
export const beatText = ': beat\n\n';
