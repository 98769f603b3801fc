/** What all kinds with a pod template check. */
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { forbiddenField, invalid, notSupported, required } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { validateLabels } from './object-meta.ts';
import { numberAt, objectAt, objectsAt, textAt } from './read-json.ts';
import { validatePodSpec } from './pod-validation.ts';
import { isEmptySelector, matchesSelector } from './selector.ts';

export const mustBeNonNegative = 'must be greater than or equal to 0';

export function validateCounts(spec: JsonObject, names: readonly string[]): FieldError[] {
  return names
    .filter((name) => (numberAt(spec, name) ?? 0) < 0)
    .map((name) => invalid(`spec.${name}`, spec[name], mustBeNonNegative));
}

/** Claims of a StatefulSet are volumes of its Pods: mounts may name them. */
function withClaims(podSpec: JsonObject, spec: JsonObject): JsonObject {
  const volumes = objectsAt(podSpec, 'volumes');
  const claims = objectsAt(spec, 'volumeClaimTemplates').map((claim) => textAt(objectAt(claim, 'metadata'), 'name'));
  const missing = claims.filter((name) => !volumes.some((volume) => volume.name === name));
  return { ...podSpec, volumes: [...volumes, ...missing.map((name) => ({ name, emptyDir: {} }))] };
}

/** The selector and the template's labels that it must match; `owner` is "statefulset", "deployment", … */
export function validateTemplate(object: ApiObject, owner: string): FieldError[] {
  const spec = objectAt(object, 'spec');
  const template = objectAt(spec, 'template');
  const labels = objectAt(objectAt(template, 'metadata'), 'labels');
  const { selector } = spec;
  const errors: FieldError[] = [];
  if (!isJsonObject(selector)) errors.push(required('spec.selector'));
  else if (isEmptySelector(selector)) {
    errors.push(invalid('spec.selector', selector, `empty selector is invalid for ${owner}`));
  }
  if (!matchesSelector(selector, labels)) {
    const shown = Object.keys(labels).length === 0 ? null : labels;
    errors.push(invalid('spec.template.metadata.labels', shown, '`selector` does not match template `labels`'));
  }
  errors.push(...validateLabels(labels as Record<string, string>, 'spec.template.metadata.labels'));
  const podSpec = withClaims(objectAt(template, 'spec'), spec);
  errors.push(...validatePodSpec(podSpec, 'spec.template.spec'));
  if (textAt(podSpec, 'restartPolicy') !== 'Always') {
    errors.push(notSupported('spec.template.spec.restartPolicy', podSpec.restartPolicy, ['Always']));
  }
  if (podSpec.activeDeadlineSeconds !== undefined) {
    errors.push(
      forbiddenField('spec.template.spec.activeDeadlineSeconds', `activeDeadlineSeconds in ${owner} is not Supported`),
    );
  }
  return errors;
}
