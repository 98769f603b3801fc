import { ephemeralVolumeSource, persistentVolumeClaimSpec, persistentVolumeClaimStatus } from '../core/claim.ts';
import { emptyDirVolumeSource } from '../core/volume.ts';
import { flag, object, optional, text } from '../schema.ts';
import type { Static } from '../schema.ts';
import { embeddedObjectMetadata } from './pod-fields.ts';

export const persistentVolumeClaimRetentionPolicy = object({
  whenDeleted: optional(text, 'Retain (the default) or Delete the claims when the StatefulSet is deleted.'),
  whenScaled: optional(text, 'Retain (the default) or Delete the claims of pods that scaling down removes.'),
});

export type PersistentVolumeClaimRetentionPolicy = Static<typeof persistentVolumeClaimRetentionPolicy>;

export const embeddedPersistentVolumeClaim = object({
  apiVersion: optional(text, 'Not used.'),
  kind: optional(text, 'Not used.'),
  metadata: optional(
    embeddedObjectMetadata,
    'Name, labels and annotations of the claims. The name becomes that of the volume.',
  ),
  spec: optional(persistentVolumeClaimSpec, 'The claim: size, access modes, storage class.'),
  status: optional(persistentVolumeClaimStatus, 'Not used.'),
});

export type EmbeddedPersistentVolumeClaim = Static<typeof embeddedPersistentVolumeClaim>;

export const storageSpec = object({
  disableMountSubPath: optional(flag, 'Mounts the whole volume instead of a folder in it.', {
    deprecated: 'it will go away without a replacement',
  }),
  emptyDir: optional(
    emptyDirVolumeSource,
    'Keeps the data in an emptyDir. Wins over ephemeral and volumeClaimTemplate.',
  ),
  ephemeral: optional(ephemeralVolumeSource, 'Keeps the data in an ephemeral volume. Wins over volumeClaimTemplate.'),
  volumeClaimTemplate: optional(
    embeddedPersistentVolumeClaim,
    'Keeps the data in a persistent volume a pod. A larger size expands the claims, and no pod restarts (docs/volumes.md); a smaller one is refused. Any other change recreates the StatefulSet, and existing claims stay as they are.',
  ),
});

export type StorageSpec = Static<typeof storageSpec>;
