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
  /** Whether there may be several. */
  readonly isMany: boolean;
  rangeOf(label: string): LabelRange;
  findPlacement(): Placement;
}

/** Which shards scrape targets. */
export interface Placement {
  /** Each shard does. */
  readonly isEverywhere: boolean;
  /** Those of one key are in one shard; undefined: not known before they are there. */
  readonly key: string | undefined;
  /** Whether those with one `instance` are in one shard: it is the address, which is what is hashed. */
  readonly isByInstance: boolean;
}

/** A target of which all is known. @param labels those it has on its series */
export function describeTarget(labels: LabelSource, findPlacement: () => Placement = () => unplaced): TargetShape {
  return { isThere: true, isMany: false, rangeOf: (label) => new Set([labels.get(label) ?? '']), findPlacement };
}

const unplaced: Placement = { isEverywhere: false, key: undefined, isByInstance: true };

/** Which shard scrapes a target of which all is known. */
export function placeTarget(discovered: LabelSource, job: CompiledJob): Placement {
  const labels = new Map<string, string>();
  discovered.writeTo(labels);
  const ranges = new LabelRanges(
    [...labels].map(([name, value]) => [name, new Set([value])]),
    () => false,
  );
  return relabelShape(ranges, job)?.placement ?? unplaced;
}

/** The uid of a Pod that is made up in the place of those that a cluster would make: of the only one, or of several. */
export const madeUpUids = { only: 'supposed', several: 'supposed: one of several' } as const;

/** The Node that they run on. */
export const madeUpNode = 'supposed-node';

const podUid = '__meta_kubernetes_pod_uid';

/** Whether a target with these labels was discovered from objects that are made up. */
export function isMadeUp(get: (discovered: string) => string | undefined): boolean {
  const uid = get(podUid);
  return uid === madeUpUids.only || uid === madeUpUids.several || get('__meta_kubernetes_node_name') === madeUpNode;
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
  const isMany = discovered.get(podUid) !== madeUpUids.only;
  return settle(new LabelRanges(known, mayAppear), job, { isThere: true, isMany });
}

/** All targets that a job may ever discover by one of its configurations; undefined when there can be none. */
export function describeDiscovery(config: SdConfig, job: CompiledJob, ownNamespace?: string): TargetShape | undefined {
  const defaults = [...job.defaults[0].toMap(), ...job.overrides.toMap()];
  const known = defaults.map(([name, value]): readonly [string, LabelRange] => [name, new Set([value])]);
  if (config.mechanism === 'static') return undefined;
  // Other mechanisms give any labels, and theirs win over those of the job.
  if (config.mechanism !== 'kubernetes') return settle(new LabelRanges([], () => true), job, open);
  const labels = new LabelRanges(known);
  const { ownNamespace: usesOwn, names = [] } = config.namespaces;
  const namespaces = [...names, ...(usesOwn && ownNamespace !== undefined ? [ownNamespace] : [])];
  const isCut = config.role !== 'node' && namespaces.length > 0 && (!usesOwn || ownNamespace !== undefined);
  if (isCut && !namespaces.includes('')) labels.set('__meta_kubernetes_namespace', new Set(namespaces));
  return settle(labels, job, open);
}

const open = { isThere: false, isMany: true };

type Known = Pick<TargetShape, 'isThere' | 'isMany'>;

/** What is left after relabelling. */
function settle(labels: LabelRanges, job: CompiledJob, known: Known): TargetShape | undefined {
  const relabelled = relabelShape(labels, job);
  if (relabelled === undefined) return undefined;
  return { ...known, rangeOf: (label) => labels.get(label), findPlacement: () => relabelled.placement };
}

const hashLabel = '__tmp_hash';

/**
 * Relabels, and reads on the way what shards are chosen by (docs/reference/rendering.md 2.1.7); undefined when nothing stays. A
 * target without an instance has its address for one.
 */
function relabelShape(labels: LabelRanges, { rules }: CompiledJob): { readonly placement: Placement } | undefined {
  const at = rules.findIndex(({ rule }) => rule.action === 'hashmod' && rule.targetLabel === hashLabel);
  if (relabelRanges(at < 0 ? rules : rules.slice(0, at), labels) === 'dropped') return undefined;
  const hashed = at < 0 ? [undefined] : ['__tmp_topology', hashLabel].map((name) => onlyOf(labels.get(name)));
  const key = hashed.includes(undefined) ? undefined : hashed.join(';');
  if (at >= 0 && relabelRanges(rules.slice(at), labels) === 'dropped') return undefined;
  const isEverywhere = labels.get('__tmp_disable_sharding')?.has('') === false;
  const instance = labels.get('instance');
  const isByInstance = onlyOf(instance) === '';
  if (isByInstance || instance?.has('') === true) labels.set('instance', undefined);
  return { placement: { isEverywhere, key, isByInstance } };
}

const onlyOf = (range: LabelRange): string | undefined => (range?.size === 1 ? [...range][0] : undefined);
