import { GoRegexp } from '../../base/go-regexp.ts';

/**
 * Compiles a `pattern` of a schema, which is in Go's syntax; unlike the expressions of Prometheus it may match anywhere
 * in the text. The result says whether a text matches.
 * @throws {SyntaxError}
 */
export function compilePattern(pattern: string): (text: string) => boolean {
  const expression = GoRegexp.compileAnchored(`(?s:.*?)(?:${pattern})(?s:.*)`, { dotNewline: false });
  return (text) => expression.matches(text);
}
