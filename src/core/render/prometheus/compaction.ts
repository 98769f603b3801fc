import type { Version } from '../../../base/version.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';
import { parseThanosVersion } from '../shared/versions.ts';
import type { PrometheusWorkload } from './prometheus-workload.ts';

/**
 * What Prometheus may compact while Thanos uploads blocks (docs/reference/rendering.md 4.6): everything, nothing, or only
 * blocks that were uploaded.
 */
export type Compaction = 'default' | 'disabled' | 'delayed';

/** The sidecar's version. @throws {TerminalError} when spec.thanos.version is no version. */
export function readThanosVersion(text: string | undefined): Version {
  return parseThanosVersion(text, 'spec.thanos.version');
}

export function uploadsBlocks(thanos: NonNullable<PrometheusWorkload['server']>['thanos']): boolean {
  return thanos?.objectStorageConfig !== undefined || unlessBlank(thanos?.objectStorageConfigFile) !== undefined;
}

/**
 * Delayed only from Thanos 0.42, as in 0.94 of the reference: a sidecar of 0.41 does not take the flags of such a Prometheus for
 * right and ends after a while, again and again (docs/reference/versions.md).
 */
export function chooseCompaction({ server, version }: PrometheusWorkload): Compaction {
  if (server?.disableCompaction === true) return 'disabled';
  if (!uploadsBlocks(server?.thanos)) return 'default';
  const delays = version.isAtLeast('3.9.0') && readThanosVersion(server?.thanos?.version).isAtLeast('0.42.0');
  return delays ? 'delayed' : 'disabled';
}
