/** When a deleted object may go. */
import type { ApiObject } from '../api.ts';
import type { Resource } from '../registry/resource.ts';

/** True when nothing keeps an object that is marked for deletion. */
export function isReadyToGo(object: ApiObject, resource: Resource): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = object.metadata;
  if (deletionTimestamp === undefined || finalizers.length > 0 || deletionGracePeriodSeconds > 0) return false;
  return resource.strategy.isHeld?.(object) !== true;
}
