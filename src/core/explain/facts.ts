import type { KubernetesObject } from '../../api/meta.ts';
import type { MonitorKind } from '../monitor.ts';
import type { AssetObject, AssetStore, ObjectReference } from '../assets/store.ts';
import type { InstancesOf, WorkloadSources } from '../kinds/kind.ts';
import type { SelectedKind } from '../select/selected-kinds.ts';
import type { ObservedLoad } from '../loaded/observed-load.ts';
import type { Refusal } from '../refusal.ts';
import type { SeriesSources } from '../series/judge-selector.ts';
import type { Rejection } from '../rejection.ts';
import type { Labels } from '../routing/matching.ts';
import type { OperatorSettings } from '../settings.ts';
import type { ClusterObjects } from '../targets/offline.ts';
import type { ObjectName } from './model.ts';
import type { AlertmanagerFacts, RulerFacts, SeriesFacts } from './running.ts';
import type { AccessAnswer, DiscoveryAccess, RbacObjects, ServiceAccountName } from './rbac.ts';

/** A monitor that is asked about. */
export interface MonitorSubject {
  readonly kind: MonitorKind;
  readonly namespace: string;
  readonly name: string;
}

/** Rules or routes that are asked about: whether a workload uses them. */
export interface SelectedSubject {
  readonly kind: Exclude<SelectedKind, MonitorKind>;
  readonly namespace: string;
  readonly name: string;
}

/** An object that targets are discovered from. */
export interface DiscoveredSubject {
  readonly kind: 'Pod' | 'Service';
  readonly namespace: string;
  readonly name: string;
}

/** An alert by the name that rules give it. */
export interface AlertSubject {
  readonly kind: 'Alert';
  /** Only rules of PrometheusRules in this namespace; "": of any. */
  readonly namespace: string;
  readonly name: string;
}

export interface AlertmanagerSubject {
  readonly kind: 'Alertmanager';
  readonly namespace: string;
  readonly name: string;
}

/** What is asked. */
export type Subject =
  | MonitorSubject
  | SelectedSubject
  | DiscoveredSubject
  | AlertSubject
  | AlertmanagerSubject
  | { readonly kind: 'Target'; readonly url: string };

/** What besides is asked of an alert. */
export interface AlertQuestion {
  /** Milliseconds since 1970: intervals and silences are judged at that time. */
  readonly at: number;
  /** Of the IANA database: times are shown in it. */
  readonly zone: string;
  /** Labels that the alert is known to have. */
  readonly labels: Labels;
  /** Other alerts that fire. */
  readonly firing: readonly Labels[];
  /** The receiver that is wanted; absent: any that notifies. */
  readonly receiver?: string | undefined;
  /** Only this Alertmanager, by "namespace/name" or name. */
  readonly alertmanager?: string | undefined;
}

export interface Question {
  readonly subject: Subject;
  /** Only this workload, by "namespace/name". */
  readonly workload?: string | undefined;
  /** Only what this shard scrapes; absent: any shard will do. */
  readonly shard?: number | undefined;
  /** Of a Pod or Service: only monitors of this namespace; absent: all. */
  readonly monitorNamespace?: string | undefined;
  /** Of an alert; absent: its way is judged at the beginning of 1970. */
  readonly alert?: AlertQuestion | undefined;
}

/** Where workloads of one kind are looked for, and by which labels. */
export interface InstancesScope {
  readonly namespaces: readonly string[];
  /** A label selector in the words of kubectl. */
  readonly selector: string;
}

/** What the operator was told to look after; empty lists mean all namespaces, "" no restriction. */
export interface OperatorScope {
  readonly namespaces: readonly string[];
  readonly alertmanagerConfigNamespaces: readonly string[];
  readonly deniedNamespaces: readonly string[];
  /** By the kind of workload. */
  readonly instances: Readonly<Record<string, InstancesScope>>;
  readonly controllerId: string;
}

/** An active target as a replica tells of it (/api/v1/targets). */
export interface ReplicaTarget {
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly health: string;
  readonly lastError: string;
}

/** What one running replica says; what could not be had is absent. */
export interface ReplicaFacts {
  readonly workload: ObjectName;
  /** For people: the pod, or the URL that was asked. */
  readonly name: string;
  readonly shard: number;
  /** The configuration in force (/api/v1/status/config). Never shown: it may hold secrets. */
  readonly config?: string;
  /** Names of all jobs (/api/v1/scrape_pools), where the configuration names further files: it does not show what is in them. */
  readonly pools?: readonly string[];
  readonly targets?: readonly ReplicaTarget[];
  /** Why something is absent. */
  readonly problem?: string;
}

