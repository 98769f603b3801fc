import { refuseIf } from '../../prometheus-config/shape.ts';
import type { RegexpCache } from '../../relabel/regexp-cache.ts';

export type MatcherType = '=' | '!=' | '=~' | '!~';

/** What the value of one label must be. */
export interface Matcher {
  readonly name: string;
  readonly type: MatcherType;
  readonly value: string;
}

/** What Go calls a space (unicode.IsSpace): not quite what \s is in JavaScript. */
export const space = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** The expression is put into its anchors as text, and a dot does not match a newline. */
export function findRegexpFault({ type, value }: Matcher, regexps: RegexpCache): string | undefined {
  return type === '=~' || type === '!~' ? regexps.findFault(value, false) : undefined;
}

/** @throws {ConfigError} when its regular expression is none. */
export function checkRegexp(matcher: Matcher, regexps: RegexpCache): Matcher {
  const fault = findRegexpFault(matcher, regexps);
  refuseIf(fault !== undefined, fault ?? '');
  return matcher;
}
