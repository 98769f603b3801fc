import { equalJson } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { forbiddenField, required } from './field-error.ts';
import { ensureObject, objectAt, setAbsent, setDefaults } from './read-json.ts';
import type { Strategy } from './strategy.ts';

/** Defaults of a claim and of a claim template. */
export function applyClaimDefaults(claim: JsonObject): void {
  setDefaults(ensureObject(claim, 'status'), { phase: 'Pending' });
  setAbsent(ensureObject(claim, 'spec'), { volumeMode: 'Filesystem' });
}

export const claimStrategy: Strategy = {
  applyDefaults: applyClaimDefaults,
  prepareForCreate: (object) => {
    object.metadata.finalizers ??= [];
    const name = 'kubernetes.io/pvc-protection';
    if (!object.metadata.finalizers.includes(name)) object.metadata.finalizers.push(name);
  },
  validate: (object) => {
    const spec = objectAt(object, 'spec');
    const modes = spec.accessModes;
    const errors = [];
    if (!Array.isArray(modes) || modes.length === 0) {
      errors.push(required('spec.accessModes', 'at least 1 access mode is required'));
    }
    if (objectAt(objectAt(spec, 'resources'), 'requests').storage === undefined)
      errors.push(required('spec.resources[storage]'));
    return errors;
  },
  validateUpdate: (object, old) => {
    const fixed = (one: JsonObject): JsonObject => {
      const {
        resources: _resources,
        volumeName: _volume,
        volumeAttributesClassName: _class,
        ...rest
      } = objectAt(one, 'spec');
      return rest;
    };
    if (equalJson(fixed(object), fixed(old))) return [];
    const detail =
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
    return [forbiddenField('spec', detail)];
  },
};
