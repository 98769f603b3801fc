/** Patterns of file names as Go's filepath.Match has them. */

/** Takes one character, or any number of any: `*`. */
type Piece = ((character: string) => boolean) | '*';

/**
 * Compiles a pattern for one part of a path: `*` is any text, `?` one character, `[a-z]` and `[^a-z]` one of a class,
 * `\` takes the next character as it is. Names take time in proportion to their length times the pattern's.
 * @throws {SyntaxError} for a class that does not end.
 */
export function compilePattern(pattern: string): (name: string) => boolean {
  const pieces: Piece[] = [];
  for (let rest = pattern; rest !== '';) {
    const [token, piece] = readToken(rest, pattern);
    pieces.push(piece);
    rest = rest.slice(token.length);
  }
  return (name) => matchPieces(pieces, Array.from(name));
}

/** Only the last star ever has to take more: whatever an earlier one could take, the last one can. */
function matchPieces(pieces: readonly Piece[], name: readonly string[]): boolean {
  let [piece, at] = [0, 0];
  let star: { readonly piece: number; at: number } | undefined;
  while (at < name.length) {
    const wanted = pieces[piece];
    if (wanted === '*') {
      star = { piece: piece + 1, at };
      piece += 1;
    } else if (wanted?.(name[at] ?? '') === true) {
      piece += 1;
      at += 1;
    } else if (star !== undefined) {
      star.at += 1;
      [piece, at] = [star.piece, star.at];
    } else return false;
  }
  return pieces.slice(piece).every((left) => left === '*');
}

/** The first token of a pattern, and what it takes. */
function readToken(rest: string, pattern: string): readonly [string, Piece] {
  if (rest.startsWith('*')) return ['*', '*'];
  if (rest.startsWith('?')) return ['?', () => true];
  if (rest.startsWith('[')) return readClass(rest, pattern);
  const [token = ''] = /^\\?[\s\S]/u.exec(rest) ?? [];
  const wanted = token.length > 1 && token.startsWith('\\') ? token.slice(1) : token;
  return [token, (character) => character === wanted];
}

function readClass(rest: string, pattern: string): readonly [string, Piece] {
  const [token, negation, members] = /^\[(\^?)((?:\\[\s\S]|[^\]\\])+)\]/u.exec(rest) ?? [];
  if (token === undefined || members === undefined) throw new SyntaxError(`syntax error in pattern "${pattern}"`);
  const safe = members.replaceAll(/\\?([\s\S])/gu, (_, character: string) =>
    character === '-' ? '-' : quote(character),
  );
  const one = new RegExp(`^[${negation ?? ''}${safe}]$`, 'su');
  return [token, (character) => one.test(character)];
}

const quote = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
