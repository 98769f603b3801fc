import type { KubernetesObject } from '../../api/meta.ts';
import { apiVersionOf } from '../../api/meta.ts';
import type { ObjectName } from '../../core/explain/model.ts';
import { shownTypes } from '../../web/page/shown-types.ts';
import type { Gatherer } from './answer.ts';

/**
 * An object as answers about it know it; undefined when it is not there, may not be read or is of a kind that no page shows.
 * @throws {ApiError | TransportError} when a list fails.
 */
export async function findObject(
  { kind, namespace, name }: ObjectName,
  { objects }: Pick<Gatherer, 'objects'>,
): Promise<KubernetesObject | undefined> {
  const type = shownTypes.get(kind);
  if (type === undefined) return undefined;
  const found = (await objects(type)).found.get(namespace, name);
  // Items of lists have neither, and of what is cached by its metadata alone they say so.
  return found === undefined ? undefined : { ...found, apiVersion: apiVersionOf(type), kind };
}
