import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import type { PodMetricsEndpoint, PodMonitor } from '../../../../api/pod-monitor.ts';
import type { ScrapeContext } from './scrape-context.ts';
import {
  keepJobName,
  renderEndpointLabel,
  renderJobLabel,
  renderPortRules,
  renderRunningRule,
  renderTargetLabels,
} from './endpoint.ts';
import { renderNamespaceRule } from './enforcement.ts';
import { copyLabel, makeRule, renderRelabelConfigs } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';
import { renderClassRelabelings } from './scrape-class.ts';
import { renderSelectorRules } from './selector-rules.ts';

export interface PodRulesInput {
  readonly monitor: PodMonitor;
  readonly endpoint: PodMetricsEndpoint;
  readonly index: number;
  readonly scrapeClass: ScrapeClass | undefined;
  readonly context: ScrapeContext;
}

const copiedLabels: readonly RelabelRule[] = [
  copyLabel('__meta_kubernetes_namespace', 'namespace'),
  copyLabel('__meta_kubernetes_pod_container_name', 'container'),
  copyLabel('__meta_kubernetes_pod_name', 'pod'),
];

/** The relabel rules of a PodMonitor's job, in their order (docs/reference/rendering.md 2.3). */
export function renderPodRules({ monitor, endpoint, index, scrapeClass, context }: PodRulesInput): RelabelRule[] {
  const { spec, metadata } = monitor;
  const field = `spec.podMetricsEndpoints[${index}]`;
  return [
    keepJobName,
    ...renderRunningRule(endpoint.filterRunning, field),
    ...(spec.selectorMechanism === 'RoleSelector' ? [] : renderSelectorRules(spec.selector, 'pod', 'spec.selector')),
    ...renderPortRules(endpoint, '__meta_kubernetes_pod_container_port_name', field),
    ...copiedLabels,
    ...renderTargetLabels(spec.podTargetLabels, 'pod', 'spec.podTargetLabels'),
    ...renderTargetLabels(context.spec.podTargetLabels, 'pod', 'workload.spec.podTargetLabels'),
    makeRule('', { target_label: 'job', replacement: `${metadata.namespace ?? ''}/${metadata.name ?? ''}` }),
    ...renderJobLabel(spec.jobLabel, 'pod'),
    ...renderEndpointLabel(endpoint, field),
    ...renderClassRelabelings(scrapeClass),
    ...renderRelabelConfigs(endpoint.relabelings, `${field}.relabelings`),
    ...renderNamespaceRule('PodMonitor', metadata, context),
    // The pods of a DaemonSet scrape their own node: there is nothing to divide.
    ...(context.daemonSet ? [] : context.shardingRules.__address__),
  ];
}
