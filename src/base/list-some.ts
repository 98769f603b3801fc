/** The first few of a list of texts and how many there are beside: "a, b, c and 2 more"; with "; " between them "a; b; c; and 2 more". */
export function listSome(texts: readonly string[], most = 3, separator = ', '): string {
  const some = texts.slice(0, most).join(separator);
  const rest = texts.length - most;
  return rest > 0 ? `${some}${separator === ', ' ? ' ' : separator}and ${rest} more` : some;
}
