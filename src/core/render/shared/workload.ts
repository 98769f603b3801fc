import type { PodFields } from '../../../api/parts/pod-fields.ts';
import type { PersistentVolumeClaimRetentionPolicy } from '../../../api/parts/storage.ts';
import type { WebConfigFileFields } from '../../../api/parts/web.ts';
import type { WorkloadFields } from '../../../api/parts/workload.ts';
import type { Version } from '../../../base/version.ts';
import type { OperatorSettings } from '../../settings.ts';
import type { Owner } from './metadata.ts';

/** The fields that the specs of all workload kinds have in common; a kind may lack those that are optional here. */
export interface WorkloadSpec extends PodFields, WorkloadFields {
  readonly automountServiceAccountToken?: boolean;
  readonly configMaps?: string[];
  readonly hostNetwork?: boolean;
  readonly persistentVolumeClaimRetentionPolicy?: PersistentVolumeClaimRetentionPolicy;
  readonly secrets?: string[];
  readonly web?: WebConfigFileFields;
}

/** Names of what is made for one workload, whatever its kind (docs/reference/rendering.md 4.1, 5.1, 6.1). */
export interface WorkloadNames {
  /** Of the StatefulSet, and the beginning of all other names. */
  readonly prefix: string;
  /** The Secret with the configuration that the pods mount. */
  readonly configSecret: string;
  /** Before "-0", "-1" and so on. */
  readonly tlsAssets: string;
  readonly webConfigSecret: string;
  readonly storageVolume: string;
  readonly governingService: string;
}

/** A custom resource that the operator runs pods for, as rendering sees it: what all kinds of them share. */
export interface Workload<S extends WorkloadSpec = WorkloadSpec> {
  readonly owner: Owner;
  readonly spec: S;
  /** Of the program that runs: Prometheus, Alertmanager or Thanos. */
  readonly version: Version;
  readonly settings: OperatorSettings;
  readonly names: WorkloadNames;
}

export function nameTlsAssetSecret(names: WorkloadNames, index: number): string {
  return `${names.tlsAssets}-${index}`;
}
