import type { Entries } from './entry.ts';

/** Link `objects` of explain. */
export const objectReasons = {
  ObjectsMatch: { code: 'STK1401', meaning: 'There are objects that the monitor selects' },
  TargetsGiven: { code: 'STK1402', meaning: 'The targets stand in the monitor itself' },
  NoTargetsGiven: {
    code: 'STK1403',
    meaning: 'The list of targets in the monitor is empty',
    example: 'ScrapeConfig shop/legacy names no targets; spec is empty',
    mend: 'List targets as host:port, or set one of the mechanisms of discovery.',
  },
  NoEndpointsGiven: {
    code: 'STK1404',
    meaning: 'The monitor has no endpoints, so it gives no jobs',
    example: 'ServiceMonitor shop/checkout gives one job for each of spec.endpoints; it has none',
    mend: 'Add an endpoint with the name of the port, such as "port: metrics".',
  },
  NoServiceMatches: {
    code: 'STK1405',
    meaning: "No Service matches the monitor's selector",
    example: 'no Service matches its selector; nearest is Service shop/checkout: app=checkout',
    mend: 'Make spec.selector of the ServiceMonitor match labels of the Service (metadata.labels, not its own selector), or label the Service.',
  },
  NoPodMatches: {
    code: 'STK1406',
    meaning: "No Pod matches the monitor's selector",
    example: 'no Pod matches its selector; the files hold no such Pod in namespace shop',
    mend: 'Make spec.selector of the PodMonitor match labels of the Pods: those of spec.template of what makes them.',
  },
  NoIngressMatches: {
    code: 'STK1407',
    meaning: "No Ingress matches the probe's selector",
    example: 'no Ingress matches its selector; nearest is Ingress shop/front: app=frontend',
    mend: 'Make spec.targets.ingress.selector of the Probe match labels of the Ingress, or label the Ingress.',
  },
  NoObjectMatches: {
    code: 'STK1408',
    meaning: 'There are no objects of the role that is discovered',
    example: 'discovers role ingress in all namespaces; there is none among the files',
    mend: 'Discover in namespaces that have objects of the role, or choose another role.',
  },
  InOtherNamespace: {
    code: 'STK1409',
    meaning: 'What would match is in a namespace that the monitor does not look in',
    example: 'it does not look in the right namespace; pay/checkout would match, and is not looked for there',
    mend: 'Name the namespace in spec.namespaceSelector.matchNames of the monitor, or move the monitor there.',
  },
  SelectorMatchesPods: {
    code: 'STK1410',
    meaning: 'The selector of a ServiceMonitor matches labels of Pods; it must match those of the Service',
    example: 'its selector matches labels of Pods, not of a Service',
    mend: 'Write labels of the Service into spec.selector, give the Service the labels of its Pods, or write a PodMonitor.',
  },
  SelectorMatchesServices: {
    code: 'STK1411',
    meaning: 'The selector of a PodMonitor matches labels of a Service; it must match those of the Pods',
    example: 'its selector matches labels of a Service, not of Pods',
    mend: 'Write labels of the Pods into spec.selector, or write a ServiceMonitor.',
  },
  NamespaceSelectorsIgnored: {
    code: 'STK1412',
    meaning: 'The workload sets ignoreNamespaceSelectors: monitors look in their own namespace alone',
    example: 'monitoring/main ignores namespaceSelectors',
    mend: 'Write the monitor in the namespace of what it selects, or set spec.ignoreNamespaceSelectors of the workload to false: it keeps tenants apart.',
  },
  DiscoveredElsewhere: {
    code: 'STK1413',
    meaning: 'The targets come from a mechanism that is not Kubernetes; they cannot be told from here',
  },
  NoMonitorSelects: {
    code: 'STK1414',
    meaning: 'No monitor selects the object that was asked about',
    example:
      'no ServiceMonitor or PodMonitor selects Service shop/checkout; none of 0 ServiceMonitors that look in shop comes near',
    mend: 'Create a ServiceMonitor or PodMonitor for it, or correct the labels of the one that was meant.',
  },
} as const satisfies Entries;
