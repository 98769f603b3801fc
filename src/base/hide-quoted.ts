/** The same for languages that quote in single quotes, too: what stands in those goes as well. */
export function hideAllQuoted(message: string): string {
  return hideQuoted(message.replaceAll(/'[^']*'?/g, '"…"'));
}

/** A message without the values that it quotes: those in double quotes, and all between the first and the last backquote. */
export function hideQuoted(message: string): string {
  const [first, last] = [message.indexOf('`'), message.lastIndexOf('`')];
  const shown = first < last ? `${message.slice(0, first)}"…"${message.slice(last + 1)}` : message;
  return shown.replaceAll(/"(?:[^"\\]|\\.?)*"?/gs, '"…"');
}
