import type { ClaimChange, ObjectChange, Plan, PlanSummary, PodChange, PodVerb, WorkloadPlan } from './plan-model.ts';

/** "1 pod", "3 pods". */
const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

/** The verb for one, and for several. */
const verbs: Readonly<Record<PodVerb, readonly [one: string, several: string]>> = {
  restart: ['restarts', 'restart'],
  recreate: ['is replaced', 'are replaced'],
  stop: ['stops', 'stop'],
  start: ['starts', 'start'],
  wait: ['stays as it is until deleted (OnDelete)', 'stay as they are until deleted (OnDelete)'],
};

const order = Object.keys(verbs) as PodVerb[];

const inflect = (verb: PodVerb, number: number): string => verbs[verb][number === 1 ? 0 : 1];

/** The answer in one sentence or a few. */
export function describePlan({ summary, refused = [], unread = [] }: Plan): string {
  const manifests = `${count(refused.length, 'manifest')} ${refused.length === 1 ? 'is' : 'are'} refused. `;
  const isWhole = refused.length + unread.length === 0;
  const isQuiet = summary.changed + summary.services + summary.unknown === 0;
  const rest = isQuiet && !isWhole ? 'Nothing that is known changes.' : describeSummary(summary);
  return `${refused.length === 0 ? '' : manifests}${unread.length === 0 ? '' : 'Not all could be read. '}${rest}`;
}

function describeSummary(summary: PlanSummary): string {
  const { changed, unchanged, unknown, services } = summary;
  if (unknown > 0) {
    const isMore = changed + services > 0;
    const rest = isMore ? describeSummary({ ...summary, unknown: 0 }) : describeKnown(summary);
    return `Of ${count(unknown, 'workload')} not all is known, or not all comes about. ${rest}`;
  }
  if (changed > 0)
    return `${count(changed, 'workload')} ${changed === 1 ? 'changes' : 'change'}: ${listEffects(summary).join(', ')}.`;
  if (services > 0) return `${count(services, 'Service')} ${services === 1 ? 'changes' : 'change'}, no workload.`;
  if (unchanged === 0) return 'Nothing changes.';
  return `Nothing changes: ${count(unchanged, 'workload')} ${unchanged === 1 ? 'is as it was' : 'are as they were'}.`;
}

const noRestart = 'no pod restarts';

/** What happens to workloads of which not all is known. */
function describeKnown(summary: PlanSummary): string {
  const effects = listEffects(summary).filter((effect) => effect !== noRestart);
  return effects.length === 0 ? 'Nothing else changes.' : `What is known: ${effects.join(', ')}.`;
}

function listEffects({ pods, eachNode, recreated, claimsDeleted, claimsExpanded, refused }: PlanSummary): string[] {
  const sets =
    recreated === 0 ? [] : [`${count(recreated, 'set')} ${recreated === 1 ? 'is' : 'are'} deleted and made anew`];
  const numbers = order
    .filter((verb) => pods[verb] > 0)
    .map((verb) => `${count(pods[verb], 'pod')} ${inflect(verb, pods[verb])}`);
  const nodes = eachNode.map((verb) => `the pod of each node ${inflect(verb, 1)}`);
  const tell = (number: number, word: string, what: string): string[] =>
    number === 0 ? [] : [`${count(number, word)} ${number === 1 ? 'is' : 'are'} ${what}`];
  const hit = [...numbers, ...nodes, ...sets];
  return [
    ...(hit.length === 0 && claimsDeleted === 0 ? [noRestart] : hit),
    ...tell(claimsDeleted, 'volume claim', 'deleted'),
    ...tell(claimsExpanded, 'volume claim', 'expanded'),
    ...tell(refused, 'volume size', 'refused'),
  ];
}

const how: Readonly<Partial<Record<PodVerb, string>>> = { restart: ' (rolling update)', recreate: ', all at once' };

/** One line for each thing that happens to pods of the workload, or that nothing does. */
export function describePods({ pods, objects, action }: WorkloadPlan): string[] {
  const lines = order.flatMap((verb) =>
    describeVerb(
      verb,
      pods.filter((one) => one.verb === verb),
    ),
  );
  if (lines.length > 0) return lines;
  if (action !== 'change' && action !== 'unknown') return ['none'];
  const isTaken = (by: ObjectChange['takenBy']): boolean => objects.some(({ takenBy }) => takenBy === by);
  if (isTaken('reload')) return ['read their configuration again; none restarts'];
  return [
    isTaken('next-start')
      ? 'nothing happens to them: they see the change when they start anew'
      : 'nothing happens to them',
  ];
}

function describeVerb(verb: PodVerb, changes: readonly PodChange[]): string[] {
  const [first] = changes;
  if (first === undefined) return [];
  const where = changes.length === 1 ? `of ${first.set}` : `of ${changes.length} sets`;
  const suffix = how[verb] ?? '';
  if (first.pods === 'each-node')
    return [`the pod ${where} on each node ${inflect(verb, 1)}${verb === 'restart' ? suffix : ''}`];
  const total = changes.reduce((sum, { pods }) => sum + (pods === 'each-node' ? 0 : pods), 0);
  const behind = changes.length > 1 && verb === 'restart' ? ' (rolling updates)' : suffix;
  return [`${count(total, 'pod')} ${where} ${inflect(verb, total)}${behind}`];
}

const fates: Readonly<Record<ClaimChange['effect'], string>> = {
  delete: 'deleted, with what is in them',
  keep: 'kept, though no pod uses them any more',
  stay: 'used again as they are: what is new in the template (a class) does not reach them',
  expand: 'expanded one after the other, where their StorageClass allows it; no pod is touched for it',
  unused: 'kept, though the pods come back without them',
};

/** One line for each thing that becomes of the volume claims of a workload. */
export function describeClaims(claims: readonly ClaimChange[]): string[] {
  const effects = [...new Set(claims.map(({ effect }) => effect))];
  return effects.map((effect) => {
    const same = claims.filter((one) => one.effect === effect);
    const total = same.reduce((sum, one) => sum + one.claims, 0);
    const names = [...new Set(same.map(({ template }) => template))].join(', ');
    return `${count(total, 'claim')} of ${names}: ${fates[effect]}`;
  });
}
