import type { KubernetesObject } from '../../api/meta.ts';
import type { ExplainFacts } from './facts.ts';
import type { ObjectName } from './model.ts';

/** Where the containers of a Pod are written. */
export interface PodTemplateOwner {
  readonly name: ObjectName;
  readonly object: KubernetesObject;
  /** Path of the pod's spec in it. */
  readonly field: string;
}

/** What a Pod is made from, as far as it is known: its controller, else the Pod itself. */
export function ownerTemplateOf(facts: ExplainFacts, pod: KubernetesObject): PodTemplateOwner {
  const owner = facts
    .listTemplates()
    .find(({ object }) =>
      (pod.metadata.ownerReferences ?? []).some(
        ({ kind, name, uid }) =>
          (kind === object.kind && name === object.metadata.name) || (uid !== '' && uid === object.metadata.uid),
      ),
    );
  const { namespace = '', name = '' } = pod.metadata;
  if (owner !== undefined && owner.object.metadata.namespace === namespace)
    return {
      name: { kind: owner.object.kind ?? '', namespace, name: owner.object.metadata.name ?? '' },
      object: owner.object,
      field: owner.field,
    };
  return { name: { kind: 'Pod', namespace, name }, object: pod, field: 'spec' };
}
