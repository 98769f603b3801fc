import type { PrometheusWorkload } from '../prometheus-workload.ts';
import { camelCase } from './job-fields.ts';
import type { SectionName } from './load-check.ts';

/** Keys of `global` that come from a field of another name. */
const globalNames: Readonly<Record<string, string>> = {
  metric_name_validation_scheme: 'nameValidationScheme',
  metric_name_escaping_scheme: 'nameEscapingScheme',
  convert_classic_histograms_to_nhcb: 'convertClassicHistogramsToNHCB',
  always_scrape_classic_histograms: 'scrapeClassicHistograms',
};

const sections: Readonly<Record<string, string>> = {
  remote_write: 'spec.remoteWrite',
  remote_read: 'spec.remoteRead',
  otlp: 'spec.otlp',
  tracing: 'spec.tracingConfig',
  runtime: 'spec.runtime',
  rule_files: 'spec.ruleSelector',
};

const indexOf = (part: string | undefined): number => Number(part?.slice(1, -1) ?? -1);

function nameAlerting([, key = '', index]: readonly string[], { server }: PrometheusWorkload): SectionName {
  const given = server?.alerting?.alertmanagers.length ?? 0;
  if (key === 'alert_relabel_configs')
    return { field: 'spec.additionalAlertRelabelConfigs', what: `rule ${index ?? ''}`, secret: true };
  if (indexOf(index) < given) return { field: `spec.alerting.alertmanagers${index ?? ''}` };
  return { field: 'spec.additionalAlertManagerConfigs', what: `item [${indexOf(index) - given}]`, secret: true };
}

/** The field of the workload behind a place in prometheus.yml outside of scrape_configs. */
export function nameSection(path: readonly string[], workload: PrometheusWorkload): SectionName {
  const [section = '', key = '', inside] = path;
  if (section === 'alerting') return nameAlerting(path, workload);
  if (section === 'global') {
    if (key === '') return { field: 'spec' };
    return { field: `spec.${globalNames[key] ?? camelCase(key)}` };
  }
  if (section === 'storage') return { field: nameStorage(key, inside) };
  const field = sections[section] ?? 'spec';
  return { field: /^\[\d+\]$/.test(key) ? `${field}${key}` : field };
}

function nameStorage(key: string, inside: string | undefined): string {
  if (key === 'exemplars') return 'spec.exemplars';
  return inside === 'retention' ? 'spec.retention' : 'spec.tsdb';
}
