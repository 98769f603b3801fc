import type { Pod } from './shapes.ts';

interface Affinity {
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: {
      readonly nodeSelectorTerms?: readonly {
        readonly matchFields?: readonly { readonly values?: readonly string[] }[];
      }[];
    };
  };
}

/** The Node that the Pod's affinity insists on, as the Pods of a DaemonSet do. */
export function requiredNodeOf({ spec }: Pod): string | undefined {
  const affinity = spec['affinity'] as Affinity | undefined;
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required?.nodeSelectorTerms?.[0]?.matchFields?.[0]?.values?.[0];
}

/** An affinity that `requiredNodeOf` reads. */
export function renderNodeAffinity(node: string): object {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } } };
}

/** Whether the Pod is on a Node. */
export function isScheduled({ spec }: Pod): boolean {
  return spec.nodeName !== undefined && spec.nodeName !== '';
}

/** The Node the Pod is on, or else the one it is meant for. */
export function nodeOf(pod: Pod): string | undefined {
  const { nodeName = '' } = pod.spec;
  return nodeName === '' ? requiredNodeOf(pod) : nodeName;
}
