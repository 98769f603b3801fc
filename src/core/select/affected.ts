import type { ObjectMeta } from '../../api/meta.ts';
import type { Choice } from './selected-kinds.ts';
import { compileLabelSelector } from '../selectors/label-selector.ts';

/** Labels of a namespace; undefined while it is not known. */
export type NamespaceLabels = (namespace: string) => Readonly<Record<string, string>> | undefined;

/** A workload in `ownNamespace` and how it chooses objects of one kind. */
export interface Chooser {
  readonly choice: Choice;
  readonly ownNamespace: string;
}

function choosesNamespace(
  { choice, ownNamespace }: Chooser,
  namespace: string,
  namespaceLabels: NamespaceLabels,
): boolean {
  if (choice.namespaceSelector === undefined) return namespace === ownNamespace;
  const labels = namespaceLabels(namespace);
  // A namespace that is not known yet may match: waking once too often is cheap, losing an event is not.
  return labels === undefined || compileLabelSelector(choice.namespaceSelector)(labels);
}

/** Whether an event on the object can change what the workload selects. */
export function isChosen(chooser: Chooser, object: ObjectMeta, namespaceLabels: NamespaceLabels): boolean {
  const { choice } = chooser;
  if (choice.selector === undefined) return false;
  const { namespace = '', labels = {} } = object;
  if (!compileLabelSelector(choice.selector)(labels)) return false;
  return choosesNamespace(chooser, namespace, namespaceLabels);
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
