import type { Version } from '../../base/version.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import type { RelabelSemantics } from '../relabel/rule.ts';

/** How an address without a port is treated (docs/reference/discovery.md 5.4). */
export type PortRule = 'keep' | 'append' | 'strip';

/** What changes a target's labels and depends on the version of Prometheus (docs/reference/discovery.md 8.1). */
export interface TargetFeatures {
  readonly portRule: PortRule;
  /** Configured params beat `__param_*` labels that were discovered. */
  readonly paramsWin: boolean;
  /** Three labels tell how histograms are scraped. */
  readonly histogramLabels: boolean;
}

export interface FeatureFlags {
  /** `--enable-feature=no-default-scrape-port`, which only Prometheus 2 knows. */
  readonly noDefaultScrapePort?: boolean;
}

export function readTargetFeatures(version: Version, flags: FeatureFlags = {}): TargetFeatures {
  const isOld = version.isBelow('3.0.0');
  const oldRule = flags.noDefaultScrapePort === true ? 'strip' : 'append';
  return {
    portRule: isOld ? oldRule : 'keep',
    paramsWin: isOld,
    histogramLabels: version.isAtLeast('3.13.0'),
  };
}

/** @param nameScheme the job's metric_name_validation_scheme; relabelling heeds it since 3.7. */
export function readRelabelSemantics(version: Version, nameScheme: NameScheme): RelabelSemantics {
  const newest = version.isAtLeast('3.7.0') ? nameScheme : 'utf8';
  return {
    nameScheme: version.isBelow('3.0.0') ? 'legacy' : newest,
    dotNewline: version.isAtLeast('3.0.0'),
    deletesTemplateName: version.isBelow('2.50.0'),
  };
}

/** What changes target groups and depends on the version of Prometheus (docs/reference/discovery.md 8.1). */
export interface GroupFeatures {
  readonly containerId: boolean;
  /** Init containers count for endpoints and endpoint slices too. */
  readonly initContainersOfEndpoints: boolean;
  /** Undeclared ports of pods without an IP give targets too (a fault of old versions). */
  readonly extraPortsWithoutIp: boolean;
  readonly annotationsOfEndpoints: boolean;
  readonly labelsOfSlices: boolean;
  readonly sliceServingAndTerminating: boolean;
  readonly sliceNodeAndZone: boolean;
  readonly annotationsOfAttachedNodes: boolean;
  /** An address that refers to a Node gets that node's labels. */
  readonly nodeOfTargetRef: boolean;
  readonly attachNamespace: boolean;
  readonly attachOwners: boolean;
  /** With attached nodes, a pod on an unknown node gives no targets. */
  readonly hidesPodsOnUnknownNodes: boolean;
  readonly hidesSecondaryFamilies: boolean;
  readonly nodeConditions: boolean;
  /** The load balancer's addresses come from the status. */
  readonly loadBalancerIpOfStatus: boolean;
}

export function readGroupFeatures(version: Version): GroupFeatures {
  const since = (minimum: string): boolean => version.isAtLeast(minimum);
  return {
    containerId: since('2.42.0'),
    initContainersOfEndpoints: since('3.0.0'),
    extraPortsWithoutIp: !since('2.46.0'),
    annotationsOfEndpoints: since('2.46.0'),
    labelsOfSlices: since('2.46.0'),
    sliceServingAndTerminating: since('2.42.0'),
    sliceNodeAndZone: since('2.52.0'),
    annotationsOfAttachedNodes: since('2.46.0'),
    nodeOfTargetRef: since('2.45.0'),
    attachNamespace: since('3.6.0'),
    attachOwners: since('3.11.0'),
    hidesPodsOnUnknownNodes: since('3.11.0'),
    hidesSecondaryFamilies: since('3.11.0'),
    nodeConditions: since('3.12.0'),
    loadBalancerIpOfStatus: since('3.15.0'),
  };
}
