import { GoRegexp } from '../../base/go-regexp.ts';
import type { Matcher } from '../alertmanager-config/matchers/matcher.ts';

/** Labels of an alert: one that is absent is the same as an empty one. */
export type Labels = ReadonlyMap<string, string>;

/** Whether alerts match matchers, as Alertmanager decides it. Each regular expression is compiled once. */
export class Matching {
  readonly #regexps = new Map<string, GoRegexp>();

  matches({ name, type, value }: Matcher, labels: Labels): boolean {
    const found = labels.get(name) ?? '';
    if (type === '=') return found === value;
    if (type === '!=') return found !== value;
    return this.#regexp(value).matches(found) === (type === '=~');
  }

  /** All of them must match; none match every alert. */
  matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
    return matchers.every((matcher) => this.matches(matcher, labels));
  }

  /** The expression must match the whole value, and its dot matches no newline. */
  #regexp(pattern: string): GoRegexp {
    const known = this.#regexps.get(pattern) ?? GoRegexp.compileAnchored(pattern, { dotNewline: false });
    this.#regexps.set(pattern, known);
    return known;
  }
}

/** Names that the older grammar cannot write stand in quotes. */
const writeLabelName = (name: string): string =>
  /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name) ? name : JSON.stringify(name);

/** A matcher as people write it. */
export const writeMatcher = ({ name, type, value }: Matcher): string =>
  `${writeLabelName(name)}${type}${JSON.stringify(value)}`;

/** Labels as the commands take them, sorted by name. */
export const writeLabels = (labels: Labels): string =>
  [...labels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${writeLabelName(name)}=${/^[\w./:-]+$/.test(value) ? value : JSON.stringify(value)}`)
    .join(' ');
