import type { Interruptible } from '../../base/interruptible.ts';
import { TerminalError, describeError } from '../../base/errors.ts';
import { InvalidFieldError } from '../findings.ts';
import type { AssetStore } from '../assets/store.ts';
import type { ExplainFacts } from '../explain/facts.ts';
import { explainInvalid } from '../explain/invalid-workload.ts';
import { judgeSeenLoad } from '../explain/links/seen-load.ts';
import { judgeWorkload } from '../explain/links/operator.ts';
import type { ObjectName, Step } from '../explain/model.ts';
import { showObject } from '../explain/model.ts';
import { cutSources } from '../explain/operator-scope.ts';
import type { WorkloadProblem } from '../explain/workload-problem.ts';
import type { WorkloadView } from '../explain/workload-view.ts';
import type { WorkloadObject } from '../kinds/kind.ts';
import { workloadKinds } from '../kinds/registry.ts';
import { matchWorkloads, renderMatched } from '../kinds/render.ts';
import type { MatchedWorkload } from '../kinds/render.ts';
import { codeOf } from '../reasons/lookup.ts';
import { listConditions } from './condition-rows.ts';
import type { ConfigurationState, ConditionRow, ReplicaCounts, WorkloadRow } from './overview.ts';
import { compareNames, rankState } from './order.ts';

/** One workload, with why it cannot be rendered, if so. */
export interface OpenedWorkload {
  readonly name: ObjectName;
  readonly object: WorkloadObject;
  readonly findProblem: () => WorkloadProblem | undefined;
  /** How many objects it uses. */
  readonly countUsed: () => number;
}

/** The workloads that scrape nothing; what they refer to is asked for. */
export function openOthers(facts: ExplainFacts): OpenedWorkload[] {
  const others = workloadKinds.filter(({ selects }) => !selects.includes('ServiceMonitor'));
  const instancesOf: ExplainFacts['instancesOf'] = ({ type }) =>
    others.some((kind) => kind.type === type) ? facts.instancesOf({ type }) : [];
  return matchWorkloads({ instancesOf, sources: cutSources(facts) }, facts.settings).map((matched) => {
    const references = matched.match instanceof TerminalError ? [] : matched.match.references;
    return openOther(matched, facts.readAssets(references));
  });
}

function openOther(matched: MatchedWorkload, assets: AssetStore): OpenedWorkload {
  const { kind, instance } = matched;
  const { desired, failures } = renderMatched(matched, assets);
  const [failure] = failures;
  const verdicts = Object.values(desired?.verdicts ?? {});
  return {
    name: nameOf(kind.type.kind, instance),
    object: instance,
    findProblem: () => (failure === undefined ? undefined : describeFailure(failure)),
    countUsed: () => verdicts.reduce((sum, { accepted }) => sum + accepted.length, 0),
  };
}

const nameOf = (kind: string, { metadata: { namespace = '', name = '' } }: WorkloadObject): ObjectName => ({
  ...{ kind, namespace, name },
});

const describeFailure = (failure: TerminalError): WorkloadProblem =>
  failure instanceof InvalidFieldError
    ? { field: failure.rejection.field, message: failure.rejection.message }
    : { field: '', message: describeError(failure) };

/** One that scrapes. */
export const openScraping = (view: WorkloadView): OpenedWorkload => ({
  name: view.name,
  object: view.object,
  findProblem: view.findProblem,
  countUsed: () => Object.values(view.listSelected()).reduce((sum, { length }) => sum + length, 0),
});

/** A row for each workload, the worst first. */
export function* listWorkloadRows(
  facts: ExplainFacts,
  workloads: readonly OpenedWorkload[],
): Interruptible<WorkloadRow[]> {
  const rows: WorkloadRow[] = [];
  for (const one of workloads) {
    rows.push(makeRow(one, facts));
    yield;
  }
  return rows.sort((a, b) => rankState(a.state) - rankState(b.state) || compareNames(a.object, b.object));
}

