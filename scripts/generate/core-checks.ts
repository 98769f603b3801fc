/**
 * What the API server checks in core types and the models of the client package do not say: list types, map keys,
 * defaults, formats. Keys are "Model.field"; a model alone stands for the object itself, `[]` for the items of a list.
 * Values are expressions in the words of src/api/schema.ts; see `CoreCheck`.
 */
export interface CoreCheck {
  /** How server-side apply merges: the list or object as a whole, a set, or a list keyed by fields. */
  readonly merge?: 'atomic' | 'set' | 'granular' | readonly string[];
  readonly default?: string | boolean;
  /** Format of the items of a list of numbers. */
  readonly items?: 'int32' | 'int64';
  /** A quantity, or a map of quantities: the models say "string". */
  readonly quantity?: true;
}

const atomic: CoreCheck = { merge: 'atomic' };
const quantity: CoreCheck = { quantity: true };

export const coreChecks: Readonly<Record<string, CoreCheck>> = {
  'V1AzureDiskVolumeSource.fsType': { default: 'ext4' },
  'V1AzureDiskVolumeSource.readOnly': { default: false },
  'V1Capabilities.add': atomic,
  'V1Capabilities.drop': atomic,
  'V1CephFSVolumeSource.monitors': atomic,
  V1ConfigMapEnvSource: atomic,
  'V1ConfigMapEnvSource.name': { default: '' },
  V1ConfigMapProjection: atomic,
  'V1ConfigMapProjection.items': atomic,
  'V1ConfigMapProjection.name': { default: '' },
  V1ConfigMapVolumeSource: atomic,
  'V1ConfigMapVolumeSource.items': atomic,
  'V1ConfigMapVolumeSource.name': { default: '' },
  'V1Container.args': atomic,
  'V1Container.command': atomic,
  'V1Container.env': { merge: ['name'] },
  'V1Container.envFrom': atomic,
  'V1Container.ports': { merge: ['containerPort', 'protocol'] },
  'V1Container.resizePolicy': atomic,
  'V1Container.restartPolicyRules': atomic,
  'V1Container.volumeDevices': { merge: ['devicePath'] },
  'V1Container.volumeMounts': { merge: ['mountPath'] },
  'V1ContainerPort.protocol': { default: 'TCP' },
  'V1ContainerRestartRuleOnExitCodes.values': { merge: 'set', items: 'int32' },
  'V1DownwardAPIProjection.items': atomic,
  'V1DownwardAPIVolumeSource.items': atomic,
  'V1EmptyDirVolumeSource.sizeLimit': quantity,
  'V1ExecAction.command': atomic,
  'V1FCVolumeSource.targetWWNs': atomic,
  'V1FCVolumeSource.wwids': atomic,
  V1FileKeySelector: atomic,
  'V1FileKeySelector.optional': { default: false },
  'V1GRPCAction.service': { default: '' },
  'V1HTTPGetAction.httpHeaders': atomic,
  'V1ISCSIVolumeSource.iscsiInterface': { default: 'default' },
  'V1ISCSIVolumeSource.portals': atomic,
  'V1NodeAffinity.preferredDuringSchedulingIgnoredDuringExecution': atomic,
  V1NodeSelector: atomic,
  'V1NodeSelector.nodeSelectorTerms': atomic,
  'V1NodeSelectorRequirement.values': atomic,
  V1NodeSelectorTerm: atomic,
  'V1NodeSelectorTerm.matchExpressions': atomic,
  'V1NodeSelectorTerm.matchFields': atomic,
  V1ObjectFieldSelector: atomic,
  'V1PersistentVolumeClaimSpec.accessModes': atomic,
  'V1PersistentVolumeClaimStatus.accessModes': atomic,
  'V1PersistentVolumeClaimStatus.allocatedResourceStatuses': { merge: 'granular' },
  'V1PersistentVolumeClaimStatus.allocatedResources': quantity,
  'V1PersistentVolumeClaimStatus.capacity': quantity,
  'V1PersistentVolumeClaimStatus.conditions': { merge: ['type'] },
  'V1PodAffinity.preferredDuringSchedulingIgnoredDuringExecution': atomic,
  'V1PodAffinity.requiredDuringSchedulingIgnoredDuringExecution': atomic,
  'V1PodAffinityTerm.matchLabelKeys': atomic,
  'V1PodAffinityTerm.mismatchLabelKeys': atomic,
  'V1PodAffinityTerm.namespaces': atomic,
  'V1PodAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution': atomic,
  'V1PodAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution': atomic,
  'V1PodSecurityContext.supplementalGroups': { merge: 'atomic', items: 'int64' },
  'V1PodSecurityContext.sysctls': atomic,
  'V1ProjectedVolumeSource.sources': atomic,
  'V1RBDVolumeSource.keyring': { default: '/etc/ceph/keyring' },
  'V1RBDVolumeSource.monitors': atomic,
  'V1RBDVolumeSource.pool': { default: 'rbd' },
  'V1RBDVolumeSource.user': { default: 'admin' },
  V1ResourceFieldSelector: atomic,
  'V1ResourceFieldSelector.divisor': quantity,
  'V1ResourceRequirements.claims': { merge: ['name'] },
  'V1ResourceRequirements.limits': quantity,
  'V1ResourceRequirements.requests': quantity,
  'V1ScaleIOVolumeSource.fsType': { default: 'xfs' },
  'V1ScaleIOVolumeSource.storageMode': { default: 'ThinProvisioned' },
  V1SecretEnvSource: atomic,
  'V1SecretEnvSource.name': { default: '' },
  V1SecretProjection: atomic,
  'V1SecretProjection.items': atomic,
  'V1SecretProjection.name': { default: '' },
  'V1SecretVolumeSource.items': atomic,
  'V1TopologySpreadConstraint.matchLabelKeys': atomic,
  V1TypedLocalObjectReference: atomic,
  'V1VolumeResourceRequirements.limits': quantity,
  'V1VolumeResourceRequirements.requests': quantity,
};

/** Fields newer than the models (Kubernetes 1.35), in the attribute table's notation. */
export const coreAdditions: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>> = {
  V1PodCertificateProjection: [{ name: 'userAnnotations', type: '{ [key: string]: string; }' }],
};

/** Models that src/api describes itself: schema name and file, seen from src/api/core. */
export const knownModels: Readonly<Record<string, { readonly name: string; readonly file: string }>> = {
  V1ConfigMapKeySelector: { name: 'configMapKeySelector', file: '../parts/references.ts' },
  V1SecretKeySelector: { name: 'secretKeySelector', file: '../parts/references.ts' },
  V1LocalObjectReference: { name: 'localObjectReference', file: '../parts/references.ts' },
  V1LabelSelector: { name: 'labelSelector', file: '../parts/selectors.ts' },
  V1ObjectMeta: { name: 'objectMetadata', file: '../resource.ts' },
};

/** The files of src/api/core and the models whose types other files use. Each model lives in the first that reaches it. */
export const coreFiles: Readonly<Record<string, readonly string[]>> = {
  claim: ['V1PersistentVolumeClaimSpec', 'V1PersistentVolumeClaimStatus', 'V1EphemeralVolumeSource'],
  pod: ['V1Affinity', 'V1Toleration', 'V1TopologySpreadConstraint', 'V1PodSecurityContext'],
  container: ['V1ResourceRequirements', 'V1VolumeMount', 'V1Container'],
  volume: ['V1EmptyDirVolumeSource', 'V1Volume'],
};
