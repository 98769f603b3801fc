import type { KubernetesObject, ResourceType } from '../api/meta.ts';
import { podMonitor, podMonitorSpec, podMonitorType } from '../api/pod-monitor.ts';
import { probe, probeSpec, probeType } from '../api/probe.ts';
import { scrapeConfig, scrapeConfigSpec, scrapeConfigType } from '../api/scrape-config.ts';
import type { Schema, Static } from '../api/schema.ts';
import { serviceMonitor, serviceMonitorSpec, serviceMonitorType } from '../api/service-monitor.ts';

/** How workloads choose objects of a kind. */
export interface SelectionFields {
  readonly type: ResourceType;
  /** The field of the workload's spec that selects by the object's labels. */
  readonly selector: string;
  /** The field that selects by the labels of the object's namespace. */
  readonly namespaceSelector: string;
}

/** An object that becomes scrape jobs, of whatever kind. */
export interface Monitor extends KubernetesObject {
  readonly spec: object;
}

interface ScrapeKindFields extends SelectionFields {
  /** Of the whole object. */
  readonly schema: Schema;
  readonly spec: Schema;
}

/** The kinds whose objects become scrape jobs, in the order of their jobs: the one list of them. */
export const scrapeKinds = {
  ServiceMonitor: {
    type: serviceMonitorType,
    schema: serviceMonitor,
    spec: serviceMonitorSpec,
    selector: 'serviceMonitorSelector',
    namespaceSelector: 'serviceMonitorNamespaceSelector',
  },
  PodMonitor: {
    type: podMonitorType,
    schema: podMonitor,
    spec: podMonitorSpec,
    selector: 'podMonitorSelector',
    namespaceSelector: 'podMonitorNamespaceSelector',
  },
  Probe: {
    type: probeType,
    schema: probe,
    spec: probeSpec,
    selector: 'probeSelector',
    namespaceSelector: 'probeNamespaceSelector',
  },
  ScrapeConfig: {
    type: scrapeConfigType,
    schema: scrapeConfig,
    spec: scrapeConfigSpec,
    selector: 'scrapeConfigSelector',
    namespaceSelector: 'scrapeConfigNamespaceSelector',
  },
} as const satisfies Readonly<Record<string, ScrapeKindFields>>;

export type MonitorKind = keyof typeof scrapeKinds;

export const monitorKinds = Object.keys(scrapeKinds) as readonly MonitorKind[];

/** The object of each kind. */
export type MonitorObjects = { readonly [K in MonitorKind]: Static<(typeof scrapeKinds)[K]['schema']> };

/** Monitors by kind, each list in the order of "namespace/name". */
export type Monitors = { readonly [K in MonitorKind]: readonly MonitorObjects[K][] };

/** One list for each kind, made by `list`. */
export function listMonitors(list: (kind: MonitorKind) => readonly Monitor[]): Monitors {
  return Object.fromEntries(monitorKinds.map((kind) => [kind, list(kind)])) as unknown as Monitors;
}
