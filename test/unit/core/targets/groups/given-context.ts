import type { KubernetesObject } from '../../../../../src/api/meta.ts';
import { Version } from '../../../../../src/base/version.ts';
import { readGroupFeatures } from '../../../../../src/core/targets/features.ts';
import type { GroupContext, GroupListers } from '../../../../../src/core/targets/groups/group-context.ts';
import { MetadataLabels } from '../../../../../src/core/targets/groups/metadata-labels.ts';
import type { PodObject } from '../../../../../src/core/targets/groups/discovered-objects.ts';
import type { TargetGroup } from '../../../../../src/core/targets/target-group.ts';

export const nothing = { node: false, namespace: false, deployment: false, job: false, cronjob: false };

export function lister<T extends KubernetesObject>(
  ...objects: readonly T[]
): { get(namespace: string, name: string): T | undefined } {
  return {
    get: (namespace, name) =>
      objects.find(({ metadata }) => (metadata.namespace ?? '') === namespace && metadata.name === name),
  };
}

export interface Given {
  readonly version?: string;
  readonly attach?: Partial<typeof nothing>;
  readonly listers?: GroupListers;
}

export const context = ({ version = '3.15.0', attach = {}, listers = {} }: Given = {}): GroupContext => ({
  features: readGroupFeatures(Version.parse(version)),
  attach: { ...nothing, ...attach },
  listers,
  metadata: new MetadataLabels(),
});

export const addresses = (group: TargetGroup | undefined): readonly (string | undefined)[] =>
  (group?.targets ?? []).map((target) => target.get('__address__'));
export const values = (group: TargetGroup | undefined, name: string): readonly (string | undefined)[] =>
  (group?.targets ?? []).map((target) => target.get(`__meta_kubernetes_${name}`));

export function pod(more: Partial<PodObject> = {}): PodObject {
  return {
    metadata: { name: 'p', namespace: 'n' },
    spec: { nodeName: 'n1', containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80, protocol: 'TCP' }] }] },
    status: { podIP: '1.1.1.1', phase: 'Running' },
    ...more,
  };
}
