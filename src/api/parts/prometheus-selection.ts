import { flag, list, listMap, optional, text } from '../schema.ts';
import { secretKeySelector } from './references.ts';
import { serviceDiscoveryRole } from './scalars.ts';
import { scrapeClass } from './scrape-class.ts';
import { labelSelector } from './selectors.ts';

/** What Prometheus and its agent scrape with. */
export const selectionFields = {
  additionalScrapeConfigs: optional(
    secretKeySelector,
    'Key of a Secret with a YAML list of scrape jobs in the words of Prometheus, added as they are, without a check. Prefer ScrapeConfig objects.',
  ),
  ignoreNamespaceSelectors: optional(
    flag,
    'Keeps monitors to their own namespace, whatever their namespaceSelector says.',
  ),
  podMonitorNamespaceSelector: optional(
    labelSelector,
    "Labels of the namespaces in which PodMonitor objects are looked for. Null is the object's own namespace, {} all.",
  ),
  podMonitorSelector: optional(
    labelSelector,
    'Labels of the PodMonitor objects to scrape with. Null selects none, {} all. A Prometheus in which all four selectors of monitors are null is unmanaged: its configuration is yours.',
  ),
  podTargetLabels: optional(
    list(text),
    'Labels of Pods that are copied to the series of all ServiceMonitor and PodMonitor objects.',
  ),
  probeNamespaceSelector: optional(
    labelSelector,
    "Labels of the namespaces in which Probe objects are looked for. Null is the object's own namespace, {} all.",
  ),
  probeSelector: optional(labelSelector, 'Labels of the Probe objects to scrape with. Null selects none, {} all.'),
  scrapeClasses: optional(listMap(scrapeClass, ['name']), 'Settings that monitors share by naming the class.'),
  scrapeConfigNamespaceSelector: optional(
    labelSelector,
    "Labels of the namespaces in which ScrapeConfig objects are looked for. Null is the object's own namespace, {} all.",
  ),
  scrapeConfigSelector: optional(
    labelSelector,
    'Labels of the ScrapeConfig objects to scrape with. Null selects none, {} all.',
  ),
  serviceDiscoveryRole: optional(
    serviceDiscoveryRole,
    'Whether targets of ServiceMonitor objects come from Endpoints (the default) or EndpointSlice objects. The latter need Prometheus 2.21.0 and the right to list them.',
  ),
  serviceMonitorNamespaceSelector: optional(
    labelSelector,
    "Labels of the namespaces in which ServiceMonitor objects are looked for. Null is the object's own namespace, {} all.",
  ),
  serviceMonitorSelector: optional(
    labelSelector,
    'Labels of the ServiceMonitor objects to scrape with. Null selects none, {} all.',
  ),
};
