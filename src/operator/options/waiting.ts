/** Flags of the reference that are read, checked and do nothing, by name: what to use in their place. */
export const flagsWithoutEffect: Readonly<Record<string, string>> = {
  'auto-gomemlimit-ratio': 'Node reads its limit at the start: set NODE_OPTIONS=--max-old-space-size=MIB instead',
};
