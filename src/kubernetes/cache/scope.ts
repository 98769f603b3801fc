/** Which namespaces a cache covers: the whole cluster but some, or some alone. */
export type NamespaceScope =
  | { readonly kind: 'cluster'; readonly denied: readonly string[] }
  | { readonly kind: 'namespaces'; readonly names: readonly string[] };
