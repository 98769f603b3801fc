/** What sets of manifests have in common, however they were written. */
import type { KubernetesObject } from '../../../src/api/meta.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** What the rules allow, a line each: rules may be split and joined in many ways that mean the same. */
function listPermissions(rules: readonly Rule[]): string[] {
  const lines = rules.flatMap(({ apiGroups, resources, resourceNames = [''], verbs }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) =>
        resourceNames.flatMap((name) => verbs.map((verb) => `${verb} ${resource}.${group} ${name}`)),
      ),
    ),
  );
  return [...new Set(lines)].sort();
}

const ofHelm = new Set(['helm.sh/chart', 'app.kubernetes.io/managed-by']);

/** The object without the labels that only helm gives. */
function withoutHelmLabels(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutHelmLabels);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !ofHelm.has(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutHelmLabels(inner)]));
}

const nameOf = ({ kind = '', metadata }: KubernetesObject): string =>
  [kind, metadata.namespace ?? '', metadata.name ?? ''].join('/');

/** Objects by kind, namespace and name, in a form that can be compared. */
export function indexManifests(objects: readonly KubernetesObject[]): Record<string, unknown> {
  const entries = objects.map((object): [string, unknown] => {
    const rules = (object as { rules?: readonly Rule[] }).rules;
    const comparable = rules === undefined ? object : { ...object, rules: listPermissions(rules) };
    return [nameOf(object), withoutHelmLabels(comparable)];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What roles allow, by namespace; "" is the whole cluster. */
export function listPermissionsByNamespace(roles: readonly KubernetesObject[]): Record<string, string[]> {
  const entries = roles.map(({ metadata, ...rest }): [string, string[]] => [
    metadata.namespace ?? '',
    listPermissions((rest as { rules?: readonly Rule[] }).rules ?? []),
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
