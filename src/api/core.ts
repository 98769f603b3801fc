import { Type } from 'typebox';
import type {
  V1Affinity,
  V1Container,
  V1EmptyDirVolumeSource,
  V1EphemeralVolumeSource,
  V1PersistentVolumeClaimSpec,
  V1PersistentVolumeClaimStatus,
  V1PodSecurityContext,
  V1ResourceRequirements,
  V1Toleration,
  V1Volume,
  V1VolumeMount,
} from '@kubernetes/client-node';
import type { Schema } from './schema.ts';

export const affinity: Schema<V1Affinity> = Type.Unsafe({ type: 'object' });
export const container: Schema<V1Container> = Type.Unsafe({ type: 'object' });
export const emptyDirVolumeSource: Schema<V1EmptyDirVolumeSource> = Type.Unsafe({ type: 'object' });
export const ephemeralVolumeSource: Schema<V1EphemeralVolumeSource> = Type.Unsafe({ type: 'object' });
export const persistentVolumeClaimSpec: Schema<V1PersistentVolumeClaimSpec> = Type.Unsafe({ type: 'object' });
export const persistentVolumeClaimStatus: Schema<V1PersistentVolumeClaimStatus> = Type.Unsafe({ type: 'object' });
export const podSecurityContext: Schema<V1PodSecurityContext> = Type.Unsafe({ type: 'object' });
export const resourceRequirements: Schema<V1ResourceRequirements> = Type.Unsafe({ type: 'object' });
export const toleration: Schema<V1Toleration> = Type.Unsafe({ type: 'object' });
export const volume: Schema<V1Volume> = Type.Unsafe({ type: 'object' });
export const volumeMount: Schema<V1VolumeMount> = Type.Unsafe({ type: 'object' });
