import { unlessBlank } from '../shared/rendered-objects.ts';
import type { AlertmanagerWorkload } from './alertmanager-workload.ts';

const durationFields = ['retention', 'clusterGossipInterval', 'clusterPushpullInterval', 'clusterPeerTimeout'] as const;

export type DurationField = (typeof durationFields)[number];

/** Alertmanager does not start with a duration of zero from here on. */
const refusesZero = '0.34.0';

const isZero = (duration: string): boolean => !/[1-9]/.test(duration);

/** The duration of a field as it may be passed on; zero means Alertmanager's default where zero is refused (docs/reference/versions.md). */
export function durationOf({ spec, version }: AlertmanagerWorkload, field: DurationField): string | undefined {
  const duration = unlessBlank(spec[field]);
  return duration !== undefined && isZero(duration) && version.isAtLeast(refusesZero) ? undefined : duration;
}

/** The fields whose durations are not passed on. */
export function listIgnoredDurations(workload: AlertmanagerWorkload): DurationField[] {
  return durationFields.filter(
    (field) => unlessBlank(workload.spec[field]) !== undefined && durationOf(workload, field) === undefined,
  );
}
