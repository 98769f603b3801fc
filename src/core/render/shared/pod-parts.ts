import type { VolumeMount } from '../../../api/core/container.ts';
import type { Volume } from '../../../api/core/volume.ts';
import { toLabelName } from '../../../base/naming.ts';
import type { Storage } from './storage.ts';
import { nameTlsAssetSecret } from './workload.ts';
import type { WorkloadNames, WorkloadSpec } from './workload.ts';

/** What one concern adds to the pod: volumes, and mounts of the main and of the config-reloader containers. */
export interface PodPart {
  readonly volumes?: readonly Volume[];
  readonly mounts?: readonly VolumeMount[];
  readonly reloaderMounts?: readonly VolumeMount[];
}

/** The volumes or mounts of some parts, in the order of the parts. */
export function collectParts<K extends keyof PodPart>(
  parts: readonly PodPart[],
  what: K,
): NonNullable<PodPart[K]>[number][] {
  return parts.flatMap((part) => [...(part[what] ?? [])] as NonNullable<PodPart[K]>[number][]);
}

/** The Secrets of TLS assets as one folder. @param count how many Secrets there are. */
export function addTlsAssets(names: WorkloadNames, count: number, mountPath: string): PodPart {
  const sources = [...Array(count).keys()].map((index) => ({ secret: { name: nameTlsAssetSecret(names, index) } }));
  return {
    volumes: [{ name: 'tls-assets', projected: { sources } }],
    mounts: [{ name: 'tls-assets', mountPath, readOnly: true }],
  };
}

/** The workload's data; undefined adds nothing. A claim is a part of the set, not of the pod. */
export function addStorage(storage: Storage | undefined): PodPart {
  if (storage === undefined) return {};
  return { volumes: storage.volume === undefined ? [] : [storage.volume], mounts: [storage.mount] };
}

/** spec.secrets, each in a folder of its name below `folder`. */
export function addSecrets({ secrets = [] }: WorkloadSpec, folder: string): PodPart {
  const named = secrets.map((secret) => ({ secret, name: toLabelName('secret', secret) }));
  return {
    volumes: named.map(({ secret, name }) => ({ name, secret: { secretName: secret } })),
    mounts: named.map(({ secret, name }) => ({ name, mountPath: `${folder}/${secret}`, readOnly: true })),
  };
}

/** spec.configMaps, each in a folder of its name below `folder`. */
export function addConfigMaps({ configMaps = [] }: WorkloadSpec, folder: string): PodPart {
  const named = configMaps.map((map) => ({ map, name: toLabelName('configmap', map) }));
  return {
    volumes: named.map(({ map, name }) => ({ name, configMap: { name: map } })),
    mounts: named.map(({ map, name }) => ({ name, mountPath: `${folder}/${map}`, readOnly: true })),
  };
}

/** The user's own; a DaemonSet gets the volumes too, for mounts of what is not there are refused (the reference's fault). */
export function addUserVolumes({ volumes = [], volumeMounts = [] }: WorkloadSpec): PodPart {
  return { volumes, mounts: volumeMounts };
}

/** Rule ConfigMaps below `folder`; optional, because a pod must start while one is on its way. */
export function addRules(configMaps: readonly string[], folder: string): PodPart {
  const mounts = configMaps.map((name) => ({ name, mountPath: `${folder}/${name}` }));
  return {
    volumes: configMaps.map((name) => ({ name, configMap: { name, optional: true } })),
    mounts: mounts.map((mount) => ({ ...mount, readOnly: true })),
    reloaderMounts: mounts,
  };
}