/** Kinds of programs that may be running. */
export interface RunningPrograms {
  /** Prometheus, agents and ThanosRulers. */
  readonly replicas: boolean;
  readonly alertmanagers: boolean;
}

/** What the operator has seen of replicas by itself. */
export interface KnownLoads {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** By "Kind namespace/name" of the workload. */
  readonly byWorkload: ReadonlyMap<string, ObservedLoad>;
}

/** What is known before anything is read. */
export interface Premises {
  readonly scope: OperatorScope;
  readonly settings: OperatorSettings;
  /** Manifests stand in the place of a cluster: they seldom hold all that there is. */
  readonly isOffline: boolean;
  /** Which running programs can be asked, in a cluster or by their URL. */
  readonly asks: RunningPrograms;
  /** What is known of replicas without asking them; absent: nothing. */
  readonly loads?: KnownLoads;
  /** What was supposed in the place of objects that manifests do not hold. */
  readonly supposed: readonly SupposedObject[];
}

/** Everything that the answer is worked out from; whoever looks at what is not known yet asks for it (`Inquiry`). */
export interface ExplainFacts extends Premises {
  /** Whether something that was looked at is not known yet: what comes after it is not worth working out. */
  hasOpen(): boolean;
  readonly instancesOf: InstancesOf;
  readonly sources: WorkloadSources;
  readonly cluster: ClusterObjects;
  /** What references lead to. */
  readAssets(references: readonly ObjectReference[]): AssetStore;
  findAsset(reference: ObjectReference): AssetObject | undefined;
  /** All of a kind that are known, or that monitors refer to. */
  listAssets(kind: ObjectReference['kind']): readonly AssetObject[];
  /** Whether a ServiceAccount may do something. */
  review(account: ServiceAccountName, request: DiscoveryAccess): AccessAnswer;
  /** Roles and bindings as far as they are known: where edits are proposed. */
  readRbac(): RbacObjects;
  /** What the running replicas of a workload say. @param object the workload's */
  askReplicas(workload: ObjectName, object: KubernetesObject): readonly ReplicaFacts[];
  /** What the running replicas of a Prometheus or ThanosRuler say of rules and of whom alerts are sent to. */
  askRulers(workload: ObjectName, object: KubernetesObject): readonly RulerFacts[];
  /** Which of these selectors select something now, by the running replicas of a Prometheus. */
  askSeries(workload: ObjectName, object: KubernetesObject, selectors: readonly string[]): readonly SeriesFacts[];
  /** What the running replicas of an Alertmanager say. */
  askAlertmanagers(workload: ObjectName, object: KubernetesObject): readonly AlertmanagerFacts[];
  /** What rules of a Prometheus are evaluated on, as far as it was worked out (`prepareSeries`); undefined: it cannot be rendered. */
  readonly series: Map<KubernetesObject, SeriesSources | undefined>;
  /** What could not be read: what depends on it is not known. */
  listUnread(): readonly Refusal[];
  /** What Pods are made from, as far as it is known. */
  listTemplates(): readonly PodTemplate[];
}

/** Whether some objects of a kind could not be read. */
export function isUnread(facts: Pick<ExplainFacts, 'listUnread'>, kind: string): boolean {
  return facts.listUnread().some(({ type }) => type.kind === kind);
}

const missingAsset = new Set(['SecretNotFound', 'ConfigMapNotFound', 'KeyNotFound']);

/** Whether a reason says that a Secret, a ConfigMap or a key of one is missing. */
export const isMissingAsset = (reason: string): boolean => missingAsset.has(reason);

/** Whether a rejection only says that a Secret or ConfigMap is missing, of which some could not be read. */
export function isAboutUnread(facts: Pick<ExplainFacts, 'listUnread'>, { reason }: Pick<Rejection, 'reason'>): boolean {
  return isMissingAsset(reason) && (isUnread(facts, 'Secret') || isUnread(facts, 'ConfigMap'));
}

/** Something that was made up, in words for people. */
export interface SupposedObject {
  readonly namespace: string;
  readonly text: string;
}

/** A Deployment, StatefulSet and so on. */
export interface PodTemplate {
  readonly object: KubernetesObject;
  /** Path of the spec of its Pods, such as `spec.template.spec`. */
  readonly field: string;
}
