import { groupBy } from '../../base/group-by.ts';
import { listSome } from '../../base/list-some.ts';
import { cutText } from '../../base/cut-text.ts';
import { mostNamedObjects, shownValueBytes } from '../limits.ts';
import { describeClaims, describePlan, describePods } from './plan-words.ts';
import type {
  FieldChange,
  ObjectChange,
  PartChange,
  Plan,
  PlanFailure,
  RefusedManifest,
  RejectionChange,
  TargetChanges,
  WorkloadPlan,
} from './plan-model.ts';
import type { ShardMoves } from './shard-moves.ts';

/** The plan for people: the answer first, then each workload that changes. Ends with a line end. */
export function renderPlan(plan: Plan): string {
  const blocks = plan.workloads.filter(({ action }) => action !== 'none').map(renderWorkloadPlan);
  const services = plan.services.length === 0 ? [] : [listServices(plan).join('\n')];
  return `${[describePlan(plan), ...listObstacles(plan), ...blocks, ...services].join('\n\n')}\n`;
}

/** What keeps the plan from being whole. */
function listObstacles({ refused = [], unread = [] }: Plan): string[] {
  const title = (text: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [[text, ...lines].join('\n')];
  return [
    ...title('Manifests that the API server does not take: what there is of them stays', refused.map(describeRefused)),
    ...title(
      'What depends on these is not known',
      unread.map((text) => entry('unread', text)),
    ),
  ];
}

/** A manifest that cannot be applied, in a line. */
export const describeRefused = ({ kind, namespace, name, message }: RefusedManifest): string =>
  entry('refused', `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}: ${message}`);

const listServices = ({ services }: Plan): string[] => [
  'Services that workloads share',
  ...services.flatMap(({ namespace, ...change }) => listObject([{ ...change, name: `${namespace}/${change.name}` }])),
];

const entry = (word: string, text: string): string => `  ${word.padEnd(9)} ${text}`;

const actions: Readonly<Record<WorkloadPlan['action'], string>> = {
  create: ' (new)',
  change: '',
  delete: ' (deleted)',
  none: '',
  unknown: ' (in part)',
};

const sides: Readonly<Record<PlanFailure['side'], string>> = {
  from: 'as it is it cannot be rendered: ',
  to: 'as it is to be it cannot be brought about: ',
  unread: 'not all of it is known: ',
};

const describeFailure = ({ side, message, code }: PlanFailure): string =>
  entry('failed', `${sides[side]}${message}${code === undefined ? '' : ` [${code}]`}`);

const detail = (text: string): string => `              ${text}`;

/** One workload with all that changes; no line end. */
export function renderWorkloadPlan(workload: WorkloadPlan): string {
  const { kind, namespace, name, action, failures, objects, refusals, parts, rejections, paused, targets } = workload;
  const isNothing = action === 'unknown' && objects.length === 0;
  return [
    `${kind} ${namespace}/${name}${isNothing ? ' (nothing is planned)' : actions[action]}`,
    ...failures.map(describeFailure),
    ...(paused === true ? [entry('paused', 'nothing of it is changed until it is not paused any more')] : []),
    ...(isNothing ? [] : describePods(workload)).map((line) => entry('pods', line)),
    ...describeClaims(workload.claims).map((line) => entry('volumes', line)),
    ...(workload.approval === undefined ? [] : [entry('approval', workload.approval)]),
    ...refusals.map(({ message, reason, code }) => entry('refused', `${message} (${reason}, ${code})`)),
    ...groupAlike(objects).flatMap(listObject),
    ...parts.map(describePart),
    ...(targets === undefined ? [] : describeTargets(targets)),
    ...rejections.map(describeRejectionChange),
  ].join('\n');
}

/** Objects to which the same happens, together: shards differ in their names alone. */
function groupAlike(objects: readonly ObjectChange[]): ObjectChange[][] {
  return [...groupBy(objects, ({ name: _name, ...rest }) => JSON.stringify(rest)).values()];
}

const taken: Readonly<Record<NonNullable<ObjectChange['takenBy']>, string>> = {
  reload: ', which running pods read again',
  'next-start': ', which pods read when they start',
  none: ', which no pod mounts',
};

function listObject(alike: readonly ObjectChange[]): string[] {
  const [first] = alike;
  if (first === undefined) return [];
  const { action, kind, fields, immutable = [], takenBy } = first;
  const names = listSome(
    alike.map(({ name }) => name),
    mostNamedObjects,
  );
  return [
    entry(
      action,
      `${kind} ${names}${action === 'renew' ? ', around its pods' : ''}${takenBy === undefined ? '' : taken[takenBy]}`,
    ),
    ...immutable.map((path) => detail(`${path} cannot be changed in place`)),
    ...fields.flatMap(listField),
  ];
}

const isScalarList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.every((item) => typeof item !== 'object');

/** One line a field; of lists of texts, such as arguments, only those that differ. */
function listField({ path, from, to, hidden }: FieldChange): string[] {
  if (hidden === true) return [detail(`${path}: ${describeHidden(from, to)}`)];
  if (!isScalarList(from) || !isScalarList(to)) return [detail(`${path}: ${show(from)} -> ${show(to)}`)];
  const lines = [
    ...from.filter((item) => !to.includes(item)).map((item) => `  - ${show(item)}`),
    ...to.filter((item) => !from.includes(item)).map((item) => `  + ${show(item)}`),
  ];
  return lines.length === 0 ? [detail(`${path}: in another order`)] : [`${path}:`, ...lines].map(detail);
}

function describeHidden(from: unknown, to: unknown): string {
  if (from === undefined) return 'added (contents are not shown)';
  return to === undefined ? 'removed' : 'changed (contents are not shown)';
}

const show = (value: unknown): string =>
  value === undefined ? '(none)' : cutText(JSON.stringify(value), shownValueBytes);

/** How many targets there are, of which jobs, and how many get another shard. */
function describeTargets({ before, after, jobs, shards, skipped }: TargetChanges): string[] {
  const shown = jobs.slice(0, mostNamedObjects).map((one) => detail(`${one.job}: ${one.before} -> ${one.after}`));
  const more = jobs.length > shown.length ? [detail(`and ${jobs.length - shown.length} more jobs`)] : [];
  return [
    entry('targets', before === after ? `${before}, as many as before` : `${before} -> ${after}`),
    ...shown,
    ...more,
    ...(shards === undefined ? [] : [entry('shards', describeMoves(shards))]),
    ...(skipped.length === 0 ? [] : [entry('unknown', `targets of ${skipped.length} jobs: ${skipped[0] ?? ''}`)]),
  ];
}

/** "7 of 24 targets move to another shard (29 %); 2 -> 3 shards". */
const describeMoves = ({ from, to, targets, moved, share }: ShardMoves): string =>
  `${from === to ? '' : `${from} -> ${to}: `}${moved} of ${targets} targets move to another shard (${share} %)`;

function describePart({ part, action, name, paths = [] }: PartChange): string {
  return entry(action, `${part} ${name}${paths.length === 0 ? '' : `: ${paths.join(', ')}`}`);
}

const verdicts: Readonly<Record<RejectionChange['action'], string>> = {
  rejected: '',
  accepted: 'is taken now, it was rejected: ',
  gone: 'is not selected any more, it was rejected: ',
};

function describeRejectionChange({ action, kind, namespace, name, ...why }: RejectionChange): string {
  const word = action === 'rejected' ? 'rejected' : 'no longer';
  return entry(word, `${kind} ${namespace}/${name} ${verdicts[action]}${why.message} (${why.reason}, ${why.code})`);
}
