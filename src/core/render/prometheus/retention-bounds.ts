import type { PrometheusSpec } from '../../../api/prometheus.ts';
import { approximateFloat } from '../../../base/quantity.ts';
import { unlessBlank } from '../shared/rendered-objects.ts';

/** What bounds the data of a Prometheus; undefined is no such bound. */
export interface RetentionBounds {
  /** A duration; 24 hours where nothing else bounds the data. */
  readonly time: string | undefined;
  readonly size: string | undefined;
  /** Percent of the volume; 0 bounds nothing. */
  readonly percentage: number | undefined;
}

/**
 * The bounds as they are configured (docs/reference/rendering.md 1.6).
 * @param knowsPercentage whether this Prometheus takes a share of the volume for a bound.
 */
export function readRetention(spec: PrometheusSpec, knowsPercentage: boolean): RetentionBounds {
  const { retentionPercentage } = spec;
  const [time, size] = [unlessBlank(spec.retention), unlessBlank(spec.retentionSize)];
  const share = retentionPercentage === undefined ? undefined : approximateFloat(retentionPercentage);
  const percentage = knowsPercentage ? share : undefined;
  const isBounded = size !== undefined || (percentage ?? 0) !== 0;
  return { time: time ?? (isBounded ? undefined : '24h'), size, percentage };
}

/** Whether it can be read as a percentage, from 0 to 100. */
export function isPercentage(quantity: number | string): boolean {
  try {
    const value = approximateFloat(quantity);
    return value >= 0 && value <= 100;
  } catch {
    return false;
  }
}
