import { approximateFloat } from '../../../../base/quantity.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { reject } from '../../../field-checks/check-scope.ts';
import type { CheckScope } from '../../../field-checks/check-scope.ts';
import { checkTls } from '../../../field-checks/check-tls.ts';
import type { Findings } from '../../../findings.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';
import { renderTls, unlessNoEntries } from './blocks.ts';
import type { RenderScope } from './render-scope.ts';
import { isFraction } from './storage-block.ts';

/** `tracing` (docs/reference/rendering.md 1.11), with its headers sorted so that the file does not change by itself. */
export function renderTracing({ spec }: PrometheusWorkload, scope: RenderScope): YamlFields | undefined {
  const tracing = spec.tracingConfig;
  if (tracing === undefined) return undefined;
  const fraction = tracing.samplingFraction;
  return {
    endpoint: tracing.endpoint,
    client_type: tracing.clientType?.toLowerCase(),
    sampling_fraction: fraction === undefined ? undefined : approximateFloat(fraction),
    insecure: tracing.insecure,
    headers: unlessNoEntries(tracing.headers),
    compression: tracing.compression?.toLowerCase(),
    timeout: tracing.timeout,
    tls_config: renderTls(tracing.tlsConfig, scope),
  };
}

export function* checkTracing({ spec }: PrometheusWorkload, scope: CheckScope): Findings {
  const tracing = spec.tracingConfig;
  const fraction = tracing?.samplingFraction;
  if (fraction !== undefined && !isFraction(fraction))
    yield reject(
      { field: 'spec.tracingConfig.samplingFraction', reason: 'InvalidTracing' },
      `Cannot use "${fraction}": want a number from 0 to 1`,
    );
  yield* checkTls(tracing?.tlsConfig, 'spec.tracingConfig.tlsConfig', scope);
}
