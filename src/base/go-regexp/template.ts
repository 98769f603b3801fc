/** One part of a template: text as it stands, or a reference to a group. */
type Piece = { readonly text: string } | { readonly group: string };

export function isReference(piece: Piece): piece is { readonly group: string } {
  return 'group' in piece;
}

/** After a `$`: `$` itself, a bare name, or a name in braces. Letters and digits are Unicode's. */
const reference = /\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu;

/** Splits a template as Go's Regexp.Expand does; a `$` that begins no reference is text (docs/reference/discovery.md 4.6). */
export function parseTemplate(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of template.matchAll(reference)) {
    if (found.index > at) pieces.push({ text: template.slice(at, found.index) });
    const [whole, dollar, bare, braced] = found;
    pieces.push(dollar === undefined ? { group: bare ?? braced ?? '' } : { text: '$' });
    at = found.index + whole.length;
  }
  if (at < template.length) pieces.push({ text: template.slice(at) });
  return pieces;
}

/**
 * Indexes of the groups that a reference may stand for, in the order in which they are tried: numbers without a leading
 * zero are positions, all else is a name, which several groups may bear.
 */
export function resolveGroups(group: string, names: readonly (string | undefined)[]): readonly number[] {
  if (/^(?:0|[1-9][0-9]*)$/.test(group)) return Number(group) < names.length ? [Number(group)] : [];
  return names.flatMap((name, index) => (name === group ? [index] : []));
}
