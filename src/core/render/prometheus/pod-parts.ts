import type { Volume } from '../../../api/core/volume.ts';
import type { VolumeMount } from '../../../api/core/container.ts';
import { posix } from 'node:path';
import { toLabelName } from '../../../base/naming.ts';
import { unlessBlank } from '../shared/objects.ts';
import { renderStorage } from '../shared/storage.ts';
import type { Storage } from '../shared/storage.ts';
import { renderWebVolumes } from '../shared/web-config.ts';
import { readThanosVersion } from './compaction.ts';
import { nameTlsAssetSecret } from './names.ts';
import * as paths from './paths.ts';
import { hasWebConfigFile } from './workload.ts';
import type { Workload } from './workload.ts';

/** What a pod depends on besides its workload. */
export interface PodInput {
  readonly workload: Workload;
  /** Number of the shard; undefined in a DaemonSet. */
  readonly shard: number | undefined;
  /** How many tls-assets Secrets there are. */
  readonly tlsAssetSecrets: number;
  /** Names of the rule ConfigMaps, in order; empty for agents. */
  readonly ruleConfigMaps: readonly string[];
}

/** What one concern adds to the pod: volumes, and mounts of the prometheus and of the config-reloader containers. */
export interface PodPart {
  readonly volumes?: readonly Volume[];
  readonly mounts?: readonly VolumeMount[];
  readonly reloaderMounts?: readonly VolumeMount[];
}

/** The generated configuration, as the operator writes it. */
export function addConfig({ workload }: PodInput): PodPart {
  return {
    volumes: [{ name: 'config', secret: { secretName: workload.names.configSecret } }],
    reloaderMounts: [{ name: 'config', mountPath: paths.configFolder }],
  };
}

/** The configuration with its variables filled in; in memory, because it holds credentials. */
export function addExpandedConfig(): PodPart {
  const mount = { name: 'config-out', mountPath: paths.expandedConfigFolder };
  return {
    volumes: [{ name: 'config-out', emptyDir: { medium: 'Memory' } }],
    mounts: [{ ...mount, readOnly: true }],
    reloaderMounts: [mount],
  };
}

export function addTlsAssets({ workload, tlsAssetSecrets }: PodInput): PodPart {
  const indexes = [...Array(tlsAssetSecrets).keys()];
  const sources = indexes.map((index) => ({ secret: { name: nameTlsAssetSecret(workload.names, index) } }));
  return {
    volumes: [{ name: 'tls-assets', projected: { sources } }],
    mounts: [{ name: 'tls-assets', mountPath: paths.tlsAssetFolder, readOnly: true }],
  };
}

/** Where the workload stores its data; a DaemonSet has none of ours. */
export function chooseStorage({ form, spec, names }: Workload): Storage | undefined {
  if (form === 'DaemonSet') return undefined;
  return renderStorage({
    spec: spec.storage,
    defaultName: names.storageVolume,
    mountPath: paths.storageFolder,
    subPath: 'prometheus-db',
  });
}

export function addStorage({ workload }: PodInput): PodPart {
  const storage = chooseStorage(workload);
  if (storage === undefined) return {};
  return { volumes: storage.volume === undefined ? [] : [storage.volume], mounts: [storage.mount] };
}

/** The user's own; a DaemonSet gets the volumes too, for mounts of what is not there are refused (the reference's fault). */
export function addUserVolumes({ workload }: PodInput): PodPart {
  return { volumes: workload.spec.volumes ?? [], mounts: workload.spec.volumeMounts ?? [] };
}

export function addSecrets({ workload }: PodInput): PodPart {
  const secrets = (workload.spec.secrets ?? []).map((secret) => ({ secret, name: toLabelName('secret', secret) }));
  return {
    volumes: secrets.map(({ secret, name }) => ({ name, secret: { secretName: secret } })),
    mounts: secrets.map(({ secret, name }) => ({ name, mountPath: `${paths.secretFolder}/${secret}`, readOnly: true })),
  };
}

export function addConfigMaps({ workload }: PodInput): PodPart {
  const maps = (workload.spec.configMaps ?? []).map((map) => ({ map, name: toLabelName('configmap', map) }));
  return {
    volumes: maps.map(({ map, name }) => ({ name, configMap: { name: map } })),
    mounts: maps.map(({ map, name }) => ({ name, mountPath: `${paths.configMapFolder}/${map}`, readOnly: true })),
  };
}

/** A log file without a folder goes into one of ours. */
function needsLogFolder(file: string | undefined): boolean {
  return unlessBlank(file) !== undefined && posix.dirname(posix.normalize(file ?? '')) === '.';
}

/** Unless the user mounts something in the same place: two mounts of one path are refused (the reference's fault). */
function addLogFolder(workload: Workload): PodPart {
  const taken = (workload.spec.volumeMounts ?? []).some(
    ({ mountPath }) => posix.join(mountPath, '.') === paths.logFolder,
  );
  if (taken) return {};
  return { volumes: [{ name: 'log-file', emptyDir: {} }], mounts: [{ name: 'log-file', mountPath: paths.logFolder }] };
}

export function addScrapeFailureLog({ workload }: PodInput): PodPart {
  return needsLogFolder(workload.spec.scrapeFailureLogFile) ? addLogFolder(workload) : {};
}

/** Shares the folder of the scrape failure log when there is one. */
export function addQueryLog({ workload }: PodInput): PodPart {
  const shared = needsLogFolder(workload.spec.scrapeFailureLogFile);
  return needsLogFolder(workload.server?.queryLogFile) && !shared ? addLogFolder(workload) : {};
}

export function ruleFolderOf(configMap: string): string {
  return `${paths.ruleFolder}/${configMap}`;
}

/** Rule files; optional, because a pod must start while a ConfigMap is on its way. */
export function addRules({ ruleConfigMaps }: PodInput): PodPart {
  const mounts = ruleConfigMaps.map((name) => ({ name, mountPath: ruleFolderOf(name) }));
  return {
    volumes: ruleConfigMaps.map((name) => ({ name, configMap: { name, optional: true } })),
    mounts: mounts.map((mount) => ({ ...mount, readOnly: true })),
    reloaderMounts: mounts,
  };
}

/** Whether the config-reloader serves with the web configuration too (docs/reference/rendering.md 4.8). */
export function sharesWebConfig(workload: Workload): boolean {
  return workload.form === 'DaemonSet' || (workload.spec.web !== undefined && hasWebConfigFile(workload));
}

export function addWebConfig({ workload }: PodInput): PodPart {
  if (!hasWebConfigFile(workload)) return {};
  const { volumes, mounts } = renderWebVolumes(
    workload.spec.web,
    workload.names.webConfigSecret,
    paths.webConfigFolder,
  );
  return { volumes, mounts, reloaderMounts: sharesWebConfig(workload) ? mounts : [] };
}

export function addThanosHttpClient({ workload }: PodInput): PodPart {
  const thanos = workload.server?.thanos;
  if (thanos === undefined || readThanosVersion(thanos.version).isBelow('0.24.0')) return {};
  const secretName = workload.names.httpClientSecret;
  return { volumes: [{ name: 'thanos-prometheus-http-client-file', secret: { secretName } }] };
}
