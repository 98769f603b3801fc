import type { ClaimChange, PlanSummary, PodVerb, ServiceChange, WorkloadPlan } from './plan-model.ts';

const verbs: readonly PodVerb[] = ['restart', 'recreate', 'stop', 'start', 'wait'];

/** What hits pods that run. */
const disruptive: ReadonlySet<PodVerb> = new Set(['restart', 'recreate', 'stop']);

/** The answer: how many workloads change, and what that does to pods. */
export function summarise(workloads: readonly WorkloadPlan[], services: readonly ServiceChange[]): PlanSummary {
  const pods = workloads.flatMap((one) => one.pods);
  const objects = workloads.flatMap((one) => one.objects);
  const count = (verb: PodVerb): number =>
    pods.reduce((sum, one) => sum + (one.verb === verb && one.pods !== 'each-node' ? one.pods : 0), 0);
  const ofAction = (...actions: readonly WorkloadPlan['action'][]): number =>
    workloads.filter(({ action }) => actions.includes(action)).length;
  const claims = workloads.flatMap((one) => one.claims);
  const countClaims = (wanted: ClaimChange['effect']): number =>
    claims.reduce((sum, one) => sum + (one.effect === wanted ? one.claims : 0), 0);
  return {
    changed: ofAction('create', 'change', 'delete'),
    unchanged: ofAction('none'),
    unknown: ofAction('unknown'),
    services: services.length,
    recreated: objects.filter(({ action }) => action === 'recreate').length,
    pods: {
      restart: count('restart'),
      recreate: count('recreate'),
      stop: count('stop'),
      start: count('start'),
      wait: count('wait'),
    },
    eachNode: verbs.filter((verb) => pods.some((one) => one.verb === verb && one.pods === 'each-node')),
    claimsDeleted: countClaims('delete'),
    claimsExpanded: countClaims('expand'),
    refused: workloads.flatMap((one) => one.refusals).length,
    isDisruptive: pods.some(({ verb, pods: many }) => disruptive.has(verb) && many !== 0),
  };
}
