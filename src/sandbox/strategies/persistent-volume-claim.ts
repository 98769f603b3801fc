import { equalJson } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { compareQuantities } from '../../base/quantity.ts';
import type { ApiObject } from '../api.ts';
import { forbidden } from '../status-error.ts';
import { forbiddenField, required } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { ensureObject, objectAt, setAbsent, setDefaults, textAt } from './read-json.ts';
import type { Strategy, StrategyContext } from './strategy.ts';

/** Defaults of a claim and of a claim template. */
export function applyClaimDefaults(claim: JsonObject): void {
  setDefaults(ensureObject(claim, 'status'), { phase: 'Pending' });
  setAbsent(ensureObject(claim, 'spec'), { volumeMode: 'Filesystem' });
}

const isDefault = 'storageclass.kubernetes.io/is-default-class';

/** Admission plugin DefaultStorageClass: the newest of those that say that they are it; of several equally new the first by name. */
function chooseDefaultClass({ list }: StrategyContext): string | undefined {
  const all = list(classes).filter(({ metadata }) => metadata.annotations?.[isDefault] === 'true');
  const created = ({ metadata }: ApiObject): string => metadata.creationTimestamp ?? '';
  const [first] = [...all].sort((a, b) => (created(a) === created(b) ? 0 : created(a) > created(b) ? -1 : 1));
  return first?.metadata.name;
}

const classes = 'storageclasses.storage.k8s.io';

const storageOf = (claim: ApiObject): string =>
  textAt(objectAt(objectAt(objectAt(claim, 'spec'), 'resources'), 'requests'), 'storage');

/** What may change of the spec: all else is compared. */
function fixedPart(claim: ApiObject, isBound: boolean): JsonObject {
  const { volumeName: _volume, volumeAttributesClassName: _class, resources, ...rest } = objectAt(claim, 'spec');
  return isBound ? rest : { ...rest, resources };
}

function validateSize(claim: ApiObject, old: ApiObject): FieldError[] {
  const [size, before] = [storageOf(claim), storageOf(old)];
  const capacity = textAt(objectAt(objectAt(old, 'status'), 'capacity'), 'storage');
  if (size === '' || before === '' || compareQuantities(size, before) >= 0) return [];
  if (capacity !== '' && compareQuantities(size, capacity) > 0) return [];
  return [forbiddenField('spec.resources.requests.storage', 'field can not be less than status.capacity')];
}

export const claimStrategy: Strategy = {
  applyDefaults: applyClaimDefaults,
  prepareForCreate: (object, context) => {
    const className = chooseDefaultClass(context);
    if (className !== undefined) setAbsent(ensureObject(object, 'spec'), { storageClassName: className });
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
    const isBound = textAt(objectAt(object, 'status'), 'phase') === 'Bound';
    const sizes = validateSize(object, old);
    if (equalJson(fixedPart(object, isBound), fixedPart(old, isBound))) return sizes;
    const detail =
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
    return [forbiddenField('spec', detail), ...sizes];
  },
  /** Admission plugin PersistentVolumeClaimResize. */
  admitUpdate: (object, old, { list }) => {
    const [size, before] = [storageOf(object), storageOf(old)];
    if (size === '' || before === '' || compareQuantities(size, before) <= 0) return;
    const { name = '' } = object.metadata;
    const className = textAt(objectAt(old, 'spec'), 'storageClassName');
    const found = list(classes).find(({ metadata }) => metadata.name === className);
    if (found?.allowVolumeExpansion === true) return;
    const detail =
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
    throw forbidden({ group: '', plural: 'persistentvolumeclaims' }, name, detail);
  },
};
