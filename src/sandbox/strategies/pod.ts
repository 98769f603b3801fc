import { cloneJson, equalJson } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { forbiddenField } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { ensureObject, numberAt, objectAt, objectsAt, setAbsent, setDefaults, textAt } from './read-json.ts';
import { applyPodDefaults, applyPodSpecDefaults } from './pod-defaults.ts';
import { validatePodSpec } from './pod-validation.ts';
import type { Strategy } from './strategy.ts';

/** Tolerations, priority and quality of service, as the admission plugins of a cluster set them. */
function prepareForCreate(object: ApiObject): void {
  const spec = ensureObject(object, 'spec');
  setAbsent(spec, { priority: 0, preemptionPolicy: 'PreemptLowerPriority' });
  const tolerations = objectsAt(spec, 'tolerations');
  for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
    const tolerated = tolerations.some((one) => one.key === key || textAt(one, 'key') === '');
    if (!tolerated) tolerations.push({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 });
  }
  if (tolerations.length > 0) spec.tolerations = tolerations;
  object.status = { phase: 'Pending', qosClass: qualityOf(spec) };
}

function qualityOf(spec: JsonObject): string {
  const containers = [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')];
  const resources = containers.map((container) => objectAt(container, 'resources'));
  const sets = resources.map((one) => [objectAt(one, 'requests'), objectAt(one, 'limits')] as const);
  if (sets.every(([requests, limits]) => isBare(requests) && isBare(limits))) return 'BestEffort';
  const guaranteed = sets.every(([requests, limits]) =>
    ['cpu', 'memory'].every((name) => limits[name] !== undefined && equalJson(limits[name], requests[name])),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

const isBare = (list: JsonObject): boolean => list.cpu === undefined && list.memory === undefined;

const updatable =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** The spec without what may change. */
function fixedSpec(object: ApiObject): JsonObject {
  const spec = cloneJson(objectAt(object, 'spec'));
  for (const name of ['containers', 'initContainers'])
    for (const container of objectsAt(spec, name)) delete container.image;
  for (const name of ['activeDeadlineSeconds', 'tolerations', 'ephemeralContainers', 'schedulingGates']) {
    Reflect.deleteProperty(spec, name);
  }
  return spec;
}

function validateUpdate(object: ApiObject, old: ApiObject): FieldError[] {
  const kept = objectsAt(objectAt(old, 'spec'), 'tolerations').every((one) =>
    objectsAt(objectAt(object, 'spec'), 'tolerations').some((other) => equalJson(one, other)),
  );
  const bound = textAt(objectAt(old, 'spec'), 'nodeName') === '' && textAt(objectAt(object, 'spec'), 'nodeName') !== '';
  const same = equalJson(fixedSpec(object), fixedSpec(old));
  return kept && same && !bound ? [] : [forbiddenField('spec', updatable)];
}

export const podStrategy: Strategy = {
  countsGenerations: true,
  applyDefaults: (object) => {
    const spec = ensureObject(object, 'spec');
    applyPodSpecDefaults(spec);
    applyPodDefaults(spec);
  },
  prepareForCreate,
  validate: (object) => validatePodSpec(objectAt(object, 'spec'), 'spec'),
  validateUpdate,
  /** A pod on a node ends gracefully: the kubelet deletes it for good. Others go at once. */
  gracePeriod: (object, requested) => {
    const spec = objectAt(object, 'spec');
    if (textAt(spec, 'nodeName') === '') return 0;
    if (['Succeeded', 'Failed'].includes(textAt(objectAt(object, 'status'), 'phase'))) return 0;
    return requested ?? numberAt(spec, 'terminationGracePeriodSeconds') ?? 30;
  },
};

export const replicationControllerStrategy: Strategy = {
  countsGenerations: true,
  applyDefaults: (object) => {
    const spec = ensureObject(object, 'spec');
    setAbsent(spec, { replicas: 1 });
    const template = ensureObject(spec, 'template');
    applyPodSpecDefaults(ensureObject(template, 'spec'));
    const { labels } = objectAt(template, 'metadata');
    setDefaults(spec, { selector: labels });
  },
};
