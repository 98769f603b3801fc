import type { YamlFields } from '../../../../base/yaml-writer.ts';
import type { ScrapeContext } from './scrape-context.ts';
import type { PrometheusWorkload } from '../prometheus-workload.ts';
import { readAdditional } from './additional.ts';
import { renderAlertmanager } from './alertmanagers.ts';
import { nameReplicaLabel } from './external-labels.ts';
import type { RenderScope } from './render-scope.ts';

/** As Go's `regexp.QuoteMeta`. */
const quoteRegexp = (text: string): string => text.replaceAll(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`);

/** `alerting` (docs/reference/rendering.md 1.7). Replicas send the same alerts: the label that tells them apart is dropped. */
export function renderAlerting(
  workload: PrometheusWorkload,
  context: ScrapeContext,
  scope: RenderScope,
): YamlFields | undefined {
  const { server } = workload;
  if (server === undefined) return undefined;
  const relabelings = readAdditional(server.additionalAlertRelabelConfigs, 'additionalAlertRelabelConfigs', scope);
  const more = readAdditional(server.additionalAlertManagerConfigs, 'additionalAlertManagerConfigs', scope);
  if (server.alerting === undefined && relabelings === undefined && more === undefined) return undefined;
  const label = nameReplicaLabel(workload.spec);
  const alertmanagers = server.alerting?.alertmanagers ?? [];
  return {
    alert_relabel_configs: [
      ...(label === '' ? [] : [{ action: 'labeldrop', regex: quoteRegexp(label) }]),
      ...(relabelings ?? []),
    ],
    alertmanagers: [...alertmanagers.map((one) => renderAlertmanager(one, context, scope)), ...(more ?? [])],
  };
}
