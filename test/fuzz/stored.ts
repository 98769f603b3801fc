import type { KubernetesObject } from '../../src/api/meta.ts';
import { isJsonObject } from '../../src/base/json.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

const isTexts = (value: unknown): boolean =>
  value === undefined || (isJsonObject(value) && Object.values(value).every(isText));

/**
 * The objects that an API server could hand out at all, whatever lies in its storage: it decodes metadata strictly, Secrets
 * and ConfigMaps too, and everything in a namespace has one; `spec` of our kinds is whatever the CRD of the day let through.
 */
export function asStored(objects: readonly unknown[]): KubernetesObject[] {
  return objects.filter((object): object is KubernetesObject => {
    if (!isJsonObject(object) || !isText(object.kind) || !isText(object.apiVersion)) return false;
    const { metadata, data, binaryData, stringData } = object;
    if (!isJsonObject(metadata) || !isText(metadata.name)) return false;
    if (object.kind !== 'Namespace' && !isText(metadata.namespace)) return false;
    if (!isTexts(metadata.labels) || !isTexts(metadata.annotations)) return false;
    return object.apiVersion !== 'v1' || [data, binaryData, stringData].every(isTexts);
  });
}
