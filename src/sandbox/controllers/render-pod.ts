import type { ObjectMeta } from '../../api/meta.ts';
import type { ApiObject } from '../api.ts';
import { renderControllerReference } from './owners.ts';
import type { Pod, PodTemplate } from './shapes.ts';

/** A Pod of a workload: its template's metadata and spec under the names and labels of `metadata`, controlled by `owner`. */
export function renderPod(owner: ApiObject, template: PodTemplate, metadata: ObjectMeta): Pod {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
      namespace: owner.metadata.namespace ?? '',
      ...metadata,
      labels: { ...labels, ...metadata.labels },
      ownerReferences: [renderControllerReference(owner)],
    },
    spec: template.spec,
  };
}
