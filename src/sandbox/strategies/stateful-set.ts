import { equalJson } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { forbiddenField, invalid, notSupported } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { ensureObject, numberAt, objectAt, objectsAt, setAbsent, setDefaults, textAt } from './read-json.ts';
import { applyClaimDefaults } from './persistent-volume-claim.ts';
import { applyPodSpecDefaults } from './pod-defaults.ts';
import { validateCounts, validateTemplate } from './pod-template.ts';
import type { Strategy } from './strategy.ts';

function applyDefaults(object: ApiObject): void {
  const spec = ensureObject(object, 'spec');
  setDefaults(spec, { podManagementPolicy: 'OrderedReady' });
  setAbsent(spec, { replicas: 1, revisionHistoryLimit: 10, persistentVolumeClaimRetentionPolicy: {} });
  setDefaults(ensureObject(spec, 'persistentVolumeClaimRetentionPolicy'), {
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
  });
  const strategy = ensureObject(spec, 'updateStrategy');
  setDefaults(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') setAbsent(ensureObject(strategy, 'rollingUpdate'), { partition: 0 });
  applyPodSpecDefaults(ensureObject(ensureObject(spec, 'template'), 'spec'));
  for (const claim of objectsAt(spec, 'volumeClaimTemplates')) {
    Object.assign(claim, { kind: 'PersistentVolumeClaim', apiVersion: 'v1' });
    applyClaimDefaults(claim);
  }
}

function validate(object: ApiObject): FieldError[] {
  const spec = objectAt(object, 'spec');
  const errors: FieldError[] = [];
  const policy = textAt(spec, 'podManagementPolicy');
  if (policy !== 'OrderedReady' && policy !== 'Parallel') {
    errors.push(invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'"));
  }
  errors.push(...validateUpdateStrategy(objectAt(spec, 'updateStrategy')));
  const retention = objectAt(spec, 'persistentVolumeClaimRetentionPolicy');
  for (const name of ['whenDeleted', 'whenScaled']) {
    if (retention[name] === 'Retain' || retention[name] === 'Delete') continue;
    errors.push(
      notSupported(`spec.persistentVolumeClaimRetentionPolicy.${name}`, retention[name], ['Delete', 'Retain']),
    );
  }
  errors.push(...validateCounts(spec, ['replicas', 'minReadySeconds']));
  return [...errors, ...validateTemplate(object, 'statefulset'), ...validateStatus(objectAt(object, 'status'))];
}

/** No count of pods is above that of all. */
function validateStatus(status: JsonObject): FieldError[] {
  const replicas = numberAt(status, 'replicas') ?? 0;
  return ['readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas']
    .filter((name) => (numberAt(status, name) ?? 0) > replicas)
    .map((name) => invalid(`status.${name}`, status[name], 'cannot be greater than status.replicas'));
}

function validateUpdateStrategy(strategy: JsonObject): FieldError[] {
  const field = 'spec.updateStrategy';
  if (strategy.type === 'OnDelete') {
    const detail = "only allowed for updateStrategy 'RollingUpdate'";
    return strategy.rollingUpdate === undefined
      ? []
      : [invalid(`${field}.rollingUpdate`, strategy.rollingUpdate, detail)];
  }
  if (strategy.type === 'RollingUpdate') return [];
  return [invalid(field, strategy, "must be 'RollingUpdate' or 'OnDelete'")];
}

/** The fields of the spec that may change. */
const mutable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];
const refusal =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

function validateUpdate(object: ApiObject, old: ApiObject): FieldError[] {
  const fixed = (one: ApiObject): JsonObject =>
    Object.fromEntries(Object.entries(objectAt(one, 'spec')).filter(([key]) => !mutable.includes(key)));
  return equalJson(fixed(object), fixed(old)) ? [] : [forbiddenField('spec', refusal)];
}

export const statefulSetStrategy: Strategy = { applyDefaults, validate, validateUpdate, countsGenerations: true };
