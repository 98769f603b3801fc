import { alertmanagerType } from '../../api/alertmanager.ts';
import type { Alertmanager } from '../../api/alertmanager.ts';
import { apiVersionOf, keyOf } from '../../api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import { prometheusAgentType } from '../../api/prometheus-agent.ts';
import type { PrometheusAgent } from '../../api/prometheus-agent.ts';
import { prometheusSpec, prometheusType } from '../../api/prometheus.ts';
import { once } from '../../base/once.ts';
import { complete } from '../../base/interruptible.ts';
import { listFindings } from '../findings.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import { thanosRulerType } from '../../api/thanos-ruler.ts';
import type { ThanosRuler } from '../../api/thanos-ruler.ts';
import { applyDefaults } from '../../api/validate.ts';
import { TerminalError } from '../../base/errors.ts';
import { AssetStore } from '../assets/store.ts';
import { monitorKinds } from '../monitor.ts';
import { requireComplete } from '../desired/steps.ts';
import { createPrometheusCaches, renderPrometheus } from '../desired/desired-prometheus.ts';
import type { DesiredPrometheus, PrometheusSources } from '../desired/desired-prometheus.ts';
import type { WorkloadSources } from '../kinds/kind.ts';
import { readSources } from '../manifests/sources.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { checkWorkloadConfig } from '../render/prometheus/config/check-workload.ts';
import type { Warning } from '../render/prometheus/config/fragment.ts';
import { describePrometheusRules } from '../render/rules/rule-context.ts';
import { asAgentWorkload, asServerWorkload } from '../render/prometheus/prometheus-workload.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { matchMonitors } from '../select/monitors.ts';
import { matchRules } from '../select/rules.ts';
import { describeScraping } from '../render/prometheus/config/scrape-context.ts';
import type { OperatorSettings } from '../settings.ts';
import { anyAlertmanager, readAlertmanager } from './alertmanager-reader.ts';
import { explainFailure } from './failure.ts';
import type { ClusterObjects } from '../targets/offline.ts';
import type { Finding } from './finding.ts';
import { toFinding } from './finding.ts';
import { identify } from './identity.ts';
import { warnOfRoom } from './room.ts';
import type { Reader, Trial } from './reader.ts';
import { openSeries } from './series-reader.ts';
import { readThanosRuler } from './thanos-reader.ts';

