/** Where the sandbox is allowed to differ from a kube-apiserver, and why. Anything not listed here is its fault. */
export interface KnownDifference {
  /** Name of the case. */
  readonly name: string;
  readonly reason: string;
  /** What the case returns on the sandbox instead. */
  readonly onSandbox: unknown;
}

export const knownDifferences: readonly KnownDifference[] = [];
