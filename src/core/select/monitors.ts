import type { KubernetesObject, LabelSelector } from '../../api/meta.ts';
import { podMonitorSpec } from '../../api/pod-monitor.ts';
import type { PodMonitor } from '../../api/pod-monitor.ts';
import { probeSpec } from '../../api/probe.ts';
import type { Probe } from '../../api/probe.ts';
import { scrapeConfigSpec } from '../../api/scrape-config.ts';
import type { ScrapeConfig } from '../../api/scrape-config.ts';
import { serviceMonitorSpec } from '../../api/service-monitor.ts';
import type { ServiceMonitor } from '../../api/service-monitor.ts';
import { monitorKinds } from '../assets/plans.ts';
import type { MonitorKind } from '../assets/plans.ts';
import { collectWorkloadReferences } from '../assets/plans.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import type { Lister } from '../listers.ts';
import type { Rejection } from '../rejection.ts';
import type { RegexpCache } from '../relabel/regexp-cache.ts';
import { LoadCheck } from '../render/prometheus/config/load-check.ts';
import { renderFragment } from '../render/prometheus/config/monitor-fragment.ts';
import type { FragmentScope, FragmentVerdict } from '../render/prometheus/config/monitor-fragment.ts';
import type { PrometheusWorkload } from '../render/prometheus/workload.ts';
import { checkPodMonitor } from './check-pod-monitor.ts';
import { checkProbe } from './check-probe.ts';
import { checkScrapeConfig } from './check-scrape-config.ts';
import { checkServiceMonitor } from './check-service-monitor.ts';
import { checkRequired, checkShape } from './check-shape.ts';
import { InvalidFieldError, firstFinding } from './findings.ts';
import type { Findings } from './findings.ts';
import { matchObjects } from './match.ts';
import { describeContext, describeInputs } from './monitor-cache.ts';
import type { Monitor, MonitorCache, MonitorEntry } from './monitor-cache.ts';
import { scopeToMonitor } from './monitor-scope.ts';
import type { MonitorScope } from './monitor-scope.ts';
import { describeScraping } from './scrape-context.ts';
import type { ScrapeContext } from './scrape-context.ts';

/** Monitors by kind, each list in the order of "namespace/name". */
export interface Monitors {
  readonly ServiceMonitor: readonly ServiceMonitor[];
  readonly PodMonitor: readonly PodMonitor[];
  readonly Probe: readonly Probe[];
  readonly ScrapeConfig: readonly ScrapeConfig[];
}

/** Where monitors come from. */
export interface MonitorSources {
  readonly ServiceMonitor: Lister<ServiceMonitor>;
  readonly PodMonitor: Lister<PodMonitor>;
  readonly Probe: Lister<Probe>;
  readonly ScrapeConfig: Lister<ScrapeConfig>;
  /** Namespaces that the operator watches, with their labels. */
  readonly namespaces: Lister<KubernetesObject>;
}

/** A monitor that is left out, and why. */
export interface RejectedMonitor {
  readonly kind: MonitorKind;
  readonly object: Monitor;
  readonly rejection: Rejection;
}

