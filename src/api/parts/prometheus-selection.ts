import { secretKeySelector } from './references.ts';
import { serviceDiscoveryRole } from './scalars.ts';
import { scrapeClass } from './scrape-class.ts';
import { labelSelector } from './selectors.ts';
import { flag, list, listMap, optional, text } from '../schema.ts';

export const selectionFields = {
  additionalScrapeConfigs: optional(secretKeySelector, ''),
  ignoreNamespaceSelectors: optional(flag, ''),
  podMonitorNamespaceSelector: optional(labelSelector, ''),
  podMonitorSelector: optional(labelSelector, ''),
  podTargetLabels: optional(list(text), ''),
  probeNamespaceSelector: optional(labelSelector, ''),
  probeSelector: optional(labelSelector, ''),
  scrapeClasses: optional(listMap(scrapeClass, ['name']), ''),
  scrapeConfigNamespaceSelector: optional(labelSelector, ''),
  scrapeConfigSelector: optional(labelSelector, ''),
  serviceDiscoveryRole: optional(serviceDiscoveryRole, ''),
  serviceMonitorNamespaceSelector: optional(labelSelector, ''),
  serviceMonitorSelector: optional(labelSelector, ''),
};
