/** The text without the characters of `unwanted` at its end; a RegExp such as /-+$/ would begin anew at each of them. */
export function trimEndOf(text: string, unwanted: string): string {
  let end = text.length;
  while (end > 0 && unwanted.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
