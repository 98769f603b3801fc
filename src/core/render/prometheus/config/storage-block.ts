import type { TSDBSpec } from '../../../../api/parts/prometheus-server.ts';
import { approximateFloat } from '../../../../base/quantity.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { reject } from '../../../field-checks/check-scope.ts';
import type { Findings } from '../../../findings.ts';
import { unlessBlank } from '../../shared/rendered-objects.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';
import { isPercentage, readRetention } from '../retention-bounds.ts';
import { gated } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';

const isEmpty = (fields: YamlFields): boolean => Object.values(fields).every((value) => value === undefined);

const unlessEmpty = (fields: YamlFields): YamlFields | undefined => (isEmpty(fields) ? undefined : fields);

/** Retention moved from flags into the file with Prometheus 3.11. */
function renderRetention({ server }: PrometheusWorkload, scope: RenderScope): YamlFields | undefined {
  if (server === undefined) return undefined;
  const { time, size, percentage } = readRetention(server, true);
  const share = gated(scope, 'storage.tsdb.retention.percentage', percentage);
  return scope.gates.isOpen('storage.tsdb.retention') ? { time, size, percentage: share } : undefined;
}

function renderTsdb(workload: PrometheusWorkload, scope: RenderScope): YamlFields {
  const tsdb: TSDBSpec = workload.spec.tsdb ?? {};
  const threshold = tsdb.staleSeriesCompactionThreshold;
  const window = workload.role === 'server' ? 'out_of_order_time_window' : 'out_of_order_time_window of an agent';
  const floats = unlessBlank(tsdb.chunkEncoding?.floats)?.toLowerCase();
  return {
    out_of_order_time_window: gated(scope, window, unlessBlank(tsdb.outOfOrderTimeWindow)),
    stale_series_compaction_threshold: gated(
      scope,
      'stale_series_compaction_threshold',
      threshold === undefined ? undefined : approximateFloat(threshold),
    ),
    chunk_encoding: gated(scope, 'chunk_encoding', floats === undefined ? undefined : { floats }),
    retention: renderRetention(workload, scope),
  };
}

/** `storage` (docs/reference/rendering.md 1.6). An agent's settings share one block; the reference writes one for each. */
export function renderStorage(workload: PrometheusWorkload, scope: RenderScope): YamlFields | undefined {
  const maxExemplars = workload.server?.exemplars?.maxSize;
  const storage = {
    exemplars: maxExemplars === undefined ? undefined : { max_exemplars: maxExemplars },
    tsdb: unlessEmpty(renderTsdb(workload, scope)),
  };
  return gated(scope, 'storage', unlessEmpty(storage));
}

/** What makes the block impossible (docs/reference/rendering.md 1.13). */
export function* checkStorage({ spec, server }: PrometheusWorkload): Findings {
  const { staleSeriesCompactionThreshold: threshold, chunkEncoding } = spec.tsdb ?? {};
  const reason = 'InvalidStorage';
  const percentage = server?.retentionPercentage;
  if (percentage !== undefined && !isPercentage(percentage))
    yield reject(
      { field: 'spec.retentionPercentage', reason },
      `Cannot use "${percentage}": want a number from 0 to 100`,
    );
  if (threshold !== undefined && !isFraction(threshold))
    yield reject(
      { field: 'spec.tsdb.staleSeriesCompactionThreshold', reason },
      `Cannot use "${threshold}": want a number from 0 to 1`,
    );
  if (chunkEncoding?.floats === 'Xor' && (spec.enableFeatures ?? []).includes('st-storage'))
    yield reject(
      { field: 'spec.tsdb.chunkEncoding.floats', reason },
      'Cannot use "Xor" with feature "st-storage": these chunks do not store start timestamps',
    );
}

/** True for a quantity from 0 to 1. */
export function isFraction(quantity: number | string): boolean {
  try {
    const value = approximateFloat(quantity);
    return value >= 0 && value <= 1;
  } catch {
    return false;
  }
}
