import type { ObjectMeta } from '../../../api/meta.ts';
import type { StatefulSetUpdateStrategy } from '../../../api/parts/workload.ts';
import { referToController, renderMetadata } from './metadata.ts';
import { omitUndefined, unlessBlank } from './rendered-objects.ts';
import type { PodTemplate, StatefulSet, StatefulSetSpec, VolumeClaim } from './rendered-objects.ts';
import type { Workload } from './workload.ts';

/** What sets one StatefulSet of a workload apart. */
export interface SetContent {
  readonly name: string;
  /** Besides those of the owner. */
  readonly labels: Readonly<Record<string, string>>;
  /** Immutable. */
  readonly selector: Record<string, string>;
  /** Undefined leaves the number to the API's default, 1. */
  readonly replicas: number | undefined;
  readonly template: PodTemplate;
  readonly claim: VolumeClaim | undefined;
}

/** What is told to kubectl, or to this operator, about the owner is nothing that its sets are told. */
const keptBack = ['kubectl.kubernetes.io/', 'stoker.dev/'];

/** Labels and annotations of the owner go to its sets, but for those that are kept back (docs/reference/rendering.md 4.2). */
export function renderSetMetadata(
  { owner, settings }: Workload,
  name: string,
  labels: Readonly<Record<string, string>>,
): ObjectMeta {
  const { annotations = {}, ...metadata } = renderMetadata(
    {
      name,
      namespace: owner.metadata.namespace,
      labels: { ...owner.metadata.labels, ...labels },
      annotations: owner.metadata.annotations ?? {},
      ownerReferences: [referToController(owner)],
    },
    settings,
  );
  const kept = Object.entries(annotations).filter(([key]) => !keptBack.some((prefix) => key.startsWith(prefix)));
  return kept.length === 0 ? metadata : { ...metadata, annotations: Object.fromEntries(kept) };
}

function renderUpdateStrategy(strategy: StatefulSetUpdateStrategy | undefined): StatefulSetUpdateStrategy {
  if (strategy === undefined) return { type: 'RollingUpdate' };
  const maxUnavailable = strategy.rollingUpdate?.maxUnavailable;
  return { type: strategy.type, ...(maxUnavailable === undefined ? {} : { rollingUpdate: { maxUnavailable } }) };
}

/** Zero is the API's default and is not sent. */
export const secondsUnlessZero = (seconds = 0): number | undefined => (seconds === 0 ? undefined : seconds);

/** A StatefulSet of a workload, without the input hash (docs/reference/rendering.md 4.2 to 4.4). */
export function renderWorkloadSet(workload: Workload, content: SetContent): StatefulSet {
  const { spec, names } = workload;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: renderSetMetadata(workload, content.name, content.labels),
    spec: omitUndefined<StatefulSetSpec>({
      serviceName: unlessBlank(spec.serviceName) ?? names.governingService,
      replicas: content.replicas,
      podManagementPolicy: spec.podManagementPolicy ?? 'Parallel',
      updateStrategy: renderUpdateStrategy(spec.updateStrategy),
      minReadySeconds: secondsUnlessZero(spec.minReadySeconds),
      selector: { matchLabels: content.selector },
      template: content.template,
      volumeClaimTemplates: content.claim === undefined ? undefined : [content.claim],
      persistentVolumeClaimRetentionPolicy: spec.persistentVolumeClaimRetentionPolicy,
    }),
  };
}
