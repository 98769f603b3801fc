import { groupBy } from '../../base/group-by.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { keyOf } from '../../api/meta.ts';
import { compareBytes } from '../../base/order.ts';
import type { RenderedWorkload } from '../kinds/render.ts';
import type { OperatorSettings } from '../settings.ts';
import { compareObjects } from './object-changes.ts';
import type { ServiceChange } from './plan-model.ts';

/**
 * The governing Services that syncs write: of each kind and namespace where one comes so far.
 * @param all the workloads that there are to be.
 * @param writes whether the sync of a workload writes its governing Service.
 */
export function listWrittenServices(
  all: readonly RenderedWorkload[],
  writes: (workload: RenderedWorkload) => boolean,
  settings: OperatorSettings,
): KubernetesObject[] {
  const groups = groupBy(all, ({ kind, instance }) => `${kind.type.kind} ${instance.metadata.namespace ?? ''}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || !group.some(writes)) return [];
    return (
      first.kind.renderGoverningService(
        group.map(({ instance }) => instance),
        settings,
      ) ?? []
    );
  });
}

/**
 * Services go with the last of their owners.
 * @param from those that there are.
 * @param to those that are written.
 * @param stays whether a workload, by kind, namespace and name, is still there.
 */
export function compareServices(
  from: readonly KubernetesObject[],
  to: readonly KubernetesObject[],
  stays: (kind: string, namespace: string, name: string) => boolean,
): ServiceChange[] {
  const [before, after] = [from, to].map((list) => new Map(list.map((object) => [keyOf(object), object])));
  const keys = [...new Set([...from, ...to].map((object) => keyOf(object)))].sort(compareBytes);
  // One that nobody owns stays, such as that of the kubelets.
  const isKept = ({ metadata: { namespace = '', ownerReferences = [] } }: KubernetesObject): boolean =>
    ownerReferences.length === 0 || ownerReferences.some(({ kind, name }) => stays(kind, namespace, name));
  return keys.flatMap((key): ServiceChange[] => {
    const [old, object] = [before?.get(key), after?.get(key)];
    const { name = '', namespace = '' } = (object ?? old)?.metadata ?? {};
    const change = { kind: 'Service', namespace, name, fields: [] };
    if (old === undefined) return [{ ...change, action: 'create' }];
    if (object === undefined) return isKept(old) ? [] : [{ ...change, action: 'delete' }];
    const fields = compareObjects(old, object);
    return fields.length === 0 ? [] : [{ ...change, action: 'update', fields }];
  });
}
