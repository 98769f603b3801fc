import type { ObjectMeta } from '../../api/meta.ts';
import type { Choice } from '../../core/select/selected-kinds.ts';
import { compileLabelSelector } from '../../core/selectors/label-selector.ts';

/** Labels of a namespace; undefined while it is not known. */
export type NamespaceLabels = (namespace: string) => Readonly<Record<string, string>> | undefined;

function choosesNamespace(
  choice: Choice,
  ownNamespace: string,
  namespace: string,
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  if (choice.namespaceSelector === undefined) return namespace === ownNamespace;
  // A namespace that is not known yet may match: waking once too often is cheap, losing an event is not.
  return labels === undefined || compileLabelSelector(choice.namespaceSelector)(labels);
}

/** Whether an event on the object can change what a workload in `ownNamespace` selects. */
export function isChosen(
  choice: Choice,
  ownNamespace: string,
  object: ObjectMeta,
  namespaceLabels: NamespaceLabels,
): boolean {
  if (choice.selector === undefined) return false;
  const { namespace = '', labels = {} } = object;
  if (!compileLabelSelector(choice.selector)(labels)) return false;
  return choosesNamespace(choice, ownNamespace, namespace, namespaceLabels(namespace));
}

/** Whether other labels on a namespace move it into or out of one of the choices; undefined labels: it does not exist. */
export function flips(
  choices: readonly Choice[],
  before: ObjectMeta | undefined,
  after: ObjectMeta | undefined,
): boolean {
  return choices.some(({ selector, namespaceSelector }) => {
    if (selector === undefined || namespaceSelector === undefined) return false;
    const matches = compileLabelSelector(namespaceSelector);
    const was = before !== undefined && matches(before.labels ?? {});
    const is = after !== undefined && matches(after.labels ?? {});
    return was !== is;
  });
}
