/** A message without the values that it quotes: those in double quotes, and all between the first and the last backquote. */
export function hideQuoted(message: string): string {
  const [first, last] = [message.indexOf('`'), message.lastIndexOf('`')];
  const shown = first < last ? `${message.slice(0, first)}"…"${message.slice(last + 1)}` : message;
  return shown.replaceAll(/"(?:[^"\\]|\\.?)*"?/gs, '"…"');
}
