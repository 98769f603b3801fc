const ellipsis = '...';

/** At most so many bytes of UTF-8, without half a character at the end; three dots say that something is missing. */
export function cutText(text: string, mostBytes: number): string {
  // A character counts as one or two in JavaScript, and is up to three bytes for each.
  if (text.length * 3 <= mostBytes) return text;
  // What is behind it cannot fit, and is not looked at.
  const head = text.slice(0, mostBytes + 1);
  const bytes = Buffer.from(head);
  if (bytes.length <= mostBytes && head.length === text.length) return text;
  let end = mostBytes - ellipsis.length;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end) + ellipsis;
}
