import type { TopologySpreadConstraint } from '../../../api/core/pod.ts';
import type { PodTemplate } from '../shared/rendered-objects.ts';
import { collectParts } from '../shared/pod-parts.ts';
import type { PodPart } from '../shared/pod-parts.ts';
import { renderPodTemplate } from '../shared/pod-template.ts';
import type { PodContent } from '../shared/pod-template.ts';
import { renderInitReloader, renderReloader } from '../shared/reloader.ts';
import { renderTopologySpread } from '../shared/topology-spread.ts';
import { annotatePods, labelPods, selectShard, shardLabel } from './prometheus-labels.ts';
import * as parts from './prometheus-pod-parts.ts';
import type { PodInput } from './prometheus-pod-parts.ts';
import { renderPrometheusContainer } from './prometheus-container.ts';
import { describeReloader } from './reloaders.ts';
import { zoneOfShard } from './shards.ts';
import { renderThanosSidecar } from './thanos-sidecar.ts';

type AddPart = (input: PodInput) => PodPart;

/** The orders are the reference's: a pod template that differs only in order would restart every pod at take-over. */
const volumeOrder: readonly AddPart[] = [
  parts.addConfig,
  parts.addTlsAssets,
  parts.addExpandedConfig,
  parts.addSecrets,
  parts.addConfigMaps,
  parts.addScrapeFailureLog,
  parts.addQueryLog,
  parts.addRules,
  parts.addWebConfig,
  parts.addThanosHttpClient,
  parts.addStorage,
  parts.addUserVolumes,
];
const mountOrder: readonly AddPart[] = [
  parts.addConfig,
  parts.addExpandedConfig,
  parts.addTlsAssets,
  parts.addStorage,
  parts.addUserVolumes,
  parts.addSecrets,
  parts.addConfigMaps,
  parts.addScrapeFailureLog,
  parts.addRules,
  parts.addQueryLog,
  parts.addWebConfig,
];
const reloaderMountOrder: readonly AddPart[] = [
  parts.addConfig,
  parts.addExpandedConfig,
  parts.addWebConfig,
  parts.addRules,
];

const addAll = (order: readonly AddPart[], input: PodInput): PodPart[] => order.map((add) => add(input));

function renderContainers(input: PodInput): Pick<PodContent, 'containers' | 'initContainers' | 'volumes'> {
  const { workload } = input;
  const reloader = describeReloader(input, collectParts(addAll(reloaderMountOrder, input), 'reloaderMounts'));
  const sidecar = renderThanosSidecar(workload);
  return {
    containers: [
      renderPrometheusContainer(workload, collectParts(addAll(mountOrder, input), 'mounts')),
      renderReloader(reloader),
      ...(sidecar === undefined ? [] : [sidecar]),
    ],
    initContainers: [renderInitReloader(reloader)],
    volumes: collectParts(addAll(volumeOrder, input), 'volumes'),
  };
}

function spread({ workload, shard }: PodInput): TopologySpreadConstraint[] {
  const constraints = workload.spec.topologySpreadConstraints ?? [];
  return renderTopologySpread(constraints, selectShard(workload, shard), shardLabel);
}

/**
 * The pod of a Prometheus or PrometheusAgent (docs/reference/rendering.md 4.5).
 * @throws {TerminalError} when the spec asks for what cannot be rendered.
 */
export function renderPrometheusPod(input: PodInput): PodTemplate {
  const { workload, shard } = input;
  const { spec, settings } = workload;
  const place = shard === undefined ? undefined : zoneOfShard(spec, shard, settings);
  return renderPodTemplate(workload, {
    labels: labelPods(workload, shard),
    annotations: annotatePods(workload),
    ...renderContainers(input),
    ...(place === undefined ? {} : { nodeSelector: { 'topology.kubernetes.io/zone': place.zone } }),
    topologySpreadConstraints: spread(input),
    terminationGracePeriodSeconds: 600,
    automountServiceAccountToken: spec.automountServiceAccountToken ?? true,
    shareProcessNamespace: spec.reloadStrategy === 'ProcessSignal',
  });
}
