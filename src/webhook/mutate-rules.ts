import type { KubernetesObject } from '../api/meta.ts';
import { isJsonObject } from '../base/json.ts';

/** An operation of a JSON patch (RFC 6902). */
export interface PatchOperation {
  readonly op: 'add' | 'replace';
  readonly path: string;
  readonly value: unknown;
}

const validatedAnnotation = 'prometheus-operator-validated';

/** A path of RFC 6901. */
const point = (...steps: readonly (string | number)[]): string =>
  steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/**
 * What the reference changes in a PrometheusRule: numbers and flags among labels and annotations of rules become texts, and
 * an annotation says that the object was looked at (docs/reference/operator-runtime.md 7). Keys and values are escaped, unlike
 * there; what cannot become a text is left to the API server to refuse.
 */
export function mutateRules(object: KubernetesObject): PatchOperation[] {
  const { spec } = object as { readonly spec?: unknown };
  const groups = isJsonObject(spec) ? toList(spec.groups) : [];
  return [...annotate(object.metadata), ...groups.flatMap((group, at) => mutateGroup(group, ['spec', 'groups', at]))];
}

function annotate({ annotations }: { readonly annotations?: unknown }): PatchOperation[] {
  const value = 'true';
  if (!isJsonObject(annotations))
    return [{ op: 'add', path: point('metadata', 'annotations'), value: { [validatedAnnotation]: value } }];
  if (annotations[validatedAnnotation] === value) return [];
  return [{ op: 'add', path: point('metadata', 'annotations', validatedAnnotation), value }];
}

type Steps = readonly (string | number)[];

function mutateGroup(group: unknown, steps: Steps): PatchOperation[] {
  if (!isJsonObject(group)) return [];
  const rules = toList(group.rules).flatMap((rule, at) =>
    isJsonObject(rule)
      ? [
          ...mutateTexts(rule.labels, [...steps, 'rules', at, 'labels']),
          ...mutateTexts(rule.annotations, [...steps, 'rules', at, 'annotations']),
        ]
      : [],
  );
  return [...mutateTexts(group.labels, [...steps, 'labels']), ...rules];
}

function mutateTexts(texts: unknown, steps: Steps): PatchOperation[] {
  if (!isJsonObject(texts)) return [];
  return Object.entries(texts).flatMap(([name, value]): PatchOperation[] =>
    typeof value === 'number' || typeof value === 'boolean'
      ? [{ op: 'replace', path: point(...steps, name), value: String(value) }]
      : [],
  );
}

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
