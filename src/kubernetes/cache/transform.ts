/** What happens to an object between the wire and the store. */
import { deepestFreezeCalls } from '../limits.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Logger } from '../../base/logger.ts';
import { describeError } from '../../base/errors.ts';

/**
 * Changes an object before it is stored: it may be altered in place. Undefined leaves the object out of the cache.
 * Name, namespace, uid and resourceVersion must stay.
 */
export type Transform<T extends KubernetesObject> = (object: T) => T | undefined;

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

export interface IngestOptions<T extends KubernetesObject> {
  readonly transform?: Transform<T> | undefined;
  /** Keeps kubectl's copy of the last applied configuration among the annotations. Default: false. */
  readonly keepLastApplied?: boolean | undefined;
}

/**
 * Drops kubectl's copy of the last applied configuration. Do not send a cached object back with `update`: the
 * annotation would be lost; patch.
 */
function dropLastApplied({ metadata }: KubernetesObject): void {
  if (metadata.annotations?.[lastApplied] === undefined) return;
  const { [lastApplied]: _lastApplied, ...annotations } = metadata.annotations;
  if (Object.keys(annotations).length > 0) metadata.annotations = annotations;
  else delete metadata.annotations;
}

/** Freezes an object and all below it. Cheap enough for every event: 2.5 µs for a ServiceMonitor of 1.4 KB, half of its parsing. */
export function freezeDeep<T extends object>(value: T, depth = 0): T {
  if (depth === deepestFreezeCalls) return freezeWithoutCalls(value);
  // for…in is twice as fast here as Object.values; parsed JSON inherits nothing that it could find.
  for (const key in value) {
    const child: unknown = value[key];
    if (typeof child === 'object' && child !== null) freezeDeep(child, depth + 1);
  }
  return Object.freeze(value);
}

/** For what is nested so deep that calls would end in a stack overflow, which would fail the list of all objects. */
function freezeWithoutCalls<T extends object>(value: T): T {
  const waiting: object[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const child of Object.values(next) as unknown[])
      if (typeof child === 'object' && child !== null) waiting.push(child);
    Object.freeze(next);
  }
  return value;
}

/**
 * The whole way of an object: trim, transform, freeze. What is trimmed is often its larger half, and few readers need
 * it: managedFields, and kubectl's copy of the last applied configuration unless it is asked for. A transform that
 * throws is logged; the object stays as it came.
 */
export function createIngest<T extends KubernetesObject>(
  { transform, keepLastApplied = false }: IngestOptions<T>,
  logger: Logger,
): Transform<T> {
  return (object) => {
    delete object.metadata.managedFields;
    if (!keepLastApplied) dropLastApplied(object);
    let result: T | undefined = object;
    try {
      if (transform !== undefined) result = transform(object);
    } catch (error) {
      const { namespace, name } = object.metadata;
      logger.error('Cannot transform an object', { namespace, name, error: describeError(error) });
    }
    return result === undefined ? undefined : freezeDeep(result);
  };
}
