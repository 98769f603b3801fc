import type { Matcher } from '../alertmanager-config/matchers/matcher.ts';
import type { Labels, Matching } from './matching.ts';

/** A matcher of a silence, as the API of Alertmanager writes it. */
export interface SilenceMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

/** A silence; its times are RFC 3339. */
export interface Silence {
  readonly id: string;
  readonly matchers: readonly SilenceMatcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

const types = { equal: ['!=', '='], regex: ['!~', '=~'] } as const;

/** The matcher as routes have them. */
export const toMatcher = ({ name, value, isRegex, isEqual }: SilenceMatcher): Matcher => ({
  ...{ name, value, type: types[isRegex ? 'regex' : 'equal'][isEqual ? 1 : 0] },
});

/** The first and the last moment count. @param at milliseconds since 1970. */
export const isActive = ({ startsAt, endsAt }: Silence, at: number): boolean =>
  Date.parse(startsAt) <= at && at <= Date.parse(endsAt);

/**
 * The silences that hide an alert, as Alertmanager decides it: those that are active at the time and of which all matchers match.
 * What a silence was said to be is no matter: its times tell whether it is active. One without matchers hides nothing.
 */
export function findSilencing<T extends Silence>(
  silences: readonly T[],
  labels: Labels,
  { at, matching }: { readonly at: number; readonly matching: Matching },
): T[] {
  const hides = ({ matchers }: Silence): boolean =>
    matchers.length > 0 && matchers.every((matcher) => matching.matches(toMatcher(matcher), labels));
  return silences.filter((one) => isActive(one, at) && hides(one));
}
