const ascii = /^[\x00-\x7f]*$/;

/** Greek letters with iota subscript, whose capitals JavaScript spells as two letters and Go as one. */
function capitalOfIotaSubscript(point: number): string | undefined {
  const isLowerHalf = (point & 0x08) === 0 && point >= 0x1f80 && point <= 0x1faf;
  if (isLowerHalf) return String.fromCodePoint(point + 8);
  return [0x1fb3, 0x1fc3, 0x1ff3].includes(point) ? String.fromCodePoint(point + 9) : undefined;
}

function isOnePoint(text: string): boolean {
  const point = text.codePointAt(0);
  return point !== undefined && String.fromCodePoint(point).length === text.length;
}

/** Go changes each code point by itself: what JavaScript spells with several stays as it is (docs/reference/discovery.md 4.4). */
function mapPoints(text: string, convert: (character: string) => string): string {
  let result = '';
  for (const character of text) {
    const converted = convert(character);
    result += isOnePoint(converted) ? converted : character;
  }
  return result;
}

/** Go's strings.ToLower. */
export function toLowerCase(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return mapPoints(text, (character) => (character === '\u0130' ? 'i' : character.toLowerCase()));
}

/** Go's strings.ToUpper. */
export function toUpperCase(text: string): string {
  if (ascii.test(text)) return text.toUpperCase();
  return mapPoints(
    text,
    (character) => capitalOfIotaSubscript(character.codePointAt(0) ?? 0) ?? character.toUpperCase(),
  );
}