function makeRow(one: OpenedWorkload, facts: ExplainFacts): WorkloadRow {
  const { name, object } = one;
  const conditions = listConditions(object.status?.conditions);
  const problem = one.findProblem();
  const configuration = describeConfiguration(name, facts);
  const { shards } = countWanted(name, object);
  return {
    ...judge(one, { facts, conditions, problem }),
    object: name,
    replicas: countReplicas(name, object),
    ...(shards === undefined ? {} : { shards }),
    ...(object.spec.version === undefined ? {} : { version: object.spec.version }),
    paused: object.spec.paused === true,
    configuration,
    ...findLastChange(conditions, configuration),
    conditions,
    waits: conditions.filter(({ type }) => type === 'ChangePending'),
    uses: problem === undefined ? one.countUsed() : 0,
    command: writeCommand(name),
  };
}

interface Judged {
  readonly facts: ExplainFacts;
  readonly conditions: readonly ConditionRow[];
  readonly problem: WorkloadProblem | undefined;
}

type Verdict = Pick<WorkloadRow, 'state' | 'reason' | 'code' | 'summary'>;

/** That the operator passes it over comes first, then that it cannot be rendered, then what its status tells. */
function judge({ name, object }: OpenedWorkload, { facts, conditions, problem }: Judged): Verdict {
  const watched = judgeWorkload({ facts, view: { name, object } });
  if (watched.verdict === 'fail') return tellStep('warning', watched);
  if (problem !== undefined) return tellStep('failed', explainInvalid('valid', name, problem));
  const [worst] = [...conditions].sort((a, b) => rankState(a.state) - rankState(b.state));
  if (worst === undefined) return { ...tellNothing(facts, name), reason: '', code: '' };
  const { state, reason, code, type, message } = worst;
  if (state === 'ok') return { state, reason: '', code: '', summary: `${showObject(name)} is as it should be.` };
  return { state, reason, code, summary: `${type}: ${message}` };
}

const tellStep = (state: WorkloadRow['state'], { reason, compared, found }: Step): Verdict => ({
  ...{ state, reason, code: codeOf(reason), summary: `${compared}; ${found}` },
});

/** Manifests have no status; an object of a cluster without one was not looked at yet. */
const tellNothing = ({ isOffline }: ExplainFacts, name: ObjectName): Pick<Verdict, 'state' | 'summary'> =>
  isOffline
    ? { state: 'ok', summary: `${showObject(name)} can be rendered.` }
    : { state: 'unknown', summary: `${showObject(name)} has no status: no operator has looked at it yet.` };

const countWanted = (name: ObjectName, { spec }: WorkloadObject): { replicas: number; shards?: number } =>
  workloadKinds.find(({ type }) => type.kind === name.kind)?.countSpec(spec) ?? { replicas: 0 };

function countReplicas(name: ObjectName, object: WorkloadObject): ReplicaCounts {
  const { replicas, shards = 1 } = countWanted(name, object);
  const { availableReplicas: ready, updatedReplicas: updated } = object.status ?? {};
  return {
    wanted: replicas * shards,
    ...(ready === undefined ? {} : { ready }),
    ...(updated === undefined ? {} : { updated }),
  };
}

function describeConfiguration(name: ObjectName, facts: ExplainFacts): ConfigurationState {
  const { counts, load } = judgeSeenLoad(facts, name);
  return {
    ...(load?.writtenAt === undefined ? {} : { writtenAt: load.writtenAt }),
    ...(counts === undefined ? {} : { loaded: counts }),
    ...(load === undefined ? {} : { seen: load }),
  };
}

function findLastChange(
  conditions: readonly ConditionRow[],
  { writtenAt }: ConfigurationState,
): { readonly lastChange?: string } {
  const times = [...conditions.map(({ since }) => since), ...(writtenAt === undefined ? [] : [writtenAt])];
  const last = times.sort((a, b) => Date.parse(b) - Date.parse(a))[0];
  return last === undefined ? {} : { lastChange: last };
}

/** What says more: of an Alertmanager the chain, of others the targets or the object. */
function writeCommand({ kind, namespace, name }: ObjectName): string {
  if (kind === 'Alertmanager') return `stoker explain alertmanager ${namespace}/${name}`;
  if (kind === 'Prometheus') return `stoker targets --prometheus ${namespace}/${name}`;
  if (kind === 'PrometheusAgent') return `stoker targets --prometheus prometheusagent/${namespace}/${name}`;
  return `kubectl describe ${kind.toLowerCase()} ${name} -n ${namespace}`;
}
