import type { YamlFields, YamlValue } from '../../base/yaml-writer.ts';
import { asMapping, isList, textOf } from '../prometheus-config/values.ts';
import { readServedUrl } from '../render/prometheus/config/serving-context.ts';

/**
 * A job as it is written for a Prometheus that finds its targets with the discovery service, when the running one does: the rest of
 * both can be compared. With which service, and whether, is the operator's matter, whose flags not everybody knows.
 * @param own with its own discovery
 */
export function serveAsRunning(own: YamlValue, running: YamlValue): YamlValue {
  const [written, found] = [asMapping(own, 'config.ScrapeConfig'), asMapping(running, 'config.ScrapeConfig')];
  const { http_sd_configs: items } = found;
  const form = items === undefined ? undefined : readForm(items, textOf(found['job_name'] ?? '') ?? '');
  if (form === undefined || items === undefined || written['kubernetes_sd_configs'] === undefined) return own;
  const { kubernetes_sd_configs: _, relabel_configs: rules, ...rest } = written;
  return withRules({ ...rest, http_sd_configs: items }, form === 'kept' ? rules : undefined);
}

const withRules = (job: YamlFields, rules: YamlValue | undefined): YamlFields =>
  rules === undefined ? job : { ...job, relabel_configs: rules };

/** The form in which the job of that name asks for its targets; undefined: it does not. */
function readForm(items: YamlValue, job: string): 'final' | 'kept' | undefined {
  const [item, ...others] = isList(items) ? items : [];
  if (item === undefined || others.length > 0) return undefined;
  const served = readServedUrl(textOf(asMapping(item, 'http.plain')['url'] ?? '') ?? '');
  return served?.job === job ? served.form : undefined;
}
