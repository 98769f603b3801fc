import type { KubernetesObject } from '../../../api/meta.ts';
import type { Lister } from '../../listers.ts';
import { LabelSet } from '../../relabel/label-set.ts';
import type { LabelSource } from '../../relabel/label-set.ts';
import type { GroupFeatures } from '../features.ts';
import type { MetadataLabels } from './metadata-labels.ts';
import type { NodeObject, PodObject, ServiceObject } from './discovered-objects.ts';

/** attach_metadata of a kubernetes_sd_config. */
export interface AttachMetadata {
  readonly node: boolean;
  readonly namespace: boolean;
  readonly deployment: boolean;
  readonly job: boolean;
  readonly cronjob: boolean;
}

type Getter<T extends KubernetesObject> = Pick<Lister<T>, 'get'>;

/** Where groups look up other objects; cluster-scoped ones are in the namespace "". Absent: nothing is known. */
export interface GroupListers {
  readonly pods?: Getter<PodObject> | undefined;
  readonly services?: Getter<ServiceObject> | undefined;
  readonly nodes?: Getter<NodeObject> | undefined;
  readonly namespaces?: Getter<KubernetesObject> | undefined;
  readonly replicaSets?: Getter<KubernetesObject> | undefined;
  readonly jobs?: Getter<KubernetesObject> | undefined;
}

/** All that a group depends on besides its object. */
export interface GroupContext {
  readonly features: GroupFeatures;
  readonly attach: AttachMetadata;
  readonly listers: GroupListers;
  readonly metadata: MetadataLabels;
}

/** The labels of a namespace where they are asked for; none for a namespace that is not known. */
export function describeNamespace(name: string, { attach, features, listers, metadata }: GroupContext): LabelSource {
  if (!attach.namespace || !features.attachNamespace) return LabelSet.empty;
  const namespace = listers.namespaces?.get('', name);
  return namespace === undefined ? LabelSet.empty : metadata.describeNamespace(namespace);
}

/** The labels of a node where they are asked for; none for a node that is not known. */
export function describeNode(name: string | null | undefined, context: GroupContext): LabelSource {
  const { attach, features, listers, metadata } = context;
  if (!attach.node || name === undefined || name === null) return LabelSet.empty;
  const node = listers.nodes?.get('', name);
  if (node === undefined) return LabelSet.empty;
  return metadata.describe('node', node, { annotations: features.annotationsOfAttachedNodes });
}
