import type { LabelSource } from '../relabel/label-set.ts';
import type { CompiledRule } from '../relabel/compile-rules.ts';
import type { CompiledJob } from '../targets/scrape-job.ts';
import type { SdConfig } from '../targets/sd-config.ts';
import type { LabelRange } from './label-ranges.ts';
import { LabelRanges, isDiscovered } from './label-ranges.ts';
import { relabelRanges } from './relabel-ranges.ts';

/** Targets that are alike, as far as is known of them. */
export interface TargetShape {
  /** Whether there is such a target; else there only may be. */
  readonly isThere: boolean;
  rangeOf(label: string): LabelRange;
}

/** A target of which all is known. */
export function describeTarget(labels: LabelSource): TargetShape {
  return { isThere: true, rangeOf: (label) => new Set([labels.get(label) ?? '']) };
}

/** What stands in the names of objects that are made up in the place of those that a cluster would make. */
export const madeUpSuffix = '-supposed';

const ofNames = ['__meta_kubernetes_pod_name', '__meta_kubernetes_node_name'];

/** Whether a target with these labels was discovered from objects that are made up. */
export function isMadeUp(get: (discovered: string) => string | undefined): boolean {
  return ofNames.some((name) => get(name)?.endsWith(madeUpSuffix) === true);
}

/** Discovered labels that made up objects have just as the real ones will; all others of Kubernetes may be otherwise. */
const trusted =
  /^__meta_kubernetes_(?:namespace$|service_|endpoints_|endpoint_(?:port_|ready$|address_target_kind$)|endpointslice_(?:label|port|address_type$|address_target_kind$|endpoint_conditions_)|pod_(?:label|annotation|phase$|ready$|container_(?:name|port_|image|init)))/;

/** Labels of objects that manifests hold: those that are not written there are missing, but for what controllers add to Pods. */
const written = /^__meta_kubernetes_(?:service|pod)_label(?:present)?_(?!.*(?:hash|generation|pod_name|pod_index)$)/;
const mayAppear = (name: string): boolean => isDiscovered(name) && !written.test(name);

/**
 * By rule, whether a made up target that it drops is dropped whatever its names and addresses are: the rule reads only what is
 * known of it, and that as it was discovered.
 */
export function findSureDrops(rules: readonly CompiledRule[]): readonly boolean[] {
  const changed = new Set<string>();
  let isAllOpen = false;
  return rules.map(({ rule: { action, sourceLabels, targetLabel } }) => {
    const drops = action === 'keep' || action === 'drop';
    if (drops) return !isAllOpen && sourceLabels.every((name) => !changed.has(name) && isKnown(name));
    isAllOpen ||= targetLabel === '' || targetLabel.includes('$');
    changed.add(targetLabel);
    return false;
  });
}

const isKnown = (name: string): boolean => trusted.test(name) && !mayAppear(name);

/** A target that was made of made up objects; undefined when relabelling drops it, whatever its names and addresses are. */
export function describeMadeUp(discovered: ReadonlyMap<string, string>, job: CompiledJob): TargetShape | undefined {
  const known = [...discovered].map(([name, value]): readonly [string, LabelRange] => {
    const isFixed = trusted.test(name) || !(name.startsWith('__meta_') || name === '__address__');
    return [name, isFixed ? new Set([value]) : undefined];
  });
  return settle(new LabelRanges(known, mayAppear), job, true);
}

/** All targets that a job may ever discover by one of its configurations; undefined when there can be none. */
export function describeDiscovery(config: SdConfig, job: CompiledJob, ownNamespace?: string): TargetShape | undefined {
  const defaults = [...job.defaults[0].toMap(), ...job.overrides.toMap()];
  const known = defaults.map(([name, value]): readonly [string, LabelRange] => [name, new Set([value])]);
  if (config.mechanism === 'static') return undefined;
  // Other mechanisms give any labels, and theirs win over those of the job.
  if (config.mechanism !== 'kubernetes') return settle(new LabelRanges([], () => true), job, false);
  const labels = new LabelRanges(known);
  const { ownNamespace: usesOwn, names = [] } = config.namespaces;
  const namespaces = [...names, ...(usesOwn && ownNamespace !== undefined ? [ownNamespace] : [])];
  const isCut = config.role !== 'node' && namespaces.length > 0 && (!usesOwn || ownNamespace !== undefined);
  if (isCut && !namespaces.includes('')) labels.set('__meta_kubernetes_namespace', new Set(namespaces));
  return settle(labels, job, false);
}

/** What is left after relabelling. A target without an instance has its address for one. */
function settle(labels: LabelRanges, { rules }: CompiledJob, isThere: boolean): TargetShape | undefined {
  if (relabelRanges(rules, labels) === 'dropped') return undefined;
  if (labels.get('instance')?.has('') !== false) labels.set('instance', undefined);
  return { isThere, rangeOf: (label) => labels.get(label) };
}
