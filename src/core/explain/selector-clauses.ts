import type { LabelSelector, LabelSelectorRequirement } from '../../api/meta.ts';
import { nearestName } from '../../api/validation/nearest.ts';
import { compileLabelSelector } from '../selectors/label-selector.ts';

export type Labels = Readonly<Record<string, string>>;

/** One clause of a selector, and what the labels have for it. */
export interface Clause {
  readonly key: string;
  /** "release=main", "team in (shop,pay)", "!legacy". */
  readonly text: string;
  readonly holds: boolean;
  /** "release=other", or "no release". */
  readonly found: string;
  /** The value with which the clause would hold; undefined: the label must go. */
  readonly wanted: string | undefined;
  /** Other values would do as well. */
  readonly isGuess: boolean;
  /** Where it stands below the selector. */
  readonly at: readonly (string | number)[];
}

const showLabel = (labels: Labels, key: string): string =>
  Object.hasOwn(labels, key) ? `${key}=${labels[key] ?? ''}` : `no ${key}`;

function showRequirement({ key, operator, values = [] }: LabelSelectorRequirement): string {
  switch (operator) {
    case 'In':
      return `${key} in (${values.join(',')})`;
    case 'NotIn':
      return `${key} notin (${values.join(',')})`;
    default:
      return operator === 'Exists' ? key : `!${key}`;
  }
}

/** Every clause of a selector, in the order in which it is written, held against labels. */
export function compareClauses(selector: LabelSelector, labels: Labels): Clause[] {
  const exact = Object.entries(selector.matchLabels ?? {}).map(([key, value]): Clause => {
    const holds = Object.hasOwn(labels, key) && labels[key] === value;
    const at = ['matchLabels', key];
    return { key, text: `${key}=${value}`, holds, found: showLabel(labels, key), wanted: value, isGuess: false, at };
  });
  const expressions = (selector.matchExpressions ?? []).map((requirement, index): Clause => {
    const { key, operator, values = [] } = requirement;
    const holds = compileLabelSelector({ matchExpressions: [requirement] })(labels);
    const wanted = operator === 'In' ? values[0] : operator === 'Exists' ? 'true' : undefined;
    const at = ['matchExpressions', index];
    const isGuess = operator === 'Exists' || values.length > 1;
    return { key, text: showRequirement(requirement), holds, found: showLabel(labels, key), wanted, isGuess, at };
  });
  return [...exact, ...expressions];
}

/** "{release=main, team in (shop,pay)}"; "{} (everything)" for the empty selector. */
export function showSelector(selector: LabelSelector): string {
  const clauses = compareClauses(selector, {});
  return clauses.length === 0 ? '{} (everything)' : `{${clauses.map(({ text }) => text).join(', ')}}`;
}

/** What labels have for the clauses that do not hold; all of them when every clause holds. */
export function showFound(clauses: readonly Clause[]): string {
  const failed = clauses.filter(({ holds }) => !holds);
  return (failed.length === 0 ? clauses : failed).map(({ found }) => found).join(', ');
}

interface Labelled {
  readonly metadata: { labels?: Record<string, string> };
}

/** A candidate whose labels come nearest to a selector. */
export interface Nearest<T> {
  readonly candidate: T;
  readonly clauses: readonly Clause[];
  readonly failed: readonly Clause[];
}

/**
 * Whether the labels look as if they were meant: all but one of several clauses hold, or what differs is a slip of the pen.
 */
export function isNearMiss({ candidate, clauses, failed }: Nearest<Labelled>): boolean {
  if (failed.length <= 1 && clauses.length > 1) return true;
  return failed.every(({ key, wanted = '' }) => {
    const value = candidate.metadata.labels?.[key];
    return (
      value !== undefined &&
      (nearestName(wanted, [value]) !== undefined || value.includes(wanted) || wanted.includes(value))
    );
  });
}

/** The candidate with the fewest clauses that do not hold; the first of several. Undefined when there is none. */
export function findNearest<T extends Labelled>(
  selector: LabelSelector,
  candidates: readonly T[],
): Nearest<T> | undefined {
  let best: Nearest<T> | undefined;
  for (const candidate of candidates) {
    const clauses = compareClauses(selector, candidate.metadata.labels ?? {});
    const failed = clauses.filter(({ holds }) => !holds);
    if (best === undefined || failed.length < best.failed.length) best = { candidate, clauses, failed };
  }
  return best;
}
