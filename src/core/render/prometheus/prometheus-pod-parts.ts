import { posix } from 'node:path';
import { unlessBlank } from '../shared/rendered-objects.ts';
import * as shared from '../shared/pod-parts.ts';
import type { PodPart } from '../shared/pod-parts.ts';
import { renderStorage } from '../shared/storage.ts';
import type { Storage } from '../shared/storage.ts';
import { renderWebVolumes } from '../shared/web-config.ts';
import { nameJobFileSecret, nameSplitSecret } from './job-file-secrets.ts';
import { readThanosVersion } from './compaction.ts';
import * as paths from './prometheus-paths.ts';
import { hasWebConfigFile } from './prometheus-workload.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

/** What a pod depends on besides its workload. */
export interface PodInput {
  readonly workload: PrometheusWorkload;
  /** Number of the shard; undefined in a DaemonSet. */
  readonly shard: number | undefined;
  /** How many tls-assets Secrets there are. */
  readonly tlsAssetSecrets: number;
  /** Names of the rule ConfigMaps, in order; empty for agents. */
  readonly ruleConfigMaps: readonly string[];
  /** How many Secrets with jobs there may be beside that with the configuration; absent or 0: all jobs are in that one. */
  readonly jobFileReserve?: number;
}

/** The generated configuration, as the operator writes it. */
export function addConfig(input: PodInput): PodPart {
  const { workload, jobFileReserve = 0 } = input;
  const reloaderMounts = [{ name: 'config', mountPath: paths.configFolder }];
  if (jobFileReserve > 0) return { ...addSplitConfig(input, jobFileReserve), reloaderMounts };
  return { volumes: [{ name: 'config', secret: { secretName: workload.names.configSecret } }], reloaderMounts };
}

/**
 * One volume for all Secrets: the kubelet exchanges their files together, also those of Secrets that come later. The
 * config-reloader watches its folder as it does anyway; Prometheus reads the jobs there.
 */
function addSplitConfig({ workload, shard = 0 }: PodInput, reserve: number): PodPart {
  const files = Array.from({ length: reserve }, (_, index) => ({
    secret: { name: nameJobFileSecret(workload, shard, index), optional: true },
  }));
  const sources = [{ secret: { name: nameSplitSecret(workload) } }, ...files];
  return {
    volumes: [{ name: 'config', projected: { sources } }],
    mounts: [{ name: 'config', mountPath: paths.jobFileFolder, readOnly: true }],
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
  return shared.addTlsAssets(workload.names, tlsAssetSecrets, paths.tlsAssetFolder);
}

/** Where the workload stores its data; a DaemonSet has none of ours. */
export function chooseStorage({ form, spec, names }: PrometheusWorkload): Storage | undefined {
  if (form === 'DaemonSet') return undefined;
  return renderStorage({
    spec: spec.storage,
    defaultName: names.storageVolume,
    mountPath: paths.storageFolder,
    subPath: 'prometheus-db',
  });
}

export function addStorage({ workload }: PodInput): PodPart {
  return shared.addStorage(chooseStorage(workload));
}

export function addUserVolumes({ workload }: PodInput): PodPart {
  return shared.addUserVolumes(workload.spec);
}

export function addSecrets({ workload }: PodInput): PodPart {
  return shared.addSecrets(workload.spec, paths.secretFolder);
}

export function addConfigMaps({ workload }: PodInput): PodPart {
  return shared.addConfigMaps(workload.spec, paths.configMapFolder);
}

/** A log file without a folder goes into one of ours. */
function needsLogFolder(file: string | undefined): boolean {
  return unlessBlank(file) !== undefined && posix.dirname(posix.normalize(file ?? '')) === '.';
}

/** Unless the user mounts something in the same place: two mounts of one path are refused (the reference's fault). */
function addLogFolder(workload: PrometheusWorkload): PodPart {
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

export function addRules({ ruleConfigMaps }: PodInput): PodPart {
  return shared.addRules(ruleConfigMaps, paths.ruleFolder);
}

/** Whether the config-reloader serves with the web configuration too (docs/reference/rendering.md 4.8). */
export function sharesWebConfig(workload: PrometheusWorkload): boolean {
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
