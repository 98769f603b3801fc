import { formatDuration } from '../../../base/durations.ts';
import type { KubernetesObject } from '../../../api/meta.ts';
import type { WorkloadCondition } from '../../../api/parts/status.ts';
import { countLoaded, describeTroubles } from '../../loaded/observed-load.ts';
import type { ObservedLoad } from '../../loaded/observed-load.ts';
import { makeStep, skipUnasked } from '../case.ts';
import type { ExplainFacts } from '../facts.ts';
import type { ObjectName, SeenLoad, Step } from '../model.ts';
import { showObject } from '../model.ts';

/**
 * Whether the replicas have loaded all that was written for the workload, by what the operator has seen by itself; skipped where it
 * does not look.
 */
export function judgeSeenLoad({ loads }: Pick<ExplainFacts, 'loads'>, object: ObjectName): Step {
  const load = loads?.byWorkload.get(showObject(object));
  if (loads === undefined || load === undefined || load.replicas.length === 0) return skipUnasked('loaded', object);
  const [selected, total] = [countLoaded(load), load.replicas.length];
  const shared = {
    object,
    compared: `all that was written for ${showObject(object)}, by what its replicas have told the operator`,
    counts: { selected, total },
    load: listTimes(load),
  };
  const troubles = describeTroubles(load);
  const found = `${describeWrite(load, loads.now)}loaded by ${selected} of ${total}${troubles === '' ? '' : `; ${troubles}`}`;
  if (selected === total) return makeStep('loaded', 'pass', { reason: 'Loaded', ...shared, found });
  const isUnknown = load.replicas.every(({ state: { kind } }) => kind === 'unasked' || kind === 'barred');
  if (isUnknown) return makeStep('loaded', 'unknown', { reason: 'ReplicaUnreachable', ...shared, found });
  return makeStep('loaded', 'warn', { reason: 'OutdatedConfig', ...shared, found });
}

/** Ages in whole seconds. */
function describeWrite({ writtenAt }: ObservedLoad, now: number): string {
  if (writtenAt === undefined) return '';
  const seconds = Math.max(0, Math.round((now - Date.parse(writtenAt)) / 1000));
  return `written ${formatDuration(seconds * 1000)} ago, `;
}

const listTimes = ({ writtenAt, replicas }: ObservedLoad): SeenLoad => ({
  ...(writtenAt === undefined ? {} : { writtenAt }),
  replicas: replicas.map(({ name, state, since, loadedAt }) => ({
    ...{ name, state: state.kind, since },
    ...(loadedAt === undefined ? {} : { loadedAt }),
  })),
});

/** Beside what replicas say when they are asked now: what the operator tells in the status of the workload, unless all is well. */
export function addCondition(step: Step, workload: KubernetesObject): Step {
  const { status } = workload as { readonly status?: { readonly conditions?: readonly WorkloadCondition[] } };
  const told = status?.conditions?.find(({ type }) => type === 'Loaded');
  if (told === undefined || told.status === 'True') return step;
  const { message = '', lastTransitionTime: since } = told;
  return { ...step, found: `${step.found}; the operator says since ${since}: ${message}` };
}
