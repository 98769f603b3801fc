/** Events (events.k8s.io/v1) about objects, for people who ask `kubectl describe`. */
import type { KubernetesObject } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { KubernetesClient } from '../client/client.ts';

export interface EventRecord {
  /** The object that the event is about: apiVersion, kind and metadata are read. */
  readonly regarding: KubernetesObject;
  /** A second object that has to do with it. */
  readonly related?: KubernetesObject | undefined;
  readonly type: 'Normal' | 'Warning';
  /** Why, in UpperCamelCase. */
  readonly reason: string;
  /** What was done or failed, in UpperCamelCase. */
  readonly action: string;
  /** For people; cut to 1024 bytes. */
  readonly note: string;
  readonly reportingController: string;
}

export interface EventRecorderOptions {
  readonly client: KubernetesClient;
  /** Names this process, such as the pod's name. */
  readonly reportingInstance: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  /** Events that may wait to be sent; 1000 when absent. The newest is dropped when full. */
  readonly capacity?: number | undefined;
}

export interface EventRecorder {
  /** Never waits and never throws. */
  record(event: EventRecord): void;
  /** Sends until the signal is aborted, then what is left for at most two seconds. */
  run(signal: AbortSignal): Promise<void>;
}
