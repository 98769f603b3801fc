import type { SeededRandom } from '../../e2e/discovery/seeded-random.ts';

/** Makes a text of about `room` characters, or of fewer. */
export type MakeText = (random: SeededRandom, room: number) => string;

/** As many copies of `piece` as there is room for, at least one. */
export const fill = (piece: string, room: number): string =>
  piece.repeat(Math.max(1, Math.floor(room / Math.max(1, piece.length))));

/** `middle` inside of as many pairs of brackets as there is room for. */
export function nest([open, close]: readonly [string, string], middle: string, room: number): string {
  const depth = Math.max(1, Math.floor((room - middle.length) / (open.length + close.length)));
  return open.repeat(depth) + middle + close.repeat(depth);
}

/** The same without the closing ones. */
export const open = (bracket: string, room: number): string => fill(bracket, room);

/** Pieces in random order, until there is no room. */
export function stir(random: SeededRandom, pieces: readonly string[], room: number): string {
  let text = '';
  while (text.length < room) text += random.pick(pieces);
  return text;
}

/** Each of the makers as often as the others. */
export const anyOf =
  (...makers: readonly MakeText[]): MakeText =>
  (random, room) =>
    random.pick(makers)(random, room);

/** Pieces that are repeated as they are. */
export const repeated =
  (...pieces: readonly string[]): MakeText =>
  (random, room) =>
    fill(random.pick(pieces), room);

/** `before`, what `make` makes, `after`. */
export const within =
  (before: string, make: MakeText, after = ''): MakeText =>
  (random, room) =>
    before + make(random, Math.max(1, room - before.length - after.length)) + after;
