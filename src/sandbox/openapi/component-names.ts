/** Names of schemas in OpenAPI documents. */
import type { Resource } from '../registry/resource.ts';

const meta = new Set([
  'ObjectMeta',
  'ManagedFieldsEntry',
  'OwnerReference',
  'LabelSelector',
  'LabelSelectorRequirement',
  'Condition',
  'DeleteOptions',
  'ListMeta',
]);

/** The component of a Go struct that the resources of a group use: structs of other groups' APIs are named as theirs. */
export function structComponent(goType: string, { group, version }: Pick<Resource, 'group' | 'version'>): string {
  if (meta.has(goType)) return `io.k8s.apimachinery.pkg.apis.meta.v1.${goType}`;
  const name =
    group === 'apiextensions.k8s.io'
      ? 'apiextensions-apiserver.pkg.apis.apiextensions'
      : `api.${group === '' ? 'core' : (group.split('.')[0] ?? '')}`;
  return `io.k8s.${name}.${version}.${goType}`;
}

/** The component of a kind: "io.k8s.api.apps.v1.StatefulSet", or the group reversed for custom ones ("com.coreos.monitoring.v1.Prometheus"). */
export function kindComponent(resource: Resource): string {
  const { group, version, kind, custom } = resource;
  if (custom) return `${group.split('.').reverse().join('.')}.${version}.${kind}`;
  return structComponent(kind, resource);
}
