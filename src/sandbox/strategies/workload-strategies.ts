/** Deployments, DaemonSets and ReplicaSets. */
import { equalJson, isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { forbiddenField, invalid } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { ensureObject, objectAt, setAbsent, setDefaults } from './read-json.ts';
import { applyPodSpecDefaults } from './pod-defaults.ts';
import { validateCounts, validateTemplate } from './pod-template.ts';
import type { Strategy } from './strategy.ts';

const ensureTemplateSpec = (object: ApiObject): JsonObject =>
  ensureObject(ensureObject(ensureObject(object, 'spec'), 'template'), 'spec');

function keepSelector(object: ApiObject, old: ApiObject): FieldError[] {
  const { selector } = objectAt(object, 'spec');
  if (equalJson(selector, objectAt(old, 'spec').selector)) return [];
  return [invalid('spec.selector', selector, 'field is immutable')];
}

export const deploymentStrategy: Strategy = {
  countsGenerations: true,
  applyDefaults: (object) => {
    const spec = ensureObject(object, 'spec');
    setAbsent(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
    const strategy = ensureObject(spec, 'strategy');
    setDefaults(strategy, { type: 'RollingUpdate' });
    if (strategy.type === 'RollingUpdate') {
      setAbsent(ensureObject(strategy, 'rollingUpdate'), { maxUnavailable: '25%', maxSurge: '25%' });
    }
    applyPodSpecDefaults(ensureTemplateSpec(object));
  },
  validate: (object) => {
    const spec = objectAt(object, 'spec');
    const strategy = objectAt(spec, 'strategy');
    const errors = validateCounts(spec, ['replicas']);
    const templateErrors = validateTemplate(object, 'deployment');
    if (strategy.type === 'Recreate' && isJsonObject(strategy.rollingUpdate)) {
      const detail = "may not be specified when strategy `type` is 'Recreate'";
      templateErrors.push(forbiddenField('spec.strategy.rollingUpdate', detail));
    }
    return [...errors, ...templateErrors, ...validateCounts(spec, ['minReadySeconds', 'revisionHistoryLimit'])];
  },
  validateUpdate: keepSelector,
};

export const replicaSetStrategy: Strategy = {
  countsGenerations: true,
  applyDefaults: (object) => {
    setAbsent(ensureObject(object, 'spec'), { replicas: 1 });
    applyPodSpecDefaults(ensureTemplateSpec(object));
  },
  validate: (object) => [
    ...validateCounts(objectAt(object, 'spec'), ['replicas', 'minReadySeconds']),
    ...validateTemplate(object, 'deployment'),
  ],
  validateUpdate: keepSelector,
};

const templateGeneration = 'deprecated.daemonset.template.generation';

export const daemonSetStrategy: Strategy = {
  countsGenerations: true,
  applyDefaults: (object) => {
    const spec = ensureObject(object, 'spec');
    setAbsent(spec, { revisionHistoryLimit: 10 });
    const strategy = ensureObject(spec, 'updateStrategy');
    setDefaults(strategy, { type: 'RollingUpdate' });
    if (strategy.type === 'RollingUpdate') {
      setAbsent(ensureObject(strategy, 'rollingUpdate'), { maxUnavailable: 1, maxSurge: 0 });
    }
    applyPodSpecDefaults(ensureTemplateSpec(object));
  },
  prepareForCreate: (object) => {
    object.metadata.annotations = { ...object.metadata.annotations, [templateGeneration]: '1' };
  },
  prepareForUpdate: (object, old) => {
    const changed = !equalJson(objectAt(object, 'spec').template, objectAt(old, 'spec').template);
    const before = Number(old.metadata.annotations?.[templateGeneration] ?? '1');
    object.metadata.annotations = {
      ...object.metadata.annotations,
      [templateGeneration]: String(before + (changed ? 1 : 0)),
    };
  },
  // The selector comes first, unlike in the other kinds.
  validate: (object, old) => [
    ...(old === undefined ? [] : keepSelector(object, old)),
    ...validateTemplate(object, 'daemonset'),
    ...validateCounts(objectAt(object, 'spec'), ['minReadySeconds', 'revisionHistoryLimit']),
  ],
};
