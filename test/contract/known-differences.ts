/** Where the sandbox is allowed to differ from a kube-apiserver, and why. Anything not listed here is its fault. */
export interface KnownDifference {
  /** Name of the case. */
  readonly name: string;
  readonly reason: string;
  /** What the case returns on the sandbox instead. */
  readonly onSandbox: unknown;
}

export const knownDifferences: readonly KnownDifference[] = [];

/** What a kube-apiserver has and the sandbox does not: no case asks for it. */
export const missingParts: readonly string[] = [
  'authorization: who is let in may do everything, and reviews of access say so',
  'admission webhooks and policies: nobody is asked',
  'conversion webhooks: versions of one kind differ by apiVersion alone, as with the strategy None',
  'protocol buffers in answers (requests may be sent in them)',
  'exec, attach, port-forward and logs: nothing runs in Pods',
  'resource quotas, limit ranges and the other admission plug-ins that need an object of their own to act',
];
