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
