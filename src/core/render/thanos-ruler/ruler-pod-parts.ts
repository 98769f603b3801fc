import * as shared from '../shared/pod-parts.ts';
import type { PodPart } from '../shared/pod-parts.ts';
import { renderStorage } from '../shared/storage.ts';
import type { Storage } from '../shared/storage.ts';
import { renderWebVolumes } from '../shared/web-config.ts';
import { configFolderOf, listMountedKeys } from './config-sources.ts';
import type { MountedKey } from './config-sources.ts';
import * as paths from './ruler-paths.ts';
import type { ThanosRulerWorkload } from './ruler-workload.ts';

/** What a pod depends on besides its workload. */
export interface PodInput {
  readonly workload: ThanosRulerWorkload;
  /** How many tls-assets Secrets there are. */
  readonly tlsAssetSecrets: number;
  /** Names of the rule ConfigMaps, in order. */
  readonly ruleConfigMaps: readonly string[];
}

/** The remote-write configuration of the operator, then what users configure in the words of Thanos. */
export function addConfigs({ workload }: PodInput): PodPart {
  const own = { name: 'remote-write', secretName: workload.names.configSecret, key: paths.remoteWriteKey };
  const keys: MountedKey[] = [own, ...listMountedKeys(workload.spec)];
  return {
    volumes: keys.map(({ name, secretName, key }) => ({
      name: `${name}-config`,
      secret: { secretName, items: [{ key, path: key }] },
    })),
    mounts: keys.map(({ name }) => ({ name: `${name}-config`, mountPath: configFolderOf(name), readOnly: true })),
  };
}

export function addTlsAssets({ workload, tlsAssetSecrets }: PodInput): PodPart {
  return shared.addTlsAssets(workload.names, tlsAssetSecrets, paths.tlsAssetFolder);
}

/** Whether Thanos and its config-reloader are started with a web configuration: the reference mounts it only along with rules. */
export function hasWebConfig({ workload, ruleConfigMaps }: PodInput): boolean {
  return ruleConfigMaps.length > 0 && workload.version.isAtLeast('0.21.0');
}

export function addWebConfig(input: PodInput): PodPart {
  if (!hasWebConfig(input)) return {};
  const { spec, names } = input.workload;
  const { volumes, mounts } = renderWebVolumes(spec.web, names.webConfigSecret, paths.webConfigFolder);
  return { volumes, mounts, reloaderMounts: mounts };
}

export function addRules({ ruleConfigMaps }: PodInput): PodPart {
  return shared.addRules(ruleConfigMaps, paths.ruleFolder);
}

/** Other than for Prometheus, the whole volume is mounted. */
export function chooseStorage({ spec, names }: ThanosRulerWorkload): Storage {
  return renderStorage({ spec: spec.storage, defaultName: names.storageVolume, mountPath: paths.storageFolder });
}

export function addStorage({ workload }: PodInput): PodPart {
  return shared.addStorage(chooseStorage(workload));
}

export function addUserVolumes({ workload }: PodInput): PodPart {
  return shared.addUserVolumes(workload.spec);
}
