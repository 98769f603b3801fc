/** What is worked out at the first call, and kept; a failure is not kept. */
export function once<T>(open: () => T): () => T {
  let opened: { readonly value: T } | undefined;
  return () => (opened ??= { value: open() }).value;
}
