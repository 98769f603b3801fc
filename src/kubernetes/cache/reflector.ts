import type { ResourceType } from '../../api/meta.ts';

/** What a reflector tells about itself. */
export interface ReflectorMetrics {
  /** A list (also the first part of a WatchList) ended. */
  observeList?(type: ResourceType, failed: boolean): void;
  /** A watch was begun, or failed. */
  observeWatch?(type: ResourceType, failed: boolean): void;
}
