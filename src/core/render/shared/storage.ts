import type { VolumeClaim } from './rendered-objects.ts';
import type { Volume } from '../../../api/core/volume.ts';
import type { VolumeMount } from '../../../api/core/container.ts';
import type { EmbeddedPersistentVolumeClaim, StorageSpec } from '../../../api/parts/storage.ts';
import { omitUndefined, unlessBlank, unlessEmpty } from './rendered-objects.ts';

/** Where a workload keeps its data: a volume of the pod, or a claim template of the StatefulSet. */
export interface Storage {
  readonly volume?: Volume;
  readonly claim?: VolumeClaim;
  readonly mount: VolumeMount;
}

export interface StorageInput {
  readonly spec: StorageSpec | undefined;
  /** Name of the volume or claim when the template gives none. */
  readonly defaultName: string;
  readonly mountPath: string;
  /** Folder of the volume that is mounted, unless spec.storage.disableMountSubPath; without one it is the whole volume. */
  readonly subPath?: string;
}

function renderClaim(template: EmbeddedPersistentVolumeClaim | undefined, name: string): VolumeClaim {
  const { labels, annotations } = template?.metadata ?? {};
  return {
    metadata: omitUndefined({ name, labels, annotations }),
    spec: { ...template?.spec, accessModes: unlessEmpty(template?.spec?.accessModes) ?? ['ReadWriteOnce'] },
  };
}

/**
 * Chooses the storage: emptyDir, then ephemeral, then the claim template (docs/reference/rendering.md 4.9). The mount always
 * names the volume that exists; the reference names the template even where an emptyDir wins, which no pod survives.
 */
export function renderStorage({ spec, defaultName, mountPath, subPath }: StorageInput): Storage {
  const mount = (name: string): VolumeMount =>
    spec === undefined || spec.disableMountSubPath === true || subPath === undefined
      ? { name, mountPath }
      : { name, mountPath, subPath };
  if (spec === undefined) return { volume: { name: defaultName, emptyDir: {} }, mount: mount(defaultName) };
  const { emptyDir, ephemeral, volumeClaimTemplate } = spec;
  if (emptyDir !== undefined) return { volume: { name: defaultName, emptyDir }, mount: mount(defaultName) };
  if (ephemeral !== undefined) return { volume: { name: defaultName, ephemeral }, mount: mount(defaultName) };
  const name = unlessBlank(volumeClaimTemplate?.metadata?.name) ?? defaultName;
  return { claim: renderClaim(volumeClaimTemplate, name), mount: mount(name) };
}
