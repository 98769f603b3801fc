import type { PersistentVolumeClaimSpec } from '../../../api/core/claim.ts';
import type { Container } from '../../../api/core/container.ts';
import type { Affinity, PodSecurityContext, Toleration, TopologySpreadConstraint } from '../../../api/core/pod.ts';
import type { Volume } from '../../../api/core/volume.ts';
import type { KubernetesObject, LabelSelector, ObjectMeta } from '../../../api/meta.ts';
import type { HostAlias, PodDNSConfig } from '../../../api/parts/pod-fields.ts';
import type { PersistentVolumeClaimRetentionPolicy } from '../../../api/parts/storage.ts';
import type { StatefulSetUpdateStrategy } from '../../../api/parts/workload.ts';

/** The objects that the operator writes, as plain JSON: the fields it sets or reads. Live ones hold more. */

export type EnvVar = NonNullable<Container['env']>[number];
export type Probe = NonNullable<Container['livenessProbe']>;

export interface PodSpec {
  containers: Container[];
  initContainers?: Container[];
  volumes?: Volume[];
  shareProcessNamespace?: boolean;
  securityContext?: PodSecurityContext;
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  nodeSelector?: Record<string, string>;
  schedulerName?: string;
  priorityClassName?: string;
  tolerations?: Toleration[];
  affinity?: Affinity;
  topologySpreadConstraints?: TopologySpreadConstraint[];
  terminationGracePeriodSeconds?: number;
  hostNetwork?: boolean;
  hostUsers?: boolean;
  hostAliases?: HostAlias[];
  dnsPolicy?: string;
  dnsConfig?: PodDNSConfig;
  enableServiceLinks?: boolean;
  imagePullSecrets?: { name?: string }[];
}

export interface PodTemplate {
  metadata: ObjectMeta;
  spec: PodSpec;
}

export interface VolumeClaim {
  metadata: ObjectMeta;
  spec: PersistentVolumeClaimSpec;
}

export interface StatefulSetSpec {
  serviceName: string;
  replicas?: number;
  podManagementPolicy?: string;
  updateStrategy?: StatefulSetUpdateStrategy;
  minReadySeconds?: number;
  selector: LabelSelector;
  template: PodTemplate;
  volumeClaimTemplates?: VolumeClaim[];
  persistentVolumeClaimRetentionPolicy?: PersistentVolumeClaimRetentionPolicy;
}

export interface StatefulSet extends KubernetesObject {
  spec: StatefulSetSpec;
  /** As the StatefulSet controller counts; absent numbers are 0. */
  status?: {
    observedGeneration?: number;
    updateRevision?: string;
    currentRevision?: string;
    updatedReplicas?: number;
    availableReplicas?: number;
  };
}

export interface DaemonSet extends KubernetesObject {
  spec: { selector: LabelSelector; minReadySeconds?: number; template: PodTemplate };
  /** As the DaemonSet controller counts; absent numbers are 0. */
  status?: {
    observedGeneration?: number;
    desiredNumberScheduled?: number;
    updatedNumberScheduled?: number;
    numberAvailable?: number;
    numberUnavailable?: number;
  };
}

export interface ServicePort {
  name?: string;
  port: number;
  targetPort?: number | string;
  protocol?: string;
}

export interface Service extends KubernetesObject {
  spec: {
    clusterIP?: string;
    clusterIPs?: string[];
    ipFamilies?: string[];
    ipFamilyPolicy?: string;
    ports?: ServicePort[];
    selector?: Record<string, string>;
  };
}

/** `data` is base64. */
export interface Secret extends KubernetesObject {
  type?: string;
  data?: Record<string, string>;
}

/** `data` is text, `binaryData` base64. */
export interface ConfigMap extends KubernetesObject {
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
}

/** A number of pods, or a percentage of them: "25%". */
export type PodCount = number | string;

export interface PodDisruptionBudget extends KubernetesObject {
  spec: {
    minAvailable?: PodCount;
    maxUnavailable?: PodCount;
    unhealthyPodEvictionPolicy?: string;
    selector: LabelSelector;
  };
}

export interface NetworkPolicyPort {
  port: number;
  protocol: string;
}

/** Pods of the same namespace, or all pods of some namespaces. */
export interface NetworkPolicyPeer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
}

export interface NetworkPolicy extends KubernetesObject {
  spec: {
    podSelector: LabelSelector;
    policyTypes: string[];
    /** Without `from` from anywhere. A rule without ports would allow all. */
    ingress: { from?: NetworkPolicyPeer[]; ports: NetworkPolicyPort[] }[];
  };
}

type Given<T> = { [K in keyof T]: T[K] | undefined };

/** The object without its undefined fields: what is absent must be absent in what is sent, hashed and compared. */
export function omitUndefined<T extends object>(object: Given<T>): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

/** The list, or undefined when there is nothing in it. */
export function unlessEmpty<T>(list: readonly T[] | undefined): T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : [...list];
}

/** The text, or undefined when it is empty: an empty text in a spec means "unset". */
export function unlessBlank(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
