import type { KubernetesObject } from '../../api/meta.ts';

/** Kind, namespace and name, the namespace that kubectl would use included. */
export function identify(kind: string, { metadata }: KubernetesObject): string {
  return `${kind}/${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`;
}
