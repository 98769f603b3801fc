import { listSome } from '../base/list-some.ts';
import { monitoringGroup } from '../api/resource.ts';
import { customKinds } from '../api/kinds.ts';
import { apiVersionOf, keyOf } from '../api/meta.ts';
import type { KubernetesObject } from '../api/meta.ts';
import { equalJson } from '../base/json.ts';
import type { Finding } from '../core/check/finding.ts';
import { codeOf } from '../core/reasons/lookup.ts';
import type { AdmissionRequest, AdmissionResponse, Cause, ResourceName } from './review.ts';
import { shownCauses, shownWarnings, warningCharacters } from './limits.ts';

/** Which resources a path is for: `versions` of `plural`; undefined for all of ours. */
export interface Expected {
  readonly plural: string;
  readonly versions: readonly string[];
}

export type Examine = (object: KubernetesObject) => readonly Finding[];

const allow: AdmissionResponse = { allowed: true };

/**
 * The verdict on a creation or a change. Deletions, subresources, objects that are on their way out and other people's
 * kinds are let through. A change that leaves the spec as it was is let through, too, with what is wrong as warnings: what
 * was there before the webhook can still be labelled, annotated and freed of finalizers.
 */
export function validateReview(
  request: AdmissionRequest,
  expected: Expected | undefined,
  examine: Examine,
): AdmissionResponse {
  const { object, oldObject, resource } = request;
  if (expected !== undefined && !isExpected(resource, expected)) return refuseResource(resource, expected);
  if (object === undefined || isPassed(request)) return allow;
  const findings = examine(nameKind(object, resource));
  const errors = findings.filter(({ severity }) => severity === 'error');
  const isSettled = oldObject !== undefined && isSame(specOf(object), specOf(oldObject));
  if (errors.length === 0 || isSettled) return withWarnings(allow, findings);
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  // Clients of the reference find the plural in the place of the name.
  const name = expected === undefined ? object.metadata.name : undefined;
  return withWarnings(refuse(object, resource, { errors, name: name ?? resource.plural }), warnings);
}

function isPassed({ operation, subresource, resource, object }: AdmissionRequest): boolean {
  return (
    (operation !== 'CREATE' && operation !== 'UPDATE') ||
    subresource !== '' ||
    resource.group !== monitoringGroup ||
    object?.metadata.deletionTimestamp !== undefined
  );
}

export const isExpected = ({ group, version, plural }: ResourceName, expected: Expected): boolean =>
  group === monitoringGroup && plural === expected.plural && expected.versions.includes(version);

/** The reference refuses what a path is not for: a configuration that sends it there is wrong. */
export function refuseResource({ group, version, plural }: ResourceName, expected: Expected): AdmissionResponse {
  const found = [group, version, plural].filter((part) => part !== '').join('/');
  const wanted = expected.versions.map((one) => `${monitoringGroup}/${one}/${expected.plural}`).join(' or ');
  const message = `Unexpected resource "${found}": this path is for ${wanted}`;
  return { allowed: false, message, causes: [{ field: '', message }], kind: '', name: plural };
}

/** What is too deep to be compared counts as changed. */
function isSame(left: unknown, right: unknown): boolean {
  try {
    return equalJson(left, right);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const specOf = (object: KubernetesObject): unknown => (object as { readonly spec?: unknown }).spec;

/** Tests send objects without kind and version; the request says both. */
function nameKind(object: KubernetesObject, resource: ResourceName): KubernetesObject {
  const known = customKinds.find(({ type }) => type.plural === resource.plural);
  if (known === undefined || (object.kind !== undefined && object.apiVersion !== undefined)) return object;
  return { ...object, kind: known.type.kind, apiVersion: apiVersionOf({ ...known.type, version: resource.version }) };
}

function refuse(
  object: KubernetesObject,
  { plural }: ResourceName,
  { errors, name }: { readonly errors: readonly Finding[]; readonly name: string },
): AdmissionResponse {
  const causes = errors.map(toCause);
  const kind = customKinds.find(({ type }) => type.plural === plural)?.type.kind ?? object.kind ?? '';
  const texts = listSome(causes.map(describeCause), shownCauses, '; ');
  return {
    allowed: false,
    message: `${kind} ${keyOf(object)} is not valid: ${texts}`,
    causes: causes.slice(0, shownCauses),
    kind,
    name,
  };
}

/** The API server passes on texts alone: the code of the reason stands in the message. */
const toCause = ({ path, message, reason }: Finding): Cause => ({
  field: path,
  message: `${message} ${showCode(reason)}`,
});

const showCode = (reason: Finding['reason']): string => `[${codeOf(reason)}]`;

const describeCause = ({ field, message }: Cause): string => (field === '' ? message : `${field}: ${message}`);

function withWarnings(response: AdmissionResponse, findings: readonly Finding[]): AdmissionResponse {
  const texts = findings.map(writeWarning);
  if (texts.length === 0) return response;
  const more = texts.length > shownWarnings ? [`And ${texts.length - shownWarnings} more warnings`] : [];
  return { ...response, warnings: [...texts.slice(0, shownWarnings), ...more] };
}

/** The code stays when the text is cut. */
function writeWarning({ path, message, reason }: Finding): string {
  const code = showCode(reason);
  return `${cut(describeCause({ field: path, message }), warningCharacters - code.length - 1)} ${code}`;
}

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 3)}...`);
