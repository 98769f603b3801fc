/** What the operator reads for whoever looks at the page, and what it asks about them. */

/** One read with the operator's own rights: its answers are shown to callers as far as they may see the objects themselves. */
export interface OwnRead {
  /** As in a Role. */
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** "" for all namespaces. */
  readonly namespace: string;
  readonly why: string;
}

export interface Rights {
  /** Who is asked about, and how; undefined where whoever reaches the address sees everything. */
  readonly callers: 'everything to whoever reaches the address' | 'what each may list (SubjectAccessReview)';
  /** The caller's name; undefined: not asked. */
  readonly you: string | undefined;
  readonly reads: readonly OwnRead[];
}
