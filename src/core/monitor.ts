import type { KubernetesObject } from '../api/meta.ts';
import type { PodMonitor } from '../api/pod-monitor.ts';
import type { Probe } from '../api/probe.ts';
import type { ScrapeConfig } from '../api/scrape-config.ts';
import type { ServiceMonitor } from '../api/service-monitor.ts';

/** An object that becomes scrape jobs, of whatever kind. */
export interface Monitor extends KubernetesObject {
  readonly spec: object;
}

/** Monitors by kind, each list in the order of "namespace/name". */
export interface Monitors {
  readonly ServiceMonitor: readonly ServiceMonitor[];
  readonly PodMonitor: readonly PodMonitor[];
  readonly Probe: readonly Probe[];
  readonly ScrapeConfig: readonly ScrapeConfig[];
}
