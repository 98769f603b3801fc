import type { KubernetesObject, ResourceType } from '../../api/meta.ts';

/** Which namespaces a cache covers: the whole cluster but some, or some alone. */
export type NamespaceScope =
  | { readonly kind: 'cluster'; readonly denied: readonly string[] }
  | { readonly kind: 'namespaces'; readonly names: readonly string[] };

/** What one reflector lists and watches. */
export interface Selection {
  /** "" for all namespaces. */
  readonly namespace: string;
  /** Set where one object is followed by its name: a Namespace of an allow list. */
  readonly name?: string;
  readonly fieldSelector: string;
  readonly labelSelector: string;
  /** The same condition in code: an API server that ignores the field selector does no harm. */
  includes(object: KubernetesObject): boolean;
}

export interface ScopeOptions {
  readonly type: ResourceType;
  readonly scope?: NamespaceScope | undefined;
  readonly fieldSelector?: string | undefined;
  readonly labelSelector?: string | undefined;
}

/**
 * One selection for the whole cluster, or one a namespace of the allow list. Namespace objects themselves are covered
 * by their names; other cluster-scoped types are not cut down.
 */
export function splitScope(options: ScopeOptions): readonly Selection[] {
  const { type, scope = { kind: 'cluster', denied: [] }, fieldSelector = '', labelSelector = '' } = options;
  const isNamespace = type.group === '' && type.plural === 'namespaces';
  const join = (...selectors: readonly string[]): string => selectors.filter((one) => one !== '').join(',');
  if (scope.kind === 'cluster' || (!type.namespaced && !isNamespace)) {
    const denied = new Set(scope.kind === 'cluster' && (type.namespaced || isNamespace) ? scope.denied : []);
    const field = isNamespace ? 'metadata.name' : 'metadata.namespace';
    const conditions = [...denied].map((name) => `${field}!=${name}`);
    return [
      {
        namespace: '',
        labelSelector,
        fieldSelector: join(fieldSelector, ...conditions),
        includes: ({ metadata }) => !denied.has((isNamespace ? metadata.name : metadata.namespace) ?? ''),
      },
    ];
  }
  return [...new Set(scope.names)].map((name) =>
    isNamespace
      ? {
          namespace: '',
          name,
          labelSelector,
          fieldSelector: join(fieldSelector, `metadata.name=${name}`),
          includes: ({ metadata }) => metadata.name === name,
        }
      : {
          namespace: name,
          labelSelector,
          fieldSelector,
          includes: ({ metadata }) => metadata.namespace === name,
        },
  );
}
