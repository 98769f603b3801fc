/** Where one syntactic element of a pattern ends, for those in which a "(" is no group: escapes, \Q…\E, classes. */
const opaque = /\\Q(?:[^]*?\\E|[^]*$)|\\[^]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]/y;
const opening = /\((?:\?P?<([^>]*)>|(\?)?)/y;

/** The pattern's groups: names by index (0 is the whole match), and the pattern with names taken away. */
export interface NamedGroups {
  readonly names: readonly (string | undefined)[];
  readonly unnamed: string;
}

/** The text at an index in which nothing has a meaning of its own: an escape, \Q…\E or a class; undefined elsewhere. */
export function readSkipped(pattern: string, at: number): string | undefined {
  opaque.lastIndex = at;
  return opaque.exec(pattern)?.[0];
}

/** Reads the names of a pattern that is known to be valid RE2 syntax. */
export function readGroupNames(pattern: string): NamedGroups {
  const names: (string | undefined)[] = [undefined];
  let unnamed = '';
  for (let at = 0; at < pattern.length;) {
    const skipped = readSkipped(pattern, at);
    opening.lastIndex = at;
    const group = skipped === undefined ? opening.exec(pattern) : null;
    const text = skipped ?? group?.[0] ?? pattern.charAt(at);
    const [, name, flags] = group ?? [];
    if (group !== null && flags === undefined) names.push(name);
    unnamed += name === undefined ? text : '(';
    at += text.length;
  }
  return { names, unnamed };
}
