import type { YamlFields } from '../../../../base/yaml-writer.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';
import { renderExternalLabels } from './external-labels.ts';
import { placeLogFile, renderGlobalLimits, renderGlobalSchemes, renderGlobalTimes } from './global-scraping.ts';
import { gated } from './render-scope.ts';
import type { RenderScope } from './render-scope.ts';

function renderServerKeys({ server }: PrometheusWorkload, scope: RenderScope): YamlFields {
  if (server === undefined) return {};
  return {
    // The API server fills in 30s.
    evaluation_interval: server.evaluationInterval ?? '',
    rule_query_offset: gated(scope, 'rule_query_offset', server.ruleQueryOffset),
    query_log_file: gated(scope, 'query_log_file', placeLogFile(server.queryLogFile)),
  };
}

/** `global` (docs/reference/rendering.md 1.2). */
export function renderGlobal(workload: PrometheusWorkload, scope: RenderScope): YamlFields {
  return {
    ...renderGlobalTimes(workload, scope),
    external_labels: renderExternalLabels(workload, scope),
    ...renderGlobalLimits(workload, scope),
    ...renderGlobalSchemes(workload, scope),
    ...renderServerKeys(workload, scope),
  };
}

/** `runtime` (docs/reference/rendering.md 1.3). */
export function renderRuntime({ spec }: PrometheusWorkload, scope: RenderScope): YamlFields | undefined {
  return gated(scope, 'runtime', spec.runtime && { gogc: spec.runtime.goGC });
}
