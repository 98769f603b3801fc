import { apiVersionOf } from '../../api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { PrometheusStatus } from '../../api/parts/status.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import type { Desired } from '../desired/steps.ts';
import type { Lister } from '../listers.ts';
import type { Service, StatefulSet } from '../render/shared/rendered-objects.ts';
import type { Workload, WorkloadNames, WorkloadSpec } from '../render/shared/workload.ts';
import { selectedKinds } from '../select/selected-kinds.ts';
import type { SelectedKind, SelectedObjects } from '../select/selected-kinds.ts';
import type { OperatorSettings } from '../settings.ts';
import type { WorkloadReference } from '../status/bindings.ts';
import type { StatusSubject } from '../status/workload-status.ts';

/** A custom resource that the operator runs pods for. */
export interface WorkloadObject extends KubernetesObject {
  readonly spec: WorkloadSpec;
  readonly status?: PrometheusStatus;
}

/** Where the objects come from that a workload selects, and the namespaces with their labels. */
export type WorkloadSources = { readonly [K in SelectedKind]: Lister<SelectedObjects[K]> } & {
  readonly namespaces: Lister<KubernetesObject>;
};

/** A list for each kind that workloads select. @param listOf gives the objects of that kind and no others. */
export function mapSources(
  listOf: (kind: SelectedKind) => Lister<KubernetesObject>,
): Omit<WorkloadSources, 'namespaces'> {
  const kinds = Object.keys(selectedKinds) as SelectedKind[];
  return Object.fromEntries(kinds.map((kind) => [kind, listOf(kind)])) as unknown as Omit<
    WorkloadSources,
    'namespaces'
  >;
}

/** The first half of a sync: what must be read before the rest can be decided, and the rest. */
export interface WorkloadMatch {
  readonly references: readonly FieldReference[];
  /** Reads nothing but what was matched, the assets, and the StatefulSets that there are in the namespace. */
  render(assets: AssetStore, live?: readonly StatefulSet[]): Interruptible<Desired>;
}

/**
 * What is remembered of one workload from sync to sync; drop it with the workload. It works for one sync at a time. What the
 * sources list is taken before the first rest: they may change meanwhile.
 * @throws {TerminalError} when the spec asks for what cannot be rendered at all.
 */
export type WorkloadMatcher<T extends WorkloadObject> = (
  instance: T,
  settings: OperatorSettings,
  sources: WorkloadSources,
) => Interruptible<WorkloadMatch>;

/** What the metrics of a spec tell; a kind that knows no shards or no such limit has none of them. */
export interface SpecCounts {
  readonly replicas: number;
  readonly shards?: number;
  readonly enforcedSampleLimit?: number | undefined;
}

/** An object that a workload names in its spec, in its own namespace. */
export interface NamedObject {
  readonly kind: SelectedKind;
  readonly name: string;
}

/** What pods of a kind run: rules of RBAC call the kind so. */
export type Program = 'prometheus' | 'prometheus-agent' | 'alertmanager' | 'thanos-ruler';

/** All that sets one kind of workload apart: everything else of controllers is one code for all kinds. */
export interface WorkloadKind<T extends WorkloadObject = WorkloadObject, W extends Workload = Workload> {
  readonly type: ResourceType;
  readonly program: Program;
  /** What metrics call its controller, as the reference does. */
  readonly controller: string;
  /** What the operator's flags that are about its instances begin with: `FLAGS-namespaces`, `FLAGS-selector`. */
  readonly instanceFlags: string;
  /** As bindings name it. */
  readonly resource: WorkloadReference['resource'];
  /** Of the queue of syncs; the other one is called `NAME_status`. */
  readonly queueName: string;
  /** Also the component of the log. */
  readonly reportingController: string;
  /** The kinds of objects that it chooses by selectors. */
  readonly selects: readonly SelectedKind[];
  /** One that selects nothing is as it should be: the condition Reconciled does not remark on it. */
  readonly mayChooseNothing?: true;
  /**
   * It has the finalizer only while objects are bound to it: the reference gives this kind none, so nobody would remove one
   * where it takes over again. The other kinds always have it.
   */
  readonly isKeptWhileBound?: true;
  /** Objects that it uses by their name, beside those that its selectors choose. */
  listNamed?(spec: T['spec']): readonly NamedObject[];
  /** Label selector of the operator's StatefulSets of this kind; those of users are never looked at. */
  readonly statefulSetSelector: string;
  /** The same of DaemonSets; undefined: it never has any. */
  readonly daemonSetSelector?: string;
  /** Label selector of its governing Services. */
  readonly serviceSelector: string;
  /** Whether the pods of this one are run by a DaemonSet. */
  isDaemonSet?(instance: T): boolean;
  names(name: string): WorkloadNames;
  /** A matcher for one workload. */
  createMatcher(): WorkloadMatcher<T>;
  /** For status, which must be told of whatever stands in the spec: it never throws. */
  describeStatus(instance: T, settings: OperatorSettings): StatusSubject;
  countSpec(spec: T['spec']): SpecCounts;
  /** Paths of deprecated fields in use. */
  listDeprecatedFields(workload: W): string[];
  /** What all its pods carry: what a Service of the user's may select them by. */
  labelPods(workload: W): Record<string, string>;
  /** @param all the instances of one namespace. */
  renderGoverningService(all: readonly T[], settings: OperatorSettings): Service | undefined;
}

/** Label selector of the StatefulSets whose pods run `program`, as the API server gets it from the reference, too. */
export const selectSets = (program: string): string =>
  `app.kubernetes.io/managed-by in (prometheus-operator),app.kubernetes.io/name in (${program})`;

/** The workloads of one kind that are known. */
export type InstancesOf = <T extends WorkloadObject>(kind: Pick<WorkloadKind<T>, 'type'>) => readonly T[];

/** The workload with its type, which list items lack. */
export function withType(
  { type }: Pick<WorkloadKind, 'type'>,
  instance: WorkloadObject,
): WorkloadObject & { apiVersion: string; kind: string } {
  return { ...instance, apiVersion: apiVersionOf(type), kind: type.kind };
}

/** The workload as bindings name it. */
export function referToWorkload(
  { resource }: Pick<WorkloadKind, 'resource'>,
  { metadata }: KubernetesObject,
): WorkloadReference {
  const { namespace = '', name = '' } = metadata;
  return { group: 'monitoring.coreos.com', resource, namespace, name };
}
