import { alertmanagerConfigType } from '../../api/alertmanager-config.ts';
import type { AlertmanagerConfig } from '../../api/alertmanager-config.ts';
import type { LabelSelector } from '../../api/meta.ts';
import { scrapeKinds } from '../monitor.ts';
import type { MonitorObjects, SelectionFields } from '../monitor.ts';
import { prometheusRuleType } from '../../api/prometheus-rule.ts';
import type { PrometheusRule } from '../../api/prometheus-rule.ts';

/** The kinds that workloads choose from: the one table of them. Whether a kind of workload has the fields says whether it chooses. */
export const selectedKinds = {
  ...scrapeKinds,
  PrometheusRule: { type: prometheusRuleType, selector: 'ruleSelector', namespaceSelector: 'ruleNamespaceSelector' },
  AlertmanagerConfig: {
    type: alertmanagerConfigType,
    selector: 'alertmanagerConfigSelector',
    namespaceSelector: 'alertmanagerConfigNamespaceSelector',
  },
} as const satisfies Readonly<Record<string, SelectionFields>>;

export type SelectedKind = keyof typeof selectedKinds;

/** The object of each kind. */
export interface SelectedObjects extends MonitorObjects {
  readonly PrometheusRule: PrometheusRule;
  readonly AlertmanagerConfig: AlertmanagerConfig;
}

/** How a workload chooses objects of one kind: a selector on the objects, and one on their namespaces. */
export interface Choice {
  readonly selector: LabelSelector | undefined;
  readonly namespaceSelector: LabelSelector | undefined;
}

/** The selectors that a spec has for objects of one kind. */
export function choiceOf(spec: object, kind: SelectedKind): Choice {
  const fields = spec as Readonly<Record<string, LabelSelector | null | undefined>>;
  const { selector, namespaceSelector } = selectedKinds[kind];
  return { selector: fields[selector] ?? undefined, namespaceSelector: fields[namespaceSelector] ?? undefined };
}
