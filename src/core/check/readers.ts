import { apiVersionOf, keyOf } from '../../api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import { prometheusAgentType } from '../../api/prometheus-agent.ts';
import type { PrometheusAgent } from '../../api/prometheus-agent.ts';
import { prometheusSpec, prometheusType } from '../../api/prometheus.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import { thanosRulerType } from '../../api/thanos-ruler.ts';
import type { ThanosRuler } from '../../api/thanos-ruler.ts';
import { applyDefaults } from '../../api/validate.ts';
import { TerminalError } from '../../base/errors.ts';
import { AssetStore } from '../assets/store.ts';
import { monitorKinds } from '../assets/plans.ts';
import { requireComplete } from '../desired/steps.ts';
import { createPrometheusCaches, renderPrometheus } from '../desired/prometheus.ts';
import type { PrometheusSources } from '../desired/prometheus.ts';
import { readSources } from '../manifests/sources.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { checkWorkloadConfig } from '../render/prometheus/config/check-workload.ts';
import type { Warning } from '../render/prometheus/config/fragment.ts';
import { describePrometheusRules } from '../render/rules/context.ts';
import { asAgentWorkload, asServerWorkload } from '../render/prometheus/workload.ts';
import type { PrometheusWorkload } from '../render/prometheus/workload.ts';
import { InvalidFieldError } from '../findings.ts';
import { matchMonitors } from '../select/monitors.ts';
import { matchRules } from '../select/rules.ts';
import { describeScraping } from '../render/prometheus/config/scrape-context.ts';
import type { OperatorSettings } from '../settings.ts';
import type { Finding } from './finding.ts';
import { toFinding } from './finding.ts';
import { identify } from './identity.ts';
import type { Reader } from './reader.ts';
import { createThanosReader } from './thanos-reader.ts';

/** What comes of rendering a workload. */
interface Trial {
  readonly findings: readonly Finding[];
  readonly warnings: readonly Warning[];
}

/** Everything that a set of manifests says of what is around one object. */
export interface World {
  readonly readers: readonly Reader[];
  /** What an object that nobody selects is checked against: a Prometheus with nothing set. */
  readonly fallback: Reader;
  readonly assets: AssetStore;
  readonly regexps: RegexpCache;
  /** What is wrong with the workloads themselves, by identity. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

const nothing: Trial = { findings: [], warnings: [] };

/** @param manifests that are right in structure, completed; only they can be read. */
export function readWorld(manifests: readonly KubernetesObject[], settings: OperatorSettings): World {
  const { sources, assets } = readSources(manifests);
  const tools = { assets: new AssetStore(assets), regexps: new RegexpCache() };
  const readers: Reader[] = [];
  const findings = new Map<string, readonly Finding[]>();
  for (const object of manifests) {
    const read = workloadReader(object, settings);
    if (read === undefined) continue;
    const found = findFailure(() => {
      const { reader, workload } = read(sources);
      const trial = workload === undefined ? nothing : checkWorkload(workload, sources, tools);
      const warnings = groupWarnings(trial.warnings);
      readers.push({ ...reader, warnings });
      return [...trial.findings, ...(warnings.get('') ?? [])];
    });
    findings.set(identify(object.kind ?? '', object), found);
  }
  const plain: Prometheus = { metadata: {}, spec: applyDefaults(prometheusSpec, {}) };
  const fallback = describeReader(asServerWorkload(plain, settings), undefined, []);
  return { readers, fallback, ...tools, findings };
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
  const { sources } = readSources(manifests);
  return workloads.flatMap((object) => {
    try {
      const read = workloadReader(object, settings);
      return read === undefined ? [] : [read(sources).reader];
    } catch (error) {
      if (error instanceof TerminalError) return [];
      throw error;
    }
  });
}

type Read = (sources: PrometheusSources) => { readonly reader: Reader; readonly workload?: PrometheusWorkload };

/** How an object reads others; undefined for what is no workload. Throws TerminalError when it cannot. */
function workloadReader(object: KubernetesObject, settings: OperatorSettings): Read | undefined {
  const read = (workload: PrometheusWorkload, sources: PrometheusSources): ReturnType<Read> => ({
    reader: createReader(workload, sources, object),
    workload,
  });
  if (isType(object, prometheusType)) {
    return (sources) => read(asServerWorkload(object as Prometheus, settings), sources);
  }
  if (isType(object, prometheusAgentType)) {
    return (sources) => read(asAgentWorkload(object as PrometheusAgent, settings), sources);
  }
  if (isType(object, thanosRulerType))
    return (sources) => ({ reader: createThanosReader(object as ThanosRuler, sources) });
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
  return { name, context: describeScraping(workload), rules, selected: new Set(selected), warnings: new Map() };
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
  const found = [...checkWorkloadConfig(workload, scope)];
  if (found.length > 0) return { findings: found.map(toFinding), warnings: [] };
  let warnings: readonly Warning[] = [];
  const findings = findFailure(() => {
    const monitors = matchMonitors(workload, { ...sources });
    const caches = createPrometheusCaches();
    const match = { workload, monitors, rules: [], references: [] };
    ({ warnings } = requireComplete(renderPrometheus(match, tools.assets, caches)));
    return [];
  });
  return { findings, warnings };
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

/** @throws what is no verdict on an object. */
function explainFailure(error: unknown): Finding {
  if (error instanceof InvalidFieldError) return toFinding(error.rejection);
  if (!(error instanceof TerminalError)) throw error;
  return { severity: 'error', reason: 'InvalidWorkload', path: 'spec', part: 'name', message: error.message };
}
