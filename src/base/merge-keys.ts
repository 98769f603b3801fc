/**
 * How strategic merge patches treat the lists of the built-in types: the patchMergeKey and patchStrategy marks of the
 * Kubernetes API (k8s.io/api 1.36). A list that is not named here is atomic: a patch replaces it (tolerations, args, …).
 */

/** Shape of a merge: which members are objects with rules of their own, which lists merge and by what. */
export interface MergeSchema {
  readonly fields: Readonly<Record<string, MergeField>>;
}

export interface MergeField {
  /** Rules inside the object or inside the list's elements. */
  readonly schema?: MergeSchema;
  /** `merge` for lists that merge; `replace` for objects that do not. */
  readonly strategy?: 'merge' | 'replace';
  /** The member that identifies an element; absent in lists of primitives. */
  readonly mergeKey?: string;
  /** True when clients may send $retainKeys for the elements (volumes, a Deployment's strategy). */
  readonly retainKeys?: boolean;
}

/** No rules at all: objects merge, lists are replaced. */
export const plainMergeSchema: MergeSchema = { fields: {} };

const byName = (schema: MergeSchema = plainMergeSchema): MergeField => ({
  strategy: 'merge',
  mergeKey: 'name',
  schema,
});
const byKey = (mergeKey: string): MergeField => ({ strategy: 'merge', mergeKey, schema: plainMergeSchema });
const primitives: MergeField = { strategy: 'merge' };
const inside = (schema: MergeSchema): MergeField => ({ schema });

const objectMeta: MergeSchema = { fields: { ownerReferences: byKey('uid'), finalizers: primitives } };

/** core/v1 Container. */
export const containerMergeSchema: MergeSchema = {
  fields: {
    env: byName(),
    ports: byKey('containerPort'),
    volumeDevices: byKey('devicePath'),
    volumeMounts: byKey('mountPath'),
  },
};

/** core/v1 PodSpec. */
export const podSpecMergeSchema: MergeSchema = {
  fields: {
    containers: byName(containerMergeSchema),
    initContainers: byName(containerMergeSchema),
    ephemeralContainers: byName(containerMergeSchema),
    hostAliases: byKey('ip'),
    imagePullSecrets: byName(),
    resourceClaims: { ...byName(), retainKeys: true },
    schedulingGates: byName(),
    topologySpreadConstraints: byKey('topologyKey'),
    volumes: { ...byName(), retainKeys: true },
  },
};

/** core/v1 PodTemplateSpec. */
export const podTemplateMergeSchema: MergeSchema = {
  fields: { metadata: inside(objectMeta), spec: inside(podSpecMergeSchema) },
};

const conditions = byKey('type');
const withConditions: MergeSchema = { fields: { conditions } };
const containerStatus: MergeSchema = {
  fields: { allocatedResourcesStatus: byName(), volumeMounts: byKey('mountPath') },
};
const podStatus: MergeSchema = {
  fields: {
    conditions,
    podIPs: byKey('ip'),
    hostIPs: byKey('ip'),
    resourceClaimStatuses: { ...byName(), retainKeys: true },
    containerStatuses: inside(containerStatus),
    initContainerStatuses: inside(containerStatus),
    ephemeralContainerStatuses: inside(containerStatus),
  },
};
const workload = (spec: Readonly<Record<string, MergeField>> = {}): MergeSchema => ({
  fields: {
    metadata: inside(objectMeta),
    spec: inside({ fields: { template: inside(podTemplateMergeSchema), ...spec } }),
    status: inside(withConditions),
  },
});
const kind = (fields: Readonly<Record<string, MergeField>> = {}): MergeSchema => ({
  fields: { metadata: inside(objectMeta), ...fields },
});
const job = workload();

const kinds: Readonly<Record<string, MergeSchema>> = {
  'apps/DaemonSet': workload(),
  'apps/Deployment': workload({ strategy: { retainKeys: true, schema: plainMergeSchema } }),
  'apps/ReplicaSet': workload(),
  'apps/StatefulSet': workload(),
  'batch/CronJob': kind({ spec: inside({ fields: { jobTemplate: inside(job) } }) }),
  'batch/Job': job,
  '/Namespace': kind({ status: inside(withConditions) }),
  '/Node': kind({
    spec: inside({ fields: { podCIDRs: primitives } }),
    status: inside({ fields: { addresses: byKey('type'), conditions } }),
  }),
  '/PersistentVolumeClaim': kind({ status: inside(withConditions) }),
  '/Pod': kind({ spec: inside(podSpecMergeSchema), status: inside(podStatus) }),
  '/PodTemplate': kind({ template: inside(podTemplateMergeSchema) }),
  '/ReplicationController': workload(),
  '/Service': kind({ spec: inside({ fields: { ports: byKey('port') } }), status: inside(withConditions) }),
  '/ServiceAccount': kind({ secrets: byName() }),
  'policy/PodDisruptionBudget': kind({
    spec: inside({ fields: { selector: { strategy: 'replace' } } }),
    status: inside(withConditions),
  }),
};

/** The rules of a built-in kind ("" is the core group); kinds without marks of their own have those of ObjectMeta. */
export function mergeSchemaOf(group: string, kindName: string): MergeSchema {
  return kinds[`${group}/${kindName}`] ?? kind();
}
