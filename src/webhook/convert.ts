/** ConversionReview (apiextensions.k8s.io v1 and v1beta1, which are alike) of AlertmanagerConfigs. */
import { convertAlertmanagerConfig } from '../api/alertmanager-config/conversion.ts';
import type { KubernetesObject } from '../api/meta.ts';
import { describeError } from '../base/errors.ts';
import { isDeeperThan, isJsonObject } from '../base/json.ts';
import type { JsonObject } from '../base/json.ts';
import { RequestError } from './body.ts';
import { deepestConverted } from './limits.ts';

/** The review with all objects converted, or with the reason why none is: the API server takes all or nothing. */
export interface Conversion {
  readonly review: JsonObject;
  readonly failed: boolean;
}

/** @throws {RequestError} for what is no review (400, as in the reference). */
export function convertReview(json: unknown): Conversion {
  if (!isJsonObject(json) || json.kind !== 'ConversionReview')
    throw new RequestError(400, 'Cannot read the body: want a ConversionReview of apiextensions.k8s.io/v1');
  const { apiVersion, kind, request } = json;
  if (!isJsonObject(request)) throw new RequestError(400, 'Cannot read the review: it has no request');
  const answer = (failed: boolean, rest: JsonObject): Conversion => ({
    review: { apiVersion, kind, response: { uid: request.uid ?? '', ...rest } },
    failed,
  });
  try {
    const convertedObjects = convertAll(request);
    return answer(false, { result: { status: 'Success' }, convertedObjects });
  } catch (error) {
    const message = describeError(error);
    return answer(true, { result: { status: 'Failure', message, reason: 'Invalid', code: 422 }, convertedObjects: [] });
  }
}

function convertAll({ desiredAPIVersion, objects }: JsonObject): KubernetesObject[] {
  if (typeof desiredAPIVersion !== 'string') throw new RangeError('Cannot convert: desiredAPIVersion is missing');
  if (!Array.isArray(objects)) throw new RangeError('Cannot convert: objects is no list');
  return objects.map((object: unknown, at) => {
    if (!isJsonObject(object) || !isJsonObject(object.metadata) || object.kind !== 'AlertmanagerConfig')
      throw new RangeError(`Cannot convert objects[${at}]: want an AlertmanagerConfig`);
    if (isDeeperThan(object.spec, deepestConverted))
      throw new RangeError(`Cannot convert objects[${at}]: it is nested deeper than ${deepestConverted} levels`);
    return convertAlertmanagerConfig({ ...object, metadata: object.metadata }, desiredAPIVersion);
  });
}
