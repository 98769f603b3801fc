/** Kinds with little behaviour: namespaces, nodes, leases, events, classes, policies, roles. */
import { equalJson } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { forbiddenField, invalid, notSupported, required } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { ensureObject, numberAt, objectAt, objectsAt, setAbsent, setDefaults, textAt } from './read-json.ts';
import { applyPodSpecDefaults } from './pod-defaults.ts';
import type { Strategy } from './strategy.ts';

export const plainStrategy: Strategy = {};
export const countingStrategy: Strategy = { countsGenerations: true };
/** Roles and bindings: names are path segments. */
export const roleStrategy: Strategy = { nameFormat: 'path' };

export const bindingStrategy: Strategy = {
  nameFormat: 'path',
  applyDefaults: (object) => {
    for (const subject of objectsAt(object, 'subjects')) {
      if (subject.kind === 'User' || subject.kind === 'Group')
        setDefaults(subject, { apiGroup: 'rbac.authorization.k8s.io' });
    }
    setDefaults(ensureObject(object, 'roleRef'), { apiGroup: 'rbac.authorization.k8s.io' });
  },
  validateUpdate: (object, old) =>
    equalJson(object.roleRef, old.roleRef) ? [] : [invalid('roleRef', object.roleRef, 'cannot change roleRef')],
};

/** The namespace's own finalizer lives in the spec; its controller takes it away through /finalize. */
export const namespaceStrategy: Strategy = {
  nameFormat: 'label',
  applyDefaults: (object) => {
    object.metadata.labels = { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name ?? '' };
  },
  prepareForCreate: (object) => {
    object.spec = { finalizers: ['kubernetes'] };
    object.status = { phase: 'Active' };
  },
  prepareForUpdate: (object, old) => {
    object.spec = old.spec;
  },
  markDeleted: (object) => {
    object.status = { ...objectAt(object, 'status'), phase: 'Terminating' };
  },
  isHeld: (object) => {
    const { finalizers } = objectAt(object, 'spec');
    return Array.isArray(finalizers) && finalizers.length > 0;
  },
};

export const nodeStrategy: Strategy = {};

export const leaseStrategy: Strategy = {
  createsOnUpdate: true,
  validate: (object) => {
    const spec = objectAt(object, 'spec');
    const positive = ['leaseDurationSeconds'].filter((name) => (numberAt(spec, name) ?? 1) <= 0);
    const errors = positive.map((name) => invalid(`spec.${name}`, spec[name], 'must be greater than 0'));
    if ((numberAt(spec, 'leaseTransitions') ?? 0) < 0) {
      errors.push(invalid('spec.leaseTransitions', spec.leaseTransitions, 'must be greater than or equal to 0'));
    }
    return errors;
  },
};

/** core/v1 events: those of namespaced objects live in the object's namespace, others in "default". */
export const eventStrategy: Strategy = {
  nameFormat: 'any',
  createsOnUpdate: true,
  validate: (object) => {
    const involved = textAt(objectAt(object, 'involvedObject'), 'namespace');
    const { namespace = '' } = object.metadata;
    const fits =
      involved === namespace || (involved === '' && (namespace === 'default' || namespace === 'kube-system'));
    return fits ? [] : [invalid('involvedObject.namespace', involved, 'does not match event.namespace')];
  },
};

export const ingressStrategy: Strategy = {
  countsGenerations: true,
  validate: (object) => {
    const spec = objectAt(object, 'spec');
    if (spec.defaultBackend !== undefined || objectsAt(spec, 'rules').length > 0) return [];
    return [invalid('spec', {}, 'either `defaultBackend` or `rules` must be specified')];
  },
};

