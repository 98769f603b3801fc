import type { ScrapeClass } from '../../../../api/parts/scrape-class.ts';
import type { Endpoint, ServiceMonitor } from '../../../../api/service-monitor.ts';
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
import type { EndpointsRole } from './kubernetes-discovery.ts';
import { copyLabel, makeSharedRule, renderRelabelConfigs } from './relabel-rules.ts';
import type { RelabelRule } from './relabel-rules.ts';
import { renderClassRelabelings } from './scrape-class.ts';
import { renderSelectorRules } from './selector-rules.ts';

export interface ServiceRulesInput {
  readonly monitor: ServiceMonitor;
  readonly endpoint: Endpoint;
  readonly index: number;
  readonly role: EndpointsRole;
  readonly scrapeClass: ScrapeClass | undefined;
  readonly context: ScrapeContext;
}

const endpointPrefixes = { endpoints: '__meta_kubernetes_endpoint', endpointslice: '__meta_kubernetes_endpointslice' };

/** The name of the node or pod behind an address. */
function makeNameRule(role: EndpointsRole, kind: 'Node' | 'Pod', label: string): RelabelRule {
  const prefix = endpointPrefixes[role];
  return makeSharedRule('', {
    source_labels: [`${prefix}_address_target_kind`, `${prefix}_address_target_name`],
    separator: ';',
    regex: `${kind};(.*)`,
    replacement: '${1}',
    target_label: label,
  });
}

const nameRules: Readonly<Record<EndpointsRole, readonly RelabelRule[]>> = {
  endpoints: [makeNameRule('endpoints', 'Node', 'node'), makeNameRule('endpoints', 'Pod', 'pod')],
  endpointslice: [makeNameRule('endpointslice', 'Node', 'node'), makeNameRule('endpointslice', 'Pod', 'pod')],
};

const copiedLabels: readonly RelabelRule[] = [
  copyLabel('__meta_kubernetes_namespace', 'namespace'),
  copyLabel('__meta_kubernetes_service_name', 'service'),
  copyLabel('__meta_kubernetes_pod_name', 'pod'),
  copyLabel('__meta_kubernetes_pod_container_name', 'container'),
];

const jobFromService = makeSharedRule('', {
  source_labels: ['__meta_kubernetes_service_name'],
  target_label: 'job',
  replacement: '${1}',
});

/** The relabel rules of a ServiceMonitor's job, in their order (docs/reference/rendering.md 2.2). */
export function renderServiceRules(input: ServiceRulesInput): RelabelRule[] {
  const { monitor, endpoint, index, role, scrapeClass, context } = input;
  const { spec, metadata } = monitor;
  const field = `spec.endpoints[${index}]`;
  return [
    keepJobName,
    ...(spec.selectorMechanism === 'RoleSelector'
      ? []
      : renderSelectorRules(spec.selector, 'service', 'spec.selector')),
    ...renderPortRules(
      { port: endpoint.port, targetPort: endpoint.targetPort },
      `${endpointPrefixes[role]}_port_name`,
      field,
    ),
    ...nameRules[role],
    ...copiedLabels,
    ...renderRunningRule(endpoint.filterRunning, field),
    ...renderTargetLabels(spec.targetLabels, 'service', 'spec.targetLabels'),
    ...renderTargetLabels(spec.podTargetLabels, 'pod', 'spec.podTargetLabels'),
    ...renderTargetLabels(context.spec.podTargetLabels, 'pod', 'workload.spec.podTargetLabels'),
    jobFromService,
    ...renderJobLabel(spec.jobLabel, 'service'),
    ...renderEndpointLabel(endpoint, field),
    ...renderClassRelabelings(scrapeClass),
    ...renderRelabelConfigs(endpoint.relabelings, `${field}.relabelings`),
    ...renderNamespaceRule('ServiceMonitor', metadata, context),
    ...context.shardingRules.__address__,
  ];
}
