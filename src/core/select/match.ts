import type { KubernetesObject, LabelSelector, ObjectMeta } from '../../api/meta.ts';
import { compareBytes } from '../../base/order.ts';
import type { Lister } from '../listers.ts';
import { requireNone } from '../findings.ts';
import { checkLabelSelector, compileLabelSelector } from '../selectors/label-selector.ts';

/** Which objects of one kind a workload asks for (docs/reference/rendering.md 3.1). */
export interface MatchInput<T extends KubernetesObject> {
  readonly objects: Lister<T>;
  /** Namespaces that the operator watches: allow and deny lists are applied by whoever fills it. */
  readonly namespaces: Lister<KubernetesObject>;
  /** Namespace of the workload. */
  readonly ownNamespace: string;
  /** Undefined selects nothing, `{}` everything. */
  readonly selector: LabelSelector | undefined;
  /** Undefined means the workload's own namespace, `{}` every watched one. */
  readonly namespaceSelector: LabelSelector | undefined;
  /** Names of the two fields in `spec`, for errors. */
  readonly fields: { readonly selector: string; readonly namespaceSelector: string };
}

const noLabels: Readonly<Record<string, string>> = {};

/** Fields that are null are unset. */
const isEmptySelector = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels ?? {}).length === 0 && (matchExpressions ?? []).length === 0;

/**
 * Names of the namespaces that the namespace selector chooses; undefined when it chooses all of them.
 * @throws {InvalidFieldError} when the selector is not valid.
 */
function matchNamespaces<T extends KubernetesObject>(input: MatchInput<T>): readonly string[] | undefined {
  const { namespaceSelector: selector, namespaces, ownNamespace, fields } = input;
  if (selector === undefined) return [ownNamespace];
  requireNone(checkLabelSelector(selector, `spec.${fields.namespaceSelector}`));
  if (isEmptySelector(selector)) return undefined;
  const matches = compileLabelSelector(selector);
  const names: string[] = [];
  for (const { metadata } of namespaces.list())
    if (matches(metadata.labels ?? noLabels)) names.push(metadata.name ?? '');
  return names.sort((a, b) => compareBytes(`${a}/`, `${b}/`));
}

/** As the bytes of "namespace/name", without putting them together. */
export function compareKeys(a: ObjectMeta, b: ObjectMeta): number {
  if (a.namespace === b.namespace) return compareBytes(a.name ?? '', b.name ?? '');
  return compareBytes(`${a.namespace ?? ''}/`, `${b.namespace ?? ''}/`);
}

/** Objects in the byte order of "namespace/name", which is the order of their jobs. */
export function sortByKey<T extends KubernetesObject>(objects: readonly T[]): T[] {
  return [...objects].sort((a, b) => compareKeys(a.metadata, b.metadata));
}

/**
 * The objects that match, sorted by "namespace/name". Nothing is checked yet.
 * @throws {InvalidFieldError} when a selector is not valid: the reconcile fails, whatever the objects are.
 */
export function matchObjects<T extends KubernetesObject>(input: MatchInput<T>): readonly T[] {
  const { selector, fields } = input;
  if (selector === undefined) return [];
  requireNone(checkLabelSelector(selector, `spec.${fields.selector}`));
  const names = matchNamespaces(input);
  const inside = names === undefined ? input.objects.list() : names.flatMap((name) => input.objects.list(name));
  const chosen = isEmptySelector(selector) ? inside : filterByLabels(inside, compileLabelSelector(selector));
  return input.objects.isOrdered === true ? chosen : sortByKey(chosen);
}

function filterByLabels<T extends KubernetesObject>(
  objects: readonly T[],
  matches: (labels: Readonly<Record<string, string>>) => boolean,
): readonly T[] {
  return objects.filter(({ metadata }) => matches(metadata.labels ?? noLabels));
}
