import type { OTLPConfig } from '../../../../api/parts/prometheus-server.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import type { Place } from '../../../field-checks/check-scope.ts';
import { reject } from '../../../field-checks/check-scope.ts';
import type { Findings } from '../../../findings.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';
import { unlessNone } from './blocks.ts';
import { gates } from './gates.ts';
import { gated } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';

/** `otlp` (docs/reference/rendering.md 1.10). Each key has a gate of its own name. */
export function renderOtlp({ spec }: PrometheusWorkload, scope: RenderScope): YamlFields | undefined {
  const otlp: OTLPConfig = spec.otlp ?? {};
  const fields = {
    promote_resource_attributes: unlessNone(otlp.promoteResourceAttributes),
    translation_strategy: otlp.translationStrategy,
    keep_identifying_resource_attributes: otlp.keepIdentifyingResourceAttributes,
    convert_histograms_to_nhcb: otlp.convertHistogramsToNHCB,
    promote_all_resource_attributes: otlp.promoteAllResourceAttributes,
    ignore_resource_attributes: unlessNone(otlp.ignoreResourceAttributes),
    promote_scope_metadata: otlp.promoteScopeMetadata,
    label_name_underscore_sanitization: otlp.labelNameUnderscoreSanitization,
    label_name_preserve_multiple_underscores: otlp.labelNamePreserveMultipleUnderscores,
  };
  const keys = Object.keys(fields) as (keyof typeof fields)[];
  const known = keys.filter((key) => gated(scope, key, fields[key]) !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known.map((key) => [key, fields[key]]));
}

const strategiesSince: Readonly<Record<string, string>> = {
  NoTranslation: '3.4.0',
  UnderscoreEscapingWithoutSuffixes: '3.6.0',
};

const reason = 'InvalidOTLP';

function* checkStrategy({ spec, version }: PrometheusWorkload): Findings {
  const strategy = spec.otlp?.translationStrategy ?? '';
  const at: Place = { field: 'spec.otlp.translationStrategy', reason };
  const since = strategiesSince[strategy];
  if (strategy === 'NoUTF8EscapingWithSuffixes' && spec.nameValidationScheme === 'Legacy')
    yield reject(at, `Cannot use "${strategy}" with nameValidationScheme "Legacy"`);
  if (since !== undefined && version.isBelow(since))
    yield reject(at, `Cannot use "${strategy}" with Prometheus ${version.toString()}: it needs ${since}`);
}

/** What makes the block impossible (docs/reference/rendering.md 1.13). */
export function* checkOtlp(workload: PrometheusWorkload): Findings {
  const { spec, version } = workload;
  if (spec.otlp === undefined) return;
  const { promoteAllResourceAttributes: all, promoteResourceAttributes, ignoreResourceAttributes } = spec.otlp;
  const { since } = gates.promote_resource_attributes;
  if (version.isBelow(since))
    yield reject(
      { field: 'spec.otlp', reason },
      `Cannot use it with Prometheus ${version.toString()}: it needs ${since}`,
    );
  yield* checkStrategy(workload);
  if (version.isBelow(gates.promote_all_resource_attributes.since)) return;
  if (all === true && (promoteResourceAttributes ?? []).length > 0)
    yield reject(
      { field: 'spec.otlp.promoteResourceAttributes', reason },
      'Cannot promote some attributes while "promoteAllResourceAttributes" promotes all',
    );
  if (all !== true && (ignoreResourceAttributes ?? []).length > 0)
    yield reject(
      { field: 'spec.otlp.ignoreResourceAttributes', reason },
      'Cannot ignore attributes without "promoteAllResourceAttributes"',
    );
}
