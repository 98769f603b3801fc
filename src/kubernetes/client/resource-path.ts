import type { ResourceType } from '../../api/meta.ts';

export interface ResourceAddress {
  /** "" or absent: all namespaces, or a cluster-scoped resource. */
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

export interface ResourcePath {
  readonly path: string;
  /** The path with namespace and name replaced: few values, fit for a metric label. */
  readonly endpoint: string;
}

/**
 * Where a resource lives below the server's address.
 * @throws {TypeError} when one namespaced object is addressed without a namespace, or any object by an empty name.
 */
export function buildResourcePath(type: ResourceType, address: ResourceAddress): ResourcePath {
  const { namespace = '', name, subresource } = address;
  if (name === '') throw new TypeError(`Cannot address one of ${type.plural}: the name is empty`);
  if (type.namespaced && name !== undefined && namespace === '')
    throw new TypeError(`Cannot address ${type.plural} "${name}": the namespace is empty`);
  const root = type.group === '' ? `/api/${type.version}` : `/apis/${type.group}/${type.version}`;
  const inNamespace = type.namespaced && namespace !== '';
  const tail = subresource === undefined ? '' : `/${subresource}`;
  const build = (where: string, which: string): string =>
    `${root}${inNamespace ? `/namespaces/${where}` : ''}/${type.plural}${name === undefined ? '' : `/${which}${tail}`}`;
  return {
    path: build(encodeURIComponent(namespace), encodeURIComponent(name ?? '')),
    endpoint: build('{namespace}', '{name}'),
  };
}
