/** AdmissionReview (admission.k8s.io v1 and v1beta1, which are alike) as the API server sends and reads it. */
import type { KubernetesObject } from '../api/meta.ts';
import { isJsonObject } from '../base/json.ts';
import type { JsonObject } from '../base/json.ts';

export interface ResourceName {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

/** What is to be admitted. */
export interface AdmissionRequest {
  readonly uid: string;
  readonly resource: ResourceName;
  readonly subresource: string;
  readonly operation: string;
  /** Undefined at a deletion. */
  readonly object: KubernetesObject | undefined;
  /** What is there now; undefined at a creation. */
  readonly oldObject: KubernetesObject | undefined;
}

/** One thing that is wrong, as `kubectl` shows it. */
export interface Cause {
  readonly field: string;
  readonly message: string;
}

export type AdmissionResponse =
  | { readonly allowed: true; readonly patch?: readonly unknown[]; readonly warnings?: readonly string[] }
  | {
      readonly allowed: false;
      readonly message: string;
      readonly causes: readonly Cause[];
      /** Of `details`; empty when nothing is known of the object. */
      readonly kind: string;
      readonly name: string;
      readonly warnings?: readonly string[];
    };

/** Why a review cannot be answered; it gets a refusal, because the reference answers so (docs/reference/operator-runtime.md 7). */
export class ReviewError extends Error {
  override readonly name = 'ReviewError';
}

const versions = ['admission.k8s.io/v1', 'admission.k8s.io/v1beta1'];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** @throws {ReviewError} for what is no review of an object. */
export function readAdmissionReview(json: unknown): AdmissionRequest {
  if (!isJsonObject(json)) throw new ReviewError('Cannot read the review: it is no JSON object');
  const { apiVersion, kind, request } = json;
  if (kind !== 'AdmissionReview' || !versions.includes(text(apiVersion)))
    throw new ReviewError(
      `Cannot read a "${text(kind)}" of "${text(apiVersion)}": want an AdmissionReview of ${versions.join(' or ')}`,
    );
  if (!isJsonObject(request)) throw new ReviewError('Cannot read the review: it has no request');
  const resource = isJsonObject(request.resource) ? request.resource : {};
  return {
    uid: text(request.uid),
    resource: { group: text(resource.group), version: text(resource.version), plural: text(resource.resource) },
    subresource: text(request.subResource),
    operation: text(request.operation),
    object: readObject(request.object, 'object'),
    oldObject: readObject(request.oldObject, 'oldObject'),
  };
}

function readObject(value: unknown, field: string): KubernetesObject | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw new ReviewError(`Cannot read request.${field}: it is no JSON object`);
  const { metadata = {} } = value;
  if (!isJsonObject(metadata)) throw new ReviewError(`Cannot read request.${field}: its metadata is no JSON object`);
  for (const name of ['name', 'namespace', 'generateName'])
    if (metadata[name] !== undefined && typeof metadata[name] !== 'string')
      throw new ReviewError(`Cannot read request.${field}: its metadata.${name} is no text`);
  for (const name of ['apiVersion', 'kind'])
    if (value[name] !== undefined && typeof value[name] !== 'string')
      throw new ReviewError(`Cannot read request.${field}: its ${name} is no text`);
  return { ...value, metadata };
}

/** The uid of a review, as far as it is there: the API server asks for it in every answer. */
function uidOf(json: unknown): string {
  return isJsonObject(json) && isJsonObject(json.request) ? text(json.request.uid) : '';
}

/** The review as it goes back: version and kind are those of the question. */
export function renderAdmissionReview(json: unknown, response: AdmissionResponse): JsonObject {
  const { apiVersion, kind } = isJsonObject(json) ? json : {};
  const known = versions.includes(text(apiVersion)) ? text(apiVersion) : 'admission.k8s.io/v1';
  return {
    apiVersion: known,
    kind: text(kind) === '' ? 'AdmissionReview' : kind,
    response: { uid: uidOf(json), ...renderResponse(response) },
  };
}

function renderResponse(response: AdmissionResponse): JsonObject {
  const warnings = response.warnings ?? [];
  const shared = { allowed: response.allowed, ...(warnings.length === 0 ? {} : { warnings }) };
  if (response.allowed) {
    const { patch = [] } = response;
    if (patch.length === 0) return shared;
    return { ...shared, patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch)).toString('base64') };
  }
  const { message, causes, kind, name } = response;
  const details = {
    ...(name === '' ? {} : { name }),
    ...(kind === '' ? {} : { group: 'monitoring.coreos.com', kind }),
    causes: causes.map((cause) => ({ reason: 'FieldValueInvalid', ...cause })),
  };
  return { ...shared, status: { status: 'Failure', message, reason: 'Invalid', code: 422, details } };
}