/** Everything that a set of manifests says of what is around one object. */
export interface World {
  readonly readers: readonly Reader[];
  /** What an object that nobody selects is checked against: a Prometheus and an Alertmanager with nothing set. */
  readonly fallback: Reader;
  readonly assets: AssetStore;
  readonly regexps: RegexpCache;
  /** What is wrong with the workloads themselves, by identity. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

/** What a cluster would hold that targets are discovered from. */
export type Discover = (manifests: readonly KubernetesObject[]) => ClusterObjects;

export interface WorldTools {
  readonly settings: OperatorSettings;
  readonly discover?: Discover | undefined;
}

/** @param manifests that are right in structure, completed; only they can be read. */
export function readWorld(manifests: readonly KubernetesObject[], { settings, discover }: WorldTools): World {
  const { sources, assets } = readSources(manifests);
  const tools = { assets: new AssetStore(assets), regexps: new RegexpCache() };
  const world = discover && { sources, openCluster: once(() => discover(manifests)) };
  const readers: Reader[] = [];
  const findings = new Map<string, readonly Finding[]>();
  for (const object of manifests) {
    const read = workloadReader(object);
    if (read === undefined) continue;
    const found = findFailure(() => {
      const { reader, trial } = read(sources, { ...tools, settings });
      const warnings = groupWarnings(trial.warnings);
      readers.push({ ...reader, warnings, openSeries: openOnce(trial, world) });
      return [...trial.findings, ...(warnings.get('') ?? [])];
    });
    findings.set(identify(object.kind ?? '', object), found);
  }
  const plain: Prometheus = { metadata: {}, spec: applyDefaults(prometheusSpec, {}) };
  const prometheus = describeReader(asServerWorkload(plain, settings), undefined, []);
  const fallback = { ...prometheus, configs: anyAlertmanager };
  return { readers, fallback, ...tools, findings };
}

interface LazyWorld {
  readonly sources: WorkloadSources;
  readonly openCluster: () => ClusterObjects;
}

/** Few manifests hold rules and what they are judged by: nothing is worked out before it is asked for. */
function openOnce({ desired }: Trial, world: LazyWorld | undefined): Reader['openSeries'] {
  if (desired === undefined || world === undefined) return undefined;
  return once(() => openSeries(desired, { sources: world.sources, cluster: world.openCluster() }));
}

/**
 * The workloads as readers of these manifests. One that cannot be read itself reads nothing.
 * @param manifests that may be read, with the namespaces and their labels.
 */
export function listReaders(
  workloads: readonly KubernetesObject[],
  manifests: readonly KubernetesObject[],
  settings: OperatorSettings,
): Reader[] {
  const { sources, assets } = readSources(manifests);
  const tools = { assets: new AssetStore(assets), regexps: new RegexpCache(), settings };
  return workloads.flatMap((object) => {
    try {
      const read = workloadReader(object);
      return read === undefined ? [] : [read(sources, tools).reader];
    } catch (error) {
      if (error instanceof TerminalError) return [];
      throw error;
    }
  });
}

interface ReadTools extends Pick<World, 'assets' | 'regexps'> {
  readonly settings: OperatorSettings;
}

type Read = (sources: WorkloadSources, tools: ReadTools) => { readonly reader: Reader; readonly trial: Trial };

/** How an object reads others; undefined for what is no workload. Throws TerminalError when it cannot. */
function workloadReader(object: KubernetesObject): Read | undefined {
  const read = (workload: PrometheusWorkload, ...[sources, tools]: Parameters<Read>): ReturnType<Read> => ({
    reader: createReader(workload, sources, object),
    trial: checkWorkload(workload, sources, tools),
  });
  if (isType(object, prometheusType))
    return (sources, tools) => read(asServerWorkload(object as Prometheus, tools.settings), sources, tools);
  if (isType(object, prometheusAgentType))
    return (sources, tools) => read(asAgentWorkload(object as PrometheusAgent, tools.settings), sources, tools);
  if (isType(object, thanosRulerType))
    return (sources, tools) => readThanosRuler(object as ThanosRuler, sources, tools);
  if (isType(object, alertmanagerType))
    return (sources, tools) => readAlertmanager(object as Alertmanager, sources, tools);
  return undefined;
}

const isType = ({ kind, apiVersion }: KubernetesObject, type: ResourceType): boolean =>
  kind === type.kind && apiVersion === apiVersionOf(type);

/** @throws {TerminalError} when a selector cannot be used. */
function createReader(workload: PrometheusWorkload, sources: PrometheusSources, object: KubernetesObject): Reader {
  const monitors = matchMonitors(workload, sources);
  const rules =
    workload.server === undefined
      ? []
      : matchRules(workload.server, sources, workload.owner.metadata.namespace ?? 'default');
  const selected = [
    ...monitorKinds.flatMap((kind) => monitors[kind].map((monitor) => identify(kind, monitor))),
    ...rules.map((rule) => identify('PrometheusRule', rule)),
  ];
  return describeReader(workload, `${object.kind ?? ''} ${keyOf(object)}`, selected);
}

function describeReader(workload: PrometheusWorkload, name: string | undefined, selected: readonly string[]): Reader {
  const { server, version } = workload;
  const rules = server === undefined ? undefined : describePrometheusRules(server, version);
  return {
    name,
    context: describeScraping(workload),
    rules,
    configs: undefined,
    selected: new Set(selected),
    warnings: new Map(),
  };
}

/**
 * What keeps a workload from getting a configuration, besides the objects that it selects; and, when nothing does, what
 * rendering leaves out of it.
 */
function checkWorkload(
  workload: PrometheusWorkload,
  sources: PrometheusSources,
  tools: Pick<World, 'assets' | 'regexps'>,
): Trial {
  const scope = { ...tools, version: workload.version, namespace: workload.owner.metadata.namespace ?? 'default' };
  const found = listFindings(checkWorkloadConfig(workload, scope));
  if (found.length > 0) return { findings: found.map(toFinding), warnings: [] };
  let desired: DesiredPrometheus | undefined;
  const findings = findFailure(() => {
    const monitors = matchMonitors(workload, { ...sources });
    const caches = createPrometheusCaches();
    const match = { workload, monitors, rules: [], references: [] };
    desired = requireComplete(complete(renderPrometheus(match, tools.assets, caches)));
    return warnOfRoom(desired);
  });
  return { findings, warnings: desired?.warnings ?? [], desired };
}

/** Warnings by the object that they are about: "" is the workload itself. */
function groupWarnings(warnings: readonly Warning[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Map<string, Finding>>();
  for (const { object, message } of warnings) {
    const group = groups.get(object) ?? new Map<string, Finding>();
    group.set(message, { severity: 'warning', reason: 'FieldLeftOut', path: 'spec', part: 'name', message });
    groups.set(object, group);
  }
  return new Map([...groups].map(([object, group]) => [object, [...group.values()]]));
}

/** What is found, or what is thrown. */
function findFailure(act: () => Finding[]): Finding[] {
  try {
    return act();
  } catch (error) {
    return [explainFailure(error)];
  }
}
