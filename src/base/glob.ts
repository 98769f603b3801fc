/** Patterns of file names as Go's filepath.Match has them. */

/**
 * Compiles a pattern for one part of a path: `*` is any text, `?` one character, `[a-z]` and `[^a-z]` one of a class,
 * `\` takes the next character as it is.
 * @throws {SyntaxError} for a class that does not end.
 */
export function compilePattern(pattern: string): (name: string) => boolean {
  let source = '';
  for (let rest = pattern; rest !== '';) {
    const [token, text] = readToken(rest, pattern);
    source += text;
    rest = rest.slice(token.length);
  }
  const regexp = new RegExp(`^${source}$`, 'su');
  return (name) => regexp.test(name);
}

/** The first token of a pattern, and the source of a regular expression for it. */
function readToken(rest: string, pattern: string): readonly [string, string] {
  if (rest.startsWith('*')) return ['*', '.*'];
  if (rest.startsWith('?')) return ['?', '.'];
  if (rest.startsWith('[')) return readClass(rest, pattern);
  const [token = ''] = /^\\?[\s\S]/u.exec(rest) ?? [];
  return [token, quote(token.length > 1 && token.startsWith('\\') ? token.slice(1) : token)];
}

function readClass(rest: string, pattern: string): readonly [string, string] {
  const [token, negation, members] = /^\[(\^?)((?:\\[\s\S]|[^\]\\])+)\]/u.exec(rest) ?? [];
  if (token === undefined || members === undefined) throw new SyntaxError(`syntax error in pattern "${pattern}"`);
  const safe = members.replaceAll(/\\?([\s\S])/gu, (_, character: string) =>
    character === '-' ? '-' : quote(character),
  );
  return [token, `[${negation ?? ''}${safe}]`];
}

const quote = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
