import type { KubernetesObject, LabelSelector } from '../../api/meta.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { collectWorkloadReferences } from '../assets/plans.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import type { Lister } from '../listers.ts';
import { listMonitors, monitorKinds, scrapeKinds } from '../monitor.ts';
import type { Monitor, MonitorKind, MonitorObjects, Monitors } from '../monitor.ts';
import type { Rejection } from '../rejection.ts';
import { makeFragments } from '../render/prometheus/config/fragment.ts';
import type { Fragment, Fragments } from '../render/prometheus/config/fragment.ts';
import type { ScrapeContext } from '../render/prometheus/config/scrape-context.ts';
import { listDiscoveryReferences } from '../render/prometheus/discovery-choice.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { matchObjects } from './match.ts';
import type { MonitorCache } from './monitor-cache.ts';
import { choiceOf } from './selected-kinds.ts';

/** Where monitors come from. */
export type MonitorSources = { readonly [K in MonitorKind]: Lister<MonitorObjects[K]> } & {
  /** Namespaces that the operator watches, with their labels. */
  readonly namespaces: Lister<KubernetesObject>;
};

/** A monitor that is left out, and why. */
export interface RejectedMonitor {
  readonly kind: MonitorKind;
  readonly object: Monitor;
  readonly rejection: Rejection;
}

/** What a workload scrapes and what it leaves out. */
export interface MonitorSelection {
  readonly selected: Monitors;
  /** The jobs of what is selected, in the same order. */
  readonly fragments: Fragments;
  readonly rejected: readonly RejectedMonitor[];
}

/** The pair of selectors by which a workload chooses monitors of one kind; `field` and `namespaceField` are their names in spec. */
export interface MonitorSelectors {
  readonly field: string;
  readonly namespaceField: string;
  readonly selector: LabelSelector | undefined;
  readonly namespaceSelector: LabelSelector | undefined;
}

export function selectorsOf(kind: MonitorKind, { spec }: PrometheusWorkload): MonitorSelectors {
  const { selector: field, namespaceSelector: namespaceField } = scrapeKinds[kind];
  return { field, namespaceField, ...choiceOf(spec, kind) };
}

/**
 * The monitors that a workload's selectors choose, not checked yet (docs/reference/rendering.md 3.1).
 * @throws {InvalidFieldError} when one of the selectors is not valid.
 */
export function matchMonitors(workload: PrometheusWorkload, sources: MonitorSources): Monitors {
  return listMonitors((kind) => {
    const { field, namespaceField, selector, namespaceSelector } = selectorsOf(kind, workload);
    return matchObjects<Monitor>({
      objects: sources[kind],
      namespaces: sources.namespaces,
      ownNamespace: workload.owner.metadata.namespace ?? '',
      selector,
      namespaceSelector,
      fields: { selector: field, namespaceSelector: namespaceField },
    });
  });
}

/**
 * The keys that selecting and rendering will read: those of the workload's configuration and those of all matched
 * monitors, rejected ones included, so that a Secret that appears can mend them. Several may name one object.
 */
export function* collectAssetReferences(
  workload: PrometheusWorkload,
  matched: Monitors,
  cache: MonitorCache,
): Interruptible<FieldReference[]> {
  const found = [
    ...collectWorkloadReferences({ metadata: workload.owner.metadata, spec: workload.spec }),
    ...listDiscoveryReferences(workload),
  ];
  for (const kind of monitorKinds)
    for (const references of yield* cache.referencesOf(kind, matched[kind])) found.push(...references);
  return found;
}

export interface SelectInput {
  readonly context: ScrapeContext;
  readonly matched: Monitors;
  readonly assets: AssetStore;
  /** The workload's own. */
  readonly cache: MonitorCache;
}

/**
 * Which of the matched monitors can be scraped, with their jobs: those whose fields are right and whose jobs Prometheus would
 * take. One that cannot touches no other.
 * @throws {InvalidFieldError} when the workload's part of a job is what Prometheus would refuse.
 */
export function* selectMonitors({ context, matched, assets, cache }: SelectInput): Interruptible<MonitorSelection> {
  const rejected: RejectedMonitor[] = [];
  const selected = new Map<MonitorKind, readonly Monitor[]>();
  const fragments = new Map<MonitorKind, readonly Fragment[]>();
  const sync = cache.startSync(context, assets);
  for (const kind of monitorKinds) {
    const judged = yield* sync.judgeAll(kind, matched[kind]);
    selected.set(kind, judged.accepted);
    fragments.set(kind, judged.fragments);
    for (const one of judged.rejected) rejected.push({ kind, ...one });
  }
  return {
    selected: listMonitors((kind) => selected.get(kind) ?? []),
    fragments: makeFragments((kind) => fragments.get(kind) ?? []),
    rejected,
  };
}
