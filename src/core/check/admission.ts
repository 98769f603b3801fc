import { listSome } from '../../base/list-some.ts';
import { alertmanagerConfigType } from '../../api/alertmanager-config.ts';
import { alertmanagerType } from '../../api/alertmanager.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { prometheusAgentType } from '../../api/prometheus-agent.ts';
import { prometheusRuleType } from '../../api/prometheus-rule.ts';
import { prometheusType } from '../../api/prometheus.ts';
import { thanosRulerType } from '../../api/thanos-ruler.ts';
import type { MonitorKind } from '../monitor.ts';
import { monitorKinds } from '../monitor.ts';
import { completeManifest } from '../manifests/sources.ts';
import type { RuleContext } from '../render/rules/rule-context.ts';
import type { OperatorSettings } from '../settings.ts';
import type { Finding } from './finding.ts';
import { identify } from './identity.ts';
import { checkMeaning } from './meaning.ts';
import type { World } from './readers.ts';
import type { Reader } from './reader.ts';
import { listReaders, readWorld } from './readers.ts';
import { checkStructure, nameType } from './structure.ts';
import type { StructureTools } from './structure.ts';

/** What is there in the cluster, as far as it matters to one object. */
export interface ClusterView {
  /** Prometheus, PrometheusAgent, ThanosRuler and Alertmanager objects, with apiVersion and kind. */
  listWorkloads(): readonly KubernetesObject[];
  /** Whether all objects of a kind of workload are known. */
  knows(kind: string): boolean;
  /** A namespace with its labels; undefined while it is not known. */
  findNamespace(name: string): KubernetesObject | undefined;
}

export interface AdmissionTools extends StructureTools {
  readonly settings: OperatorSettings;
  /** How rules are judged that no workload is known to read; as the newest Prometheus does when undefined. */
  readonly rules: RuleContext | undefined;
  /** Undefined without a connection to a cluster: each object is judged for itself then. */
  readonly view: ClusterView | undefined;
}

/**
 * What is to be said of an object that somebody is about to create or change: an `error` refuses it. Nothing is an error
 * that the operator would take: what only some of several readers refuse is a warning, and so is a field that the API
 * server drops. Metadata is the API server's own.
 */
export function examineObject(object: KubernetesObject, tools: AdmissionTools): Finding[] {
  const type = nameType(object);
  if (type === undefined || !tools.validator.knows(type)) return [];
  const structure = checkStructure(object, tools)
    .filter(({ path }) => !/^metadata\b/.test(path))
    .map((finding) => (finding.reason === 'UnknownField' ? toWarning(finding) : finding));
  if (structure.some(({ severity }) => severity === 'error')) return structure;
  const complete = completeManifest(object);
  const readers = listClusterReaders(complete, tools);
  const found = checkMeaning(complete, createWorld(complete, readers ?? [], tools));
  return [
    ...structure,
    ...found.map((finding) => (finding.readers === undefined ? finding : toWarning(finding))),
    ...explainUnselected(complete, readers, tools.view),
  ];
}

const toWarning = (finding: Finding): Finding => ({ ...finding, severity: 'warning' });

function createWorld(object: KubernetesObject, readers: readonly Reader[], tools: AdmissionTools): World {
  const world = readWorld([object], { settings: tools.settings });
  const fallback = tools.rules === undefined ? world.fallback : { ...world.fallback, rules: tools.rules };
  return { ...world, readers, fallback };
}

/** Undefined when it is not known who reads the object. */
function listClusterReaders(object: KubernetesObject, { view, settings }: AdmissionTools): Reader[] | undefined {
  const namespace = view?.findNamespace(object.metadata.namespace ?? '');
  if (view === undefined || namespace === undefined) return undefined;
  return listReaders(view.listWorkloads(), [object, namespace], settings);
}

function explainUnselected(
  object: KubernetesObject,
  readers: readonly Reader[] | undefined,
  view: ClusterView | undefined,
): Finding[] {
  const { kind = '' } = object;
  const known = readingKinds(kind);
  if (readers === undefined || known.length === 0 || !known.every((one) => view?.knows(one))) return [];
  return warnUnselected(nameReaders(object, readers.filter(canRead(kind))), joinWords(known));
}

/** Kinds of workloads that may select objects of a kind; none when it is no matter. */
function readingKinds(kind: string): readonly string[] {
  if (kind === alertmanagerConfigType.kind) return [alertmanagerType.kind];
  if (kind === prometheusRuleType.kind) return [prometheusType.kind, thanosRulerType.kind];
  return isMonitorKind(kind) ? [prometheusType.kind, prometheusAgentType.kind] : [];
}

const canRead =
  (kind: string) =>
  ({ context, rules, configs }: Reader): boolean => {
    if (kind === alertmanagerConfigType.kind) return configs !== undefined;
    return (kind === prometheusRuleType.kind ? rules : context) !== undefined;
  };

const joinWords = (words: readonly string[]): string => words.join(' or ');

const isMonitorKind = (kind: string): kind is MonitorKind => monitorKinds.some((one) => one === kind);

/** Who could read an object, and whether it does. */
interface Candidate {
  readonly name: string;
  readonly selects: boolean;
}

function nameReaders(object: KubernetesObject, readers: readonly Reader[]): Candidate[] {
  const identity = identify(object.kind ?? '', object);
  return readers.map(({ name = '', selected }) => ({ name, selects: selected.has(identity) }));
}

function warnUnselected(candidates: readonly Candidate[], what: string): Finding[] {
  if (candidates.some(({ selects }) => selects)) return [];
  const names = candidates.map(({ name }) => name);
  const shown = listSome(names);
  const message =
    names.length === 0
      ? `Not read by anybody: there is no ${what}`
      : `Not selected by any ${what}: compare its labels and its namespace with the selectors of ${shown}`;
  return [{ severity: 'warning', reason: 'NotSelected', path: 'metadata', part: 'value', message }];
}
