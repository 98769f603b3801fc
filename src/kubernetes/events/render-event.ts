import type { KubernetesObject } from '../../api/meta.ts';
import { cutText } from '../../base/cut-text.ts';
import { formatMicroTime } from '../micro-time.ts';
import type { EventObject, ObjectReference } from './event-series.ts';
import { eventNameCharacters, eventNoteBytes } from '../limits.ts';

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
  /** Such as "prometheus-controller". */
  readonly reportingController: string;
}

export interface EventContext {
  readonly reportingInstance: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: () => number;
}

/** The Event object for a record. It lives in the namespace of what it is about, or in "default". */
export function renderEvent(record: EventRecord, { reportingInstance, now, random }: EventContext): EventObject {
  const { regarding, related, type, reason, action, note, reportingController } = record;
  // As client-go: the object's name and a time in nanoseconds; the part below a millisecond is made up.
  const suffix = (BigInt(Math.floor(now)) * 1_000_000n + BigInt(Math.floor(random() * 1_000_000))).toString(16);
  const name = `${(regarding.metadata.name ?? '').slice(0, eventNameCharacters - suffix.length - 1)}.${suffix}`;
  const { namespace = '' } = regarding.metadata;
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name, namespace: namespace === '' ? 'default' : namespace },
    eventTime: formatMicroTime(now),
    type,
    reason,
    action,
    note: cutText(note, eventNoteBytes),
    regarding: renderReference(regarding),
    ...(related === undefined ? {} : { related: renderReference(related) }),
    reportingController,
    reportingInstance,
  };
}

function renderReference({ apiVersion, kind, metadata }: KubernetesObject): ObjectReference {
  const { namespace, name, uid, resourceVersion } = metadata;
  const reference = { apiVersion, kind, namespace, name, uid, resourceVersion };
  return Object.fromEntries(Object.entries(reference).filter(([, value]) => value !== undefined));
}
