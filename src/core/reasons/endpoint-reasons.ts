import type { Entries } from './entry.ts';

/** Link `endpoints` of explain. */
export const endpointReasons = {
  EndpointsReady: { code: 'STK1601', meaning: 'There are addresses behind the Services, or Pods with an address' },
  EndpointsNotReady: {
    code: 'STK1602',
    meaning: 'There are addresses, none of them ready; Prometheus scrapes them all the same',
    example: '1 address behind the chosen port; none is ready: scraped all the same, most likely in vain',
    mend: 'Find out why the Pods are not ready: their readiness probes say it (kubectl describe pod).',
  },
  NoEndpoints: {
    code: 'STK1603',
    meaning: 'No address is behind the Services',
    example:
      'Service shop/checkout selects Pods by {app=checkout}; no Pods and nothing that makes Pods is known in its namespace',
    mend: 'Start what makes the Pods (is it scaled to 0?), or ask with its manifest among the files.',
  },
  ServiceWithoutSelector: {
    code: 'STK1604',
    meaning: 'The Service has no selector, and nobody made its endpoints',
    example: 'Service shop/checkout has no selector; and nobody made Endpoints or EndpointSlices for it',
    mend: 'Set spec.selector of the Service to the labels of the Pods, or make an EndpointSlice with the label kubernetes.io/service-name.',
  },
  ServiceSelectsNoPods: {
    code: 'STK1605',
    meaning: 'The selector of the Service matches no Pod',
    example: 'Service shop/checkout selects Pods by {app=chekout}; nearest is Pod shop/checkout-supposed: app=checkout',
    mend: 'Make spec.selector of the Service match the labels of the Pods.',
  },
  ExternalNameService: {
    code: 'STK1606',
    meaning: 'A Service of type ExternalName has no endpoints',
    example: 'Service shop/checkout is of type ExternalName; it is a name in DNS, without endpoints',
    mend: 'Write a ScrapeConfig with the name as a static target.',
  },
  ServicePortUnresolved: {
    code: 'STK1607',
    meaning: 'The targetPort of the Service is declared by no container, so the address has no port',
    example:
      'port http-metrics of Service shop/checkout leads to "prom"; containers of Pod shop/checkout-supposed declare http (8080), http-metrics (8081)',
    mend: 'Set targetPort of the Service to a name that a container declares, or to a number.',
  },
  PodsWithoutAddress: {
    code: 'STK1608',
    meaning: 'The Pods have no IP address: they are not running yet',
    example: 'Service shop/checkout selects 1 Pod, none with an IP address; shop/checkout-0 is Pending',
    mend: 'Find out why they do not run: kubectl describe pod shows what the scheduler and the kubelet say.',
  },
  PodsEnded: {
    code: 'STK1609',
    meaning: 'The Pods have ended; they are dropped unless filterRunning is false',
    example: '2 targets of Pods that have ended (phase Succeeded or Failed); checkout-0',
    mend: 'What has ended cannot be scraped: run it as a Deployment, or push metrics of short jobs to a Pushgateway.',
  },
  EndpointsMissing: {
    code: 'STK1610',
    meaning: 'Objects of the discovered role are not there, though Services and Pods are',
    example: 'targets come from role endpointslice; there is no such object with an address for Service shop/checkout',
    mend: 'Set spec.serviceDiscoveryRole to the role that the cluster has: EndpointSlice, or Endpoints in old clusters.',
  },
  NotFromEndpoints: { code: 'STK1611', meaning: 'The targets need no endpoints' },
} as const satisfies Entries;
