import type { KubernetesObject } from '../api/meta.ts';
import { podMonitor, podMonitorSpec, podMonitorType } from '../api/pod-monitor.ts';
import { probe, probeSpec, probeType } from '../api/probe.ts';
import { scrapeConfig, scrapeConfigSpec, scrapeConfigType } from '../api/scrape-config.ts';
import type { Static } from '../api/schema.ts';
import { serviceMonitor, serviceMonitorSpec, serviceMonitorType } from '../api/service-monitor.ts';

/** An object that becomes scrape jobs, of whatever kind. */
export interface Monitor extends KubernetesObject {
  readonly spec: object;
}

/** The kinds whose objects become scrape jobs, in the order of their jobs: the one list of them. */
export const scrapeKinds = {
  ServiceMonitor: { type: serviceMonitorType, schema: serviceMonitor, spec: serviceMonitorSpec },
  PodMonitor: { type: podMonitorType, schema: podMonitor, spec: podMonitorSpec },
  Probe: { type: probeType, schema: probe, spec: probeSpec },
  ScrapeConfig: { type: scrapeConfigType, schema: scrapeConfig, spec: scrapeConfigSpec },
} as const;

export type MonitorKind = keyof typeof scrapeKinds;

export const monitorKinds = Object.keys(scrapeKinds) as readonly MonitorKind[];

/** The object of each kind. */
export type MonitorObjects = { readonly [K in MonitorKind]: Static<(typeof scrapeKinds)[K]['schema']> };

/** Monitors by kind, each list in the order of "namespace/name". */
export type Monitors = { readonly [K in MonitorKind]: readonly MonitorObjects[K][] };