/** What a workload scrapes and what it leaves out. */
export interface MonitorSelection {
  readonly selected: Monitors;
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
  const field = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}Selector` as const;
  const selectors = {
    ServiceMonitor: [spec.serviceMonitorSelector, spec.serviceMonitorNamespaceSelector],
    PodMonitor: [spec.podMonitorSelector, spec.podMonitorNamespaceSelector],
    Probe: [spec.probeSelector, spec.probeNamespaceSelector],
    ScrapeConfig: [spec.scrapeConfigSelector, spec.scrapeConfigNamespaceSelector],
  } as const;
  const [selector, namespaceSelector] = selectors[kind];
  return { field, namespaceField: field.replace(/Selector$/, 'NamespaceSelector'), selector, namespaceSelector };
}

/** One list for each kind, made by `list`. */
function forEachKind(list: (kind: MonitorKind) => readonly Monitor[]): Monitors {
  return Object.fromEntries(monitorKinds.map((kind) => [kind, list(kind)])) as unknown as Monitors;
}

/**
 * The monitors that a workload's selectors choose, not checked yet (docs/reference/rendering.md 3.1).
 * @throws {InvalidFieldError} when one of the selectors is not valid.
 */
export function matchMonitors(workload: PrometheusWorkload, sources: MonitorSources): Monitors {
  return forEachKind((kind) => {
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
export function collectAssetReferences(
  workload: PrometheusWorkload,
  matched: Monitors,
  cache: MonitorCache,
): FieldReference[] {
  const found = collectWorkloadReferences({ metadata: workload.owner.metadata, spec: workload.spec });
  for (const kind of monitorKinds)
    for (const object of matched[kind]) {
      const { references } = cache.entryOf(kind, object);
      if (references.length > 0) found.push(...references);
    }
  return found;
}

const schemas: Readonly<Record<MonitorKind, object>> = {
  ServiceMonitor: serviceMonitorSpec,
  PodMonitor: podMonitorSpec,
  Probe: probeSpec,
  ScrapeConfig: scrapeConfigSpec,
};

/**
 * Everything wrong with one monitor: a required field that is missing; else values of wrong types and what
 * docs/reference/rendering.md 3.3 to 3.6 list, in their order; else what Prometheus would refuse in its jobs.
 */
export function* checkMonitor(kind: MonitorKind, monitor: Monitor, scope: MonitorScope): Findings {
  let findings = 0;
  for (const stage of [checkWhole, checkFields, checkLoads]) {
    for (const finding of stage(kind, monitor, scope)) {
      findings += 1;
      yield finding;
    }
    if (findings > 0) return;
  }
}

function* checkWhole(kind: MonitorKind, monitor: Monitor): Findings {
  yield* checkRequired(schemas[kind], monitor.spec);
}

/** What Prometheus would refuse. The workload's part of the jobs is no fault of the monitor. */
function* checkLoads(kind: MonitorKind, object: Monitor, { context, assets, regexps }: MonitorScope): Findings {
  const check = new LoadCheck(context, regexps);
  try {
    const verdict = renderFragment(kind, { object, key: '' }, { context, assets, check });
    if ('rejection' in verdict) yield verdict.rejection;
  } catch (error) {
    if (!(error instanceof InvalidFieldError)) throw error;
  }
}

/**
 * The part of `checkMonitor` that looks at fields one by one, as the reference does: values of wrong types, and when there
 * are none, what their meaning forbids.
 */
function* checkFields(kind: MonitorKind, monitor: Monitor, scope: MonitorScope): Findings {
  let misfits = 0;
  for (const misfit of checkShape(schemas[kind], monitor.spec)) {
    misfits += 1;
    yield misfit;
  }
  if (misfits === 0) yield* checkSpec(kind, monitor, scope);
}

function checkSpec(kind: MonitorKind, monitor: Monitor, scope: MonitorScope): Findings {
  switch (kind) {
    case 'ServiceMonitor':
      return checkServiceMonitor(monitor as ServiceMonitor, scope);
    case 'PodMonitor':
      return checkPodMonitor(monitor as PodMonitor, scope);
    case 'Probe':
      return checkProbe(monitor, scope);
    case 'ScrapeConfig':
      return checkScrapeConfig(monitor, scope);
  }
}

export interface SelectInput {
  readonly workload: PrometheusWorkload;
  readonly matched: Monitors;
  readonly assets: AssetStore;
  readonly cache: MonitorCache;
}

interface JudgeScope extends FragmentScope {
  /** Of the context, for verdicts that are known. */
  readonly shared: string;
  readonly regexps: RegexpCache;
}

/** The verdict on one entry, from the cache while nothing has changed. */
function judge(kind: MonitorKind, entry: MonitorEntry, scope: JudgeScope): FragmentVerdict {
  const inputs = describeInputs(entry, scope.shared, scope.assets);
  if (entry.verdict?.inputs !== inputs) {
    const own = scopeToMonitor(entry.object, scope.context, scope);
    const rejection =
      firstFinding(checkWhole(kind, entry.object)) ?? firstFinding(checkFields(kind, entry.object, own));
    const value = rejection === undefined ? renderFragment(kind, entry, scope) : { rejection };
    entry.verdict = { inputs, value };
  }
  return entry.verdict.value;
}

/**
 * Which of the matched monitors can be scraped, and their jobs: those whose fields are right and whose jobs Prometheus would
 * take. One that cannot touches no other.
 * @throws {InvalidFieldError} when the workload's part of a job is what Prometheus would refuse.
 */
export function selectMonitors({ workload, matched, assets, cache }: SelectInput): MonitorSelection {
  const context: ScrapeContext = describeScraping(workload);
  const shared = describeContext(context, assets);
  const scope = { context, shared, assets, regexps: cache.regexps, check: cache.checkIn(context) };
  const rejected: RejectedMonitor[] = [];
  const entries: MonitorEntry[] = [];
  const selected = forEachKind((kind) =>
    matched[kind].filter((object) => {
      const entry = cache.entryOf(kind, object);
      entries.push(entry);
      const verdict = judge(kind, entry, scope);
      if ('fragment' in verdict) return true;
      rejected.push({ kind, object, rejection: verdict.rejection });
      return false;
    }),
  );
  cache.retain(entries);
  return { selected, rejected };
}
