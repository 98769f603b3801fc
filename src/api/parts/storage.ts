import { ephemeralVolumeSource, persistentVolumeClaimSpec, persistentVolumeClaimStatus } from '../core/claim.ts';
import { emptyDirVolumeSource } from '../core/volume.ts';
import { embeddedObjectMetadata } from './pod.ts';
import { flag, object, optional, text } from '../schema.ts';
import type { Static } from '../schema.ts';

export const persistentVolumeClaimRetentionPolicy = object({
  whenDeleted: optional(text, ''),
  whenScaled: optional(text, ''),
});

export type PersistentVolumeClaimRetentionPolicy = Static<typeof persistentVolumeClaimRetentionPolicy>;

export const embeddedPersistentVolumeClaim = object({
  apiVersion: optional(text, ''),
  kind: optional(text, ''),
  metadata: optional(embeddedObjectMetadata, ''),
  spec: optional(persistentVolumeClaimSpec, ''),
  status: optional(persistentVolumeClaimStatus, ''),
});

export type EmbeddedPersistentVolumeClaim = Static<typeof embeddedPersistentVolumeClaim>;

export const storageSpec = object({
  disableMountSubPath: optional(flag, ''),
  emptyDir: optional(emptyDirVolumeSource, ''),
  ephemeral: optional(ephemeralVolumeSource, ''),
  volumeClaimTemplate: optional(embeddedPersistentVolumeClaim, ''),
});

export type StorageSpec = Static<typeof storageSpec>;