export const storageClassStrategy: Strategy = {
  applyDefaults: (object) => {
    setDefaults(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' });
  },
  validate: (object) => (textAt(object, 'provisioner') === '' ? [required('provisioner')] : []),
  validateUpdate: (object, old) =>
    ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode']
      .filter((name) => !equalJson(object[name], old[name]))
      .map((name) => forbiddenField(name, 'updates to ' + name + ' are forbidden.')),
};

const addressTypes = ['FQDN', 'IPv4', 'IPv6'];

export const endpointSliceStrategy: Strategy = {
  countsGenerations: true,
  applyDefaults: (object) => {
    for (const port of objectsAt(object, 'ports')) {
      setAbsent(port, { name: '' });
      setDefaults(port, { protocol: 'TCP' });
    }
  },
  validate: (object): FieldError[] => {
    const type = textAt(object, 'addressType');
    if (type === '') return [required('addressType')];
    return addressTypes.includes(type) ? [] : [notSupported('addressType', type, addressTypes)];
  },
  validateUpdate: (object: ApiObject, old: ApiObject) =>
    object.addressType === old.addressType ? [] : [invalid('addressType', object.addressType, 'field is immutable')],
};

export const endpointsStrategy: Strategy = {
  applyDefaults: (object) => {
    for (const subset of objectsAt(object, 'subsets')) {
      for (const port of objectsAt(subset, 'ports')) setDefaults(port, { protocol: 'TCP' });
    }
  },
};

/** Jobs own their pods through a selector that the server makes of the Job's uid. */
export const jobStrategy: Strategy = {
  countsGenerations: true,
  applyDefaults: (object) => {
    const spec = ensureObject(object, 'spec');
    setAbsent(spec, { completions: 1, parallelism: 1, backoffLimit: 6, suspend: false, completionMode: 'NonIndexed' });
    setAbsent(spec, { manualSelector: false, podReplacementPolicy: 'TerminatingOrFailed' });
    applyPodSpecDefaults(ensureObject(ensureObject(spec, 'template'), 'spec'));
  },
  prepareForCreate: (object) => {
    const spec = objectAt(object, 'spec');
    if (spec.manualSelector === true) return;
    const { uid = '', name = '' } = object.metadata;
    const key = 'batch.kubernetes.io/controller-uid';
    const metadata = ensureObject(objectAt(spec, 'template'), 'metadata');
    const labels = { [key]: uid, 'batch.kubernetes.io/job-name': name, 'controller-uid': uid, 'job-name': name };
    Object.assign(ensureObject(metadata, 'labels'), labels);
    spec.selector = { matchLabels: { [key]: uid } };
    object.metadata.labels ??= { ...(metadata.labels as Record<string, string>) };
  },
};

export const cronJobStrategy: Strategy = {
  countsGenerations: true,
  applyDefaults: (object) => {
    const spec = ensureObject(object, 'spec');
    setDefaults(spec, { concurrencyPolicy: 'Allow' });
    setAbsent(spec, { suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
    const template = ensureObject(ensureObject(ensureObject(spec, 'jobTemplate'), 'spec'), 'template');
    applyPodSpecDefaults(ensureObject(template, 'spec'));
  },
};

const cpuAtEighty = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};

export const autoscalerStrategy: Strategy = {
  applyDefaults: (object) => {
    const spec = ensureObject(object, 'spec');
    setAbsent(spec, { minReplicas: 1 });
    if (objectsAt(spec, 'metrics').length === 0) spec.metrics = [cpuAtEighty];
  },
};

export const volumeStrategy: Strategy = {
  applyDefaults: (object) => {
    const spec = ensureObject(object, 'spec');
    setDefaults(spec, { persistentVolumeReclaimPolicy: 'Retain' });
    setAbsent(spec, { volumeMode: 'Filesystem' });
    if (spec.hostPath !== undefined) setAbsent(ensureObject(spec, 'hostPath'), { type: '' });
    setDefaults(ensureObject(object, 'status'), { phase: 'Pending' });
  },
  prepareForCreate: (object) => {
    object.metadata.finalizers = [...new Set([...(object.metadata.finalizers ?? []), 'kubernetes.io/pv-protection'])];
  },
};

export const limitRangeStrategy: Strategy = {
  applyDefaults: (object) => {
    for (const limit of objectsAt(ensureObject(object, 'spec'), 'limits')) {
      if (limit.type !== 'Container') continue;
      if (limit.max !== undefined) setAbsent(ensureObject(limit, 'default'), objectAt(limit, 'max'));
      if (limit.default !== undefined) setAbsent(ensureObject(limit, 'defaultRequest'), objectAt(limit, 'default'));
      if (limit.min !== undefined) setAbsent(ensureObject(limit, 'defaultRequest'), objectAt(limit, 'min'));
    }
  },
};

export const priorityClassStrategy: Strategy = {
  countsGenerations: true,
  applyDefaults: (object) => setAbsent(object, { preemptionPolicy: 'PreemptLowerPriority' }),
};

/** The parts of webhook configurations that the server fills in. */
export const webhookStrategy: Strategy = {
  countsGenerations: true,
  applyDefaults: (object) => {
    for (const webhook of objectsAt(object, 'webhooks')) {
      setDefaults(webhook, { failurePolicy: 'Fail', matchPolicy: 'Equivalent', timeoutSeconds: 10 });
      setAbsent(webhook, { namespaceSelector: {}, objectSelector: {} });
      for (const rule of objectsAt(webhook, 'rules')) setDefaults(rule, { scope: '*' });
      const { service } = objectAt(webhook, 'clientConfig');
      if (service !== undefined) setAbsent(ensureObject(objectAt(webhook, 'clientConfig'), 'service'), { port: 443 });
      if (object.kind === 'MutatingWebhookConfiguration') setDefaults(webhook, { reinvocationPolicy: 'Never' });
    }
  },
};
