import { findDecisive } from '../explain/chain.ts';
import type { Explanation, ExplanationVerdict, ObjectName } from '../explain/model.ts';
import { showName } from '../explain/model.ts';
import { codeOf } from '../reasons/lookup.ts';
import type { ExplainedRow, RowState } from './overview.ts';

const states: Readonly<Record<ExplanationVerdict, RowState>> = {
  ...{ Scraped: 'ok', PartlyScraped: 'failed', NotScraped: 'failed' },
  ...{ Used: 'ok', NotUsed: 'failed', Notified: 'ok', NotNotified: 'failed' },
  ...{ Healthy: 'ok', NotHealthy: 'failed', Unknown: 'unknown' },
};

/** Whether the command line must name the workload to say the same. */
export type Naming = 'named' | 'alone';

/** An explanation in a line. Its first chain is the one that it is about. */
export function makeRow(explanation: Omit<Explanation, 'notes'>, naming: Naming): ExplainedRow {
  const { subject, verdict, reason, cause, summary, object: decisive, at, fixes, chains } = explanation;
  const [primary] = chains;
  const step = primary && findDecisive(primary);
  const workload = primary?.workload ?? { kind: 'Prometheus', namespace: '', name: '' };
  const state = states[verdict];
  return {
    state: state === 'ok' && step !== undefined ? 'warning' : state,
    object: { kind: subject.kind, namespace: subject.namespace, name: subject.name },
    workload,
    link: step?.link ?? '',
    reason,
    code: codeOf(reason),
    ...(cause === undefined ? {} : { cause, causeCode: codeOf(cause) }),
    summary,
    decisive,
    at,
    fix: fixes[0]?.text ?? '',
    command: writeCommand(subject, naming === 'named' ? workload : undefined),
  };
}

/** The command line that explains an object, for the cluster of the context. */
export function writeCommand(object: ObjectName, workload?: ObjectName): string {
  const about = `stoker explain ${object.kind.toLowerCase()} ${showName(object)}`;
  return workload === undefined ? about : `${about} --prometheus ${showName(workload)}`;
}
