import type { VolumeMount } from '../../../api/core/container.ts';
import type { PodTemplate } from '../shared/rendered-objects.ts';
import { collectParts } from '../shared/pod-parts.ts';
import type { PodPart } from '../shared/pod-parts.ts';
import { renderPodTemplate } from '../shared/pod-template.ts';
import { cleanPath } from '../shared/probes.ts';
import { renderInitReloader, renderReloader } from '../shared/reloader.ts';
import type { ReloaderInput } from '../shared/reloader.ts';
import { renderAlertmanagerContainer, webPort } from './alertmanager-container.ts';
import { addClusterTls } from './cluster-tls.ts';
import { annotatePods, labelPods } from './alertmanager-labels.ts';
import * as paths from './alertmanager-paths.ts';
import * as parts from './alertmanager-pod-parts.ts';
import type { PodInput } from './alertmanager-pod-parts.ts';
import { hasWebConfigFile, routePrefixOf, webSchemeOf } from './alertmanager-workload.ts';

type AddPart = (input: PodInput) => PodPart;

const addCluster: AddPart = ({ workload }) => addClusterTls(workload);

/** The orders are the reference's: a pod template that differs only in order would restart every pod at take-over. */
const volumeOrder: readonly AddPart[] = [
  parts.addConfig,
  parts.addTlsAssets,
  parts.addExpandedConfig,
  parts.addTemplates,
  parts.addSecrets,
  parts.addConfigMaps,
  parts.addWebConfig,
  addCluster,
  parts.addStorage,
  parts.addUserVolumes,
];
const mountOrder: readonly AddPart[] = [
  parts.addConfig,
  parts.addExpandedConfig,
  parts.addTlsAssets,
  parts.addStorage,
  parts.addTemplates,
  parts.addSecrets,
  parts.addConfigMaps,
  parts.addUserVolumes,
  parts.addWebConfig,
  addCluster,
];
const reloaderMountOrder: readonly AddPart[] = [
  parts.addConfig,
  parts.addExpandedConfig,
  parts.addTemplates,
  parts.addSecrets,
  parts.addConfigMaps,
  parts.addWebConfig,
];

const addAll = (order: readonly AddPart[], input: PodInput): PodPart[] => order.map((add) => add(input));

/** Folders whose files make Alertmanager read its configuration again. */
function listWatchedFolders(input: PodInput): string[] {
  const given = addAll([parts.addTemplates, parts.addSecrets, parts.addConfigMaps], input);
  return [paths.configFolder, ...collectParts(given, 'mounts').map(({ mountPath }) => mountPath)];
}

/** What both config-reloader containers are made from (docs/reference/rendering.md 4.10, 5.3). */
function describeReloader(input: PodInput, mounts: readonly VolumeMount[]): ReloaderInput {
  const { workload } = input;
  const { spec, settings } = workload;
  const address = `${webSchemeOf(workload)}://${settings.localHost}:${webPort}`;
  return {
    settings,
    reload: { kind: 'http', url: `${address}${cleanPath(`${routePrefixOf(spec)}/-/reload`)}` },
    listenLocal: spec.listenLocal === true,
    configFile: paths.configFile,
    expandedConfigFile: paths.expandedConfigFile,
    ...(hasWebConfigFile(workload) ? { webConfigFile: paths.webConfigFile } : {}),
    watchedFolders: listWatchedFolders(input),
    logLevel: spec.logLevel,
    logFormat: spec.logFormat,
    imagePullPolicy: spec.imagePullPolicy,
    // An Alertmanager has no shards.
    env: [{ name: 'SHARD', value: '-1' }],
    mounts,
  };
}

/**
 * The pod of an Alertmanager (docs/reference/rendering.md 5.2 to 5.4).
 * @throws {TerminalError} when the spec asks for what cannot be rendered.
 */
export function renderAlertmanagerPod(input: PodInput): PodTemplate {
  const { workload } = input;
  const { spec } = workload;
  const reloader = describeReloader(input, collectParts(addAll(reloaderMountOrder, input), 'reloaderMounts'));
  return renderPodTemplate(workload, {
    labels: labelPods(workload),
    annotations: annotatePods(workload),
    containers: [
      renderAlertmanagerContainer(workload, collectParts(addAll(mountOrder, input), 'mounts')),
      renderReloader(reloader),
    ],
    initContainers: [renderInitReloader(reloader)],
    volumes: collectParts(addAll(volumeOrder, input), 'volumes'),
    topologySpreadConstraints: spec.topologySpreadConstraints ?? [],
    terminationGracePeriodSeconds: 120,
    automountServiceAccountToken: spec.automountServiceAccountToken,
  });
}
