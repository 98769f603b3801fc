import type { HostAlias, PodDNSConfig } from '../../../api/parts/pod.ts';
import type { PodSpec, PodTemplate } from '../shared/objects.ts';
import { mergeContainers } from '../shared/merge-containers.ts';
import { omitUndefined, unlessBlank, unlessEmpty } from '../shared/objects.ts';
import { renderInitReloader, renderReloader } from '../shared/reloader.ts';
import { renderTopologySpread } from '../shared/topology-spread.ts';
import { annotatePods, labelPods, selectShard, shardLabel } from './labels.ts';
import * as parts from './pod-parts.ts';
import type { PodInput, PodPart } from './pod-parts.ts';
import { renderPrometheusContainer } from './prometheus-container.ts';
import { describeReloader } from './reloaders.ts';
import { zoneOfShard } from './shards.ts';
import { renderThanosSidecar } from './thanos-sidecar.ts';
import type { Workload } from './workload.ts';

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

function collect<K extends keyof PodPart>(order: readonly AddPart[], input: PodInput, what: K) {
  return order.flatMap((add) => [...(add(input)[what] ?? [])] as NonNullable<PodPart[K]>[number][]);
}

type Containers = Pick<PodSpec, 'containers' | 'initContainers' | 'volumes'>;

function renderContainers(input: PodInput): Containers {
  const { workload } = input;
  const reloader = describeReloader(input, collect(reloaderMountOrder, input, 'reloaderMounts'));
  const sidecar = renderThanosSidecar(workload);
  const own = [
    renderPrometheusContainer(workload, collect(mountOrder, input, 'mounts')),
    renderReloader(reloader),
    ...(sidecar === undefined ? [] : [sidecar]),
  ];
  return {
    containers: mergeContainers(own, workload.spec.containers),
    initContainers: mergeContainers([renderInitReloader(reloader)], workload.spec.initContainers),
    volumes: collect(volumeOrder, input, 'volumes'),
  };
}

type Network = Pick<
  PodSpec,
  'hostNetwork' | 'hostUsers' | 'hostAliases' | 'dnsPolicy' | 'dnsConfig' | 'enableServiceLinks'
>;

function renderNetwork({ spec }: Workload): Partial<Network> {
  const { nameservers, searches, options } = spec.dnsConfig ?? {};
  const dnsConfig = omitUndefined<PodDNSConfig>({
    nameservers: unlessEmpty(nameservers),
    searches: unlessEmpty(searches),
    options: unlessEmpty(options),
  });
  const hostAliases = (spec.hostAliases ?? []).map(({ ip, hostnames }): HostAlias => ({ ip, hostnames }));
  return omitUndefined<Partial<Network>>({
    hostNetwork: spec.hostNetwork === true ? true : undefined,
    hostUsers: spec.hostUsers,
    hostAliases: unlessEmpty(hostAliases),
    dnsPolicy: unlessBlank(spec.dnsPolicy) ?? (spec.hostNetwork === true ? 'ClusterFirstWithHostNet' : undefined),
    dnsConfig: spec.dnsConfig === undefined ? undefined : dnsConfig,
    enableServiceLinks: spec.enableServiceLinks,
  });
}

type Scheduling = Pick<
  PodSpec,
  'nodeSelector' | 'schedulerName' | 'priorityClassName' | 'tolerations' | 'affinity' | 'topologySpreadConstraints'
>;

function renderScheduling({ workload, shard }: PodInput): Partial<Scheduling> {
  const { spec, settings } = workload;
  const place = shard === undefined ? undefined : zoneOfShard(spec, shard, settings);
  const zone = place === undefined ? {} : { 'topology.kubernetes.io/zone': place.zone };
  const nodeSelector = { ...spec.nodeSelector, ...zone };
  const selector = selectShard(workload, shard);
  return omitUndefined<Partial<Scheduling>>({
    nodeSelector: Object.keys(nodeSelector).length === 0 ? undefined : nodeSelector,
    schedulerName: unlessBlank(spec.schedulerName),
    priorityClassName: unlessBlank(spec.priorityClassName),
    tolerations: unlessEmpty(spec.tolerations),
    affinity: spec.affinity,
    topologySpreadConstraints: unlessEmpty(
      renderTopologySpread(spec.topologySpreadConstraints ?? [], selector, shardLabel),
    ),
  });
}

/**
 * The pod of a Prometheus or PrometheusAgent (docs/reference/rendering.md 4.5).
 * @throws {TerminalError} when the spec asks for what cannot be rendered.
 */
export function renderPodTemplate(input: PodInput): PodTemplate {
  const { workload, shard } = input;
  const { spec } = workload;
  return {
    metadata: { labels: labelPods(workload, shard), annotations: annotatePods(workload) },
    spec: omitUndefined<PodSpec>({
      shareProcessNamespace: spec.reloadStrategy === 'ProcessSignal',
      ...renderContainers(input),
      securityContext: spec.securityContext,
      serviceAccountName: unlessBlank(spec.serviceAccountName),
      automountServiceAccountToken: spec.automountServiceAccountToken ?? true,
      ...renderScheduling(input),
      terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 600,
      ...renderNetwork(workload),
      imagePullSecrets: unlessEmpty(spec.imagePullSecrets),
    }),
  };
}
