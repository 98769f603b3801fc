import type { KubernetesObject, ObjectMeta } from '../../../api/meta.ts';
import { compareJson } from './differences.ts';
import type { FieldDifference } from './differences.ts';
import { fillDefaults } from './fill-defaults.ts';
import type { Shape } from './fill-defaults.ts';
import type { Guard } from './guard.ts';
import { mergeMetadata, mergeOwners } from './merge-metadata.ts';
import type { ConfigMap, DaemonSet, PodTemplate, Secret, Service, StatefulSet } from './rendered-objects.ts';
import { daemonSetSpecShape, serviceSpecShape, statefulSetSpecShape } from './set-defaults.ts';

/** What to do about a live object: nothing when there are no differences, else write `object` over it. */
export interface Revision<T extends KubernetesObject> {
  /** The desired object with what survives of the live one; made for PUT. */
  readonly object: T;
  readonly differences: readonly FieldDifference[];
}

const metadataShape: Shape = {
  fields: {
    labels: { mapOf: 'text' },
    annotations: { mapOf: 'text' },
    ownerReferences: { items: { omitZero: ['controller', 'blockOwnerDeletion'] } },
  },
};

/** Of metadata only what the operator sets is compared; the rest was taken over from the live object. */
function normalizeMetadata({ labels = {}, annotations = {}, ownerReferences = [] }: ObjectMeta): unknown {
  return fillDefaults({ labels, annotations, ownerReferences }, metadataShape);
}

function compareMetadata(merged: ObjectMeta, live: ObjectMeta): FieldDifference[] {
  return compareJson(normalizeMetadata(merged), normalizeMetadata(live), 'metadata');
}

function compareSpecs(merged: unknown, live: unknown, shape: Shape): FieldDifference[] {
  return compareJson(fillDefaults(merged, shape), fillDefaults(live, shape), 'spec');
}

/** What kubectl notes in pod templates, such as the time of a `rollout restart`, survives. */
function mergeTemplate(live: PodTemplate, desired: PodTemplate): PodTemplate {
  const notes = Object.entries(live.metadata.annotations ?? {}).filter(([key]) =>
    key.startsWith('kubectl.kubernetes.io/'),
  );
  const annotations = { ...Object.fromEntries(notes), ...desired.metadata.annotations };
  return { ...desired, metadata: { ...desired.metadata, annotations } };
}

/** The history of revisions is the user's: the operator neither sets nor resets its length. */
function mergeSetSpec<T extends { template: PodTemplate }>(live: T, desired: T): T {
  const { revisionHistoryLimit } = live as { revisionHistoryLimit?: number };
  const kept = revisionHistoryLimit === undefined ? {} : { revisionHistoryLimit };
  return { ...desired, ...kept, template: mergeTemplate(live.template, desired.template) };
}

/** What counts of a StatefulSet, in one spelling: equal for objects that mean the same. */
export function normalizeStatefulSet({ metadata, spec }: StatefulSet): unknown {
  return { metadata: normalizeMetadata(metadata), spec: fillDefaults(spec, statefulSetSpecShape) };
}

/** Compares with a live StatefulSet: drift, and fields that nobody wants, are differences (docs/reference/operator-runtime.md 3.6). */
export function reviseStatefulSet(live: StatefulSet, desired: StatefulSet): Revision<StatefulSet> {
  const metadata = mergeMetadata(live.metadata, desired.metadata);
  const spec = mergeSetSpec(live.spec, desired.spec);
  const differences = [
    ...compareMetadata(metadata, live.metadata),
    ...compareSpecs(spec, live.spec, statefulSetSpecShape),
  ];
  return { object: { ...desired, metadata, spec }, differences };
}

export function reviseDaemonSet(live: DaemonSet, desired: DaemonSet): Revision<DaemonSet> {
  const metadata = mergeMetadata(live.metadata, desired.metadata);
  const spec = mergeSetSpec(live.spec, desired.spec);
  const differences = [
    ...compareMetadata(metadata, live.metadata),
    ...compareSpecs(spec, live.spec, daemonSetSpecShape),
  ];
  return { object: { ...desired, metadata, spec }, differences };
}

/** Compares with a live PodDisruptionBudget or NetworkPolicy. */
export function reviseGuard<T extends Guard>(live: T, desired: T): Revision<T> {
  const metadata = mergeMetadata(live.metadata, desired.metadata);
  const differences = [...compareMetadata(metadata, live.metadata), ...compareSpecs(desired.spec, live.spec, {})];
  return { object: { ...desired, metadata }, differences };
}

/** What the API server gave a Service stays with it, and so do its other owners. */
const allocated = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const;

export function reviseService(live: Service, desired: Service): Revision<Service> {
  const owners = mergeOwners(live.metadata.ownerReferences ?? [], desired.metadata.ownerReferences ?? []);
  const metadata = { ...mergeMetadata(live.metadata, desired.metadata), ownerReferences: owners };
  const given = Object.entries(live.spec).filter(([key]) => allocated.some((field) => field === key));
  const spec: Service['spec'] = { ...desired.spec, ...Object.fromEntries(given) };
  const differences = [...compareMetadata(metadata, live.metadata), ...compareSpecs(spec, live.spec, serviceSpecShape)];
  return { object: { ...desired, metadata, spec }, differences };
}

/** Sizes instead of contents: differences are shown to people, and Secrets must not be. */
function describeData(text: string | undefined, encoding: 'base64' | 'utf8'): string | undefined {
  return text === undefined ? undefined : `${Buffer.byteLength(text, encoding)} bytes`;
}

type Data = Readonly<Record<string, string>>;

function compareData(
  desired: Data = {},
  live: Data = {},
  { field = 'data', encoding }: { readonly field?: string; readonly encoding: 'base64' | 'utf8' },
): FieldDifference[] {
  const keys = [...new Set([...Object.keys(desired), ...Object.keys(live)])];
  return keys
    .filter((key) => desired[key] !== live[key])
    .map((key) => ({
      path: `${field}["${key}"]`,
      desired: describeData(desired[key], encoding),
      live: describeData(live[key], encoding),
    }));
}

/** Compares with a live Secret. */
export function reviseSecret(live: Secret, desired: Secret): Revision<Secret> {
  const metadata = mergeMetadata(live.metadata, desired.metadata);
  const differences = [
    ...compareMetadata(metadata, live.metadata),
    ...compareJson(desired.type ?? 'Opaque', live.type ?? 'Opaque', 'type'),
    ...compareData(desired.data, live.data, { encoding: 'base64' }),
  ];
  return { object: { ...desired, metadata }, differences };
}

/** Compares with a live ConfigMap. */
export function reviseConfigMap(live: ConfigMap, desired: ConfigMap): Revision<ConfigMap> {
  const metadata = mergeMetadata(live.metadata, desired.metadata);
  const differences = [
    ...compareMetadata(metadata, live.metadata),
    ...compareData(desired.data, live.data, { encoding: 'utf8' }),
    ...compareData(desired.binaryData, live.binaryData, { field: 'binaryData', encoding: 'base64' }),
  ];
  return { object: { ...desired, metadata }, differences };
}
