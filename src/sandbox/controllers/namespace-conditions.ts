/** What a Namespace that cannot go yet says about it. Pure. */
import type { Condition, ResourceType } from '../../api/meta.ts';
import type { ApiObject } from '../api.ts';
import type { Namespace } from './shapes.ts';

/** An object that is still in the Namespace. */
export interface Leftover {
  readonly type: ResourceType;
  readonly object: ApiObject;
}

interface Fact {
  readonly type: string;
  readonly holds: boolean;
  readonly reason: string;
  readonly message: string;
}

/** The five conditions of a terminating Namespace, in the order and with the reasons of Kubernetes. */
export function renderConditions(namespace: Namespace, left: readonly Leftover[], time: string): Condition[] {
  const resources = count(left.map(({ type }) => (type.group === '' ? type.plural : `${type.plural}.${type.group}`)));
  const finalizers = count(left.flatMap(({ object }) => object.metadata.finalizers ?? []));
  const facts: Fact[] = [
    says('NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources are known'),
    says('NamespaceDeletionGroupVersionParsingFailure', 'ParsedGroupVersions', 'All group versions are well formed'),
    says('NamespaceDeletionContentFailure', 'ContentDeleted', 'All objects are deleted or on their way'),
    left.length === 0
      ? says('NamespaceContentRemaining', 'ContentRemoved', 'Nothing is left')
      : tells('NamespaceContentRemaining', 'SomeResourcesRemain', `Left: ${resources}`),
    finalizers === ''
      ? says('NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'No finalizer is waited for')
      : tells('NamespaceFinalizersRemaining', 'SomeFinalizersRemain', `Finalizers waited for: ${finalizers}`),
  ];
  return facts.map((fact) => renderCondition(namespace, fact, time));
}

const says = (type: string, reason: string, message: string): Fact => ({ type, holds: false, reason, message });
const tells = (type: string, reason: string, message: string): Fact => ({ type, holds: true, reason, message });

/** "2 of pods, 1 of secrets", in order of names. */
function count(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([name, number]) => `${number} of ${name}`).join(', ');
}

function renderCondition(namespace: Namespace, { type, holds, reason, message }: Fact, time: string): Condition {
  const status = holds ? 'True' : 'False';
  const known = namespace.status?.conditions?.find((condition) => condition.type === type);
  const lastTransitionTime = known?.status === status ? (known.lastTransitionTime ?? time) : time;
  return { type, status, reason, message, lastTransitionTime };
}
