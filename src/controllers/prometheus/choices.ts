import type { PrometheusSpec } from '../../api/prometheus.ts';
import type { Choice } from '../workload/affected.ts';

/** Kinds of objects that a Prometheus chooses by selectors; a PrometheusAgent chooses no rules. */
export type ChosenKind = 'ServiceMonitor' | 'PodMonitor' | 'Probe' | 'ScrapeConfig' | 'PrometheusRule';

/** The selectors of a workload by the kind they are for. */
export function choicesOf(spec: PrometheusSpec): Readonly<Record<ChosenKind, Choice>> {
  return {
    ServiceMonitor: { selector: spec.serviceMonitorSelector, namespaceSelector: spec.serviceMonitorNamespaceSelector },
    PodMonitor: { selector: spec.podMonitorSelector, namespaceSelector: spec.podMonitorNamespaceSelector },
    Probe: { selector: spec.probeSelector, namespaceSelector: spec.probeNamespaceSelector },
    ScrapeConfig: { selector: spec.scrapeConfigSelector, namespaceSelector: spec.scrapeConfigNamespaceSelector },
    PrometheusRule: { selector: spec.ruleSelector, namespaceSelector: spec.ruleNamespaceSelector },
  };
}
