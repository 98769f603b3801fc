import type { Container } from '../../../api/core/container.ts';
import type { TopologySpreadConstraint } from '../../../api/core/pod.ts';
import type { Volume } from '../../../api/core/volume.ts';
import { mergeContainers } from './merge-containers.ts';
import { omitUndefined, unlessBlank, unlessEmpty } from './rendered-objects.ts';
import type { PodSpec, PodTemplate } from './rendered-objects.ts';
import { renderNetwork } from './pod-network.ts';
import type { Workload, WorkloadSpec } from './workload.ts';

/** What a kind puts into its pods; everything else of a pod comes from fields that all kinds share. */
export interface PodContent {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  /** The operator's containers; users' patches and containers are merged in here. */
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly volumes: Volume[];
  /** Labels of nodes besides those of spec.nodeSelector, such as the zone of a shard. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly topologySpreadConstraints: readonly TopologySpreadConstraint[];
  /** Seconds, where the spec says nothing. */
  readonly terminationGracePeriodSeconds: number;
  /** Undefined leaves the choice to the ServiceAccount. */
  readonly automountServiceAccountToken: boolean | undefined;
  readonly shareProcessNamespace?: boolean;
}

type Scheduling = Pick<
  PodSpec,
  'nodeSelector' | 'schedulerName' | 'priorityClassName' | 'tolerations' | 'affinity' | 'topologySpreadConstraints'
>;

function renderScheduling(spec: WorkloadSpec, content: PodContent): Partial<Scheduling> {
  const nodeSelector = { ...spec.nodeSelector, ...content.nodeSelector };
  return omitUndefined<Partial<Scheduling>>({
    nodeSelector: Object.keys(nodeSelector).length === 0 ? undefined : nodeSelector,
    schedulerName: unlessBlank(spec.schedulerName),
    priorityClassName: unlessBlank(spec.priorityClassName),
    tolerations: unlessEmpty(spec.tolerations),
    affinity: spec.affinity,
    topologySpreadConstraints: unlessEmpty(content.topologySpreadConstraints),
  });
}

/**
 * The pod of a workload (docs/reference/rendering.md 4.5, 5.2, 6.2).
 * @throws {TerminalError} when a user's container cannot be merged into the operator's.
 */
export function renderPodTemplate({ spec }: Workload, content: PodContent): PodTemplate {
  return {
    metadata: { labels: content.labels, annotations: content.annotations },
    spec: omitUndefined<PodSpec>({
      shareProcessNamespace: content.shareProcessNamespace,
      containers: mergeContainers(content.containers, spec.containers),
      initContainers: unlessEmpty(mergeContainers(content.initContainers, spec.initContainers)),
      volumes: content.volumes,
      securityContext: spec.securityContext,
      serviceAccountName: unlessBlank(spec.serviceAccountName),
      automountServiceAccountToken: content.automountServiceAccountToken,
      ...renderScheduling(spec, content),
      terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? content.terminationGracePeriodSeconds,
      ...renderNetwork(spec),
      imagePullSecrets: unlessEmpty(spec.imagePullSecrets),
    }),
  };
}
