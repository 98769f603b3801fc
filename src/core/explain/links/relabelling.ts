import { groupBy } from '../../../base/group-by.ts';
import { mostTraces } from '../../limits.ts';
import { describeDrop, traceTarget } from '../../targets/trace-target.ts';
import type { Candidate, JobCase } from '../case.ts';
import { linkOfRule, makeStep, passLinks, plural } from '../case.ts';
import { advise, removeField } from '../fixes.ts';
import type { FieldSegments, Fix, ObjectName, RelabelTrace, Step } from '../model.ts';
import { readPath, showObject, showPath } from '../model.ts';

/** Labels that a target cannot do without, or that must hold a time. */
const reserved = ['__address__', '__scheme__', '__scrape_interval__', '__scrape_timeout__'];

/** What relabelling makes of the targets that came so far, with the way of each rule by rule for who looks. */
export function judgeRelabelling(one: JobCase): Step {
  const step = judgeKept(one);
  return { ...step, operands: { ...step.operands, trace: () => traceCandidates(one) } };
}

function judgeKept(one: JobCase): Step {
  const reached = passLinks(one.candidates, 'objects', 'port', 'endpoints');
  const kept = reached.filter(({ outcome }) => outcome.kind === 'active' || isLeftToShards(outcome));
  const counts = { selected: kept.length, total: reached.length };
  const object = one.name;
  if (reached.length === 0) return explainNothing(one);
  if (kept.length === 0) return { ...explainDrop(one, reached), counts };
  const rules = one.job.origins.length;
  const dropped = reached.length - kept.length;
  if (dropped === 0)
    return makeStep('relabelling', 'pass', {
      reason: 'TargetsKept',
      object,
      compared: `${plural(rules, 'rule')} of job ${one.job.name}`,
      found: `${kept.length} of ${plural(reached.length, 'target')} kept`,
      counts,
    });
  const step = explainDrop(
    one,
    reached.filter(({ outcome }) => outcome.kind !== 'active'),
  );
  return {
    ...step,
    verdict: 'pass',
    reason: 'SomeDropped',
    compared: `${kept.length} of ${plural(reached.length, 'target')} kept; ${step.compared}`,
    counts,
    fixes: [],
  };
}

const isLeftToShards = (outcome: Candidate['outcome']): boolean =>
  outcome.kind === 'dropped' && linkOfRule(outcome.origin) === 'shard';

/** Selected on the server side and nothing came, though the objects are there. */
function explainNothing(one: JobCase): Step {
  return makeStep('relabelling', 'fail', {
    reason: 'NoTargets',
    object: one.name,
    compared: `job ${one.job.name} discovers targets`,
    found: one.candidates.length === 0 ? 'none' : 'all of them dropped before',
    fixes: [advise(one.name, `look at stoker targets for job ${one.job.name}`)],
  });
}

/** The rule that dropped most of them, with what it compared. */
function explainDrop(one: JobCase, gone: readonly Candidate[]): Step {
  const byRule = groupBy(gone, ({ outcome }) => (outcome.kind === 'dropped' ? outcome.rule : undefined));
  byRule.delete(undefined);
  const [[rule, candidates] = []] = [...byRule].sort(([, a], [, b]) => b.length - a.length);
  if (rule === undefined || candidates === undefined) return explainFailure(one, gone);
  const place = placeOrigin(one, one.job.origins[rule] ?? '');
  const [first] = candidates;
  const step = first === undefined ? undefined : traceTarget(one.pool.compiled, first.target).steps.at(-1);
  return makeStep('relabelling', 'fail', {
    reason: 'DroppedByRule',
    object: place.object,
    at: place.at,
    compared: `${candidates.length} of ${plural(gone.length, 'target')} dropped by rule ${rule + 1} of job ${one.job.name}`,
    found: `${step === undefined ? '' : describeDrop(step)}; comes from ${showObject(place.object)} ${place.at}`,
    ...(step === undefined ? {} : { operands: { drop: step } }),
    fixes: proposeRemoval(place),
  });
}

/** Those that are dropped first: they are looked for. */
function traceCandidates(one: JobCase): RelabelTrace[] {
  const isKept = ({ outcome }: Candidate): number => (outcome.kind === 'active' ? 1 : 0);
  const shown = one.candidates.toSorted((a, b) => isKept(a) - isKept(b)).slice(0, mostTraces);
  return shown.map(({ target }) => {
    const { discovered, steps, url, outcome } = traceTarget(one.pool.compiled, target);
    const last = steps.at(-1)?.output ?? discovered;
    return {
      target: url ?? discovered.get('__address__') ?? '',
      outcome: outcome.kind,
      discovered: discovered.toObject(),
      labels: outcome.kind === 'active' ? outcome.labels.toObject() : last.toObject(),
      steps: steps.map((step) => {
        const origin = one.job.origins[step.index] ?? '';
        const { object, at } = placeOrigin(one, origin);
        const isOwn = origin !== '';
        return {
          ...{ rule: step.index + 1, action: step.rule.action, kept: step.kept, changes: step.changes },
          ...(isOwn ? { object, at } : {}),
        };
      }),
    };
  });
}

interface RulePlace {
  readonly object: ObjectName;
  readonly at: string;
  readonly path: FieldSegments;
}

const classOrigin = /^workload\.spec\.scrapeClasses\[(.*)\]\.(relabelings\[\d+\])$/;

/** The object and field behind an origin as `RelabelRule` has it: classes are told by name there, by index here. */
export function placeOrigin({ view, name }: JobCase, origin: string): RulePlace {
  const [, className, rest = ''] = classOrigin.exec(origin) ?? [];
  if (className !== undefined) {
    const index = (view.object.spec.scrapeClasses ?? []).findIndex((one) => one.name === className);
    const path = ['spec', 'scrapeClasses', index, ...readPath(rest)];
    return { object: view.name, at: showPath(path), path };
  }
  const shared = 'workload.';
  const isShared = origin.startsWith(shared);
  const at = isShared ? origin.slice(shared.length) : origin;
  return { object: isShared ? view.name : name, at, path: readPath(at) };
}

function proposeRemoval({ object, at, path }: RulePlace): Fix[] {
  if (path.length === 0) return [advise(object, 'look at the rules of the job')];
  const fix = removeField(object, path);
  return [fix, advise(object, `or make ${at} let the targets through`)];
}

/** Relabelling kept them, but what is left is no target: the last rule that touched a reserved label did it. */
function explainFailure(one: JobCase, gone: readonly Candidate[]): Step {
  const failed = gone.find(({ outcome }) => outcome.kind === 'failed');
  if (failed === undefined || failed.outcome.kind !== 'failed') return explainNothing(one);
  const { reason, message } = failed.outcome;
  const { steps } = traceTarget(one.pool.compiled, failed.target);
  const culprit = steps.findLast(({ changes }) => changes.some((change) => reserved.includes(change.name)));
  const place = placeOrigin(one, culprit === undefined ? '' : (one.job.origins[culprit.index] ?? ''));
  const change = culprit?.changes.find((one_) => reserved.includes(one_.name));
  return makeStep('relabelling', 'fail', {
    reason: 'TargetInvalid',
    object: place.object,
    at: place.at,
    compared: `Prometheus refuses the target: ${message} (${reason})`,
    found:
      culprit === undefined || change === undefined
        ? (failed.discovered.get('__address__') ?? '')
        : `rule ${culprit.index + 1} makes ${change.name} "${change.after}" of "${change.before}"; comes from ${showObject(place.object)} ${place.at}`,
    fixes: culprit === undefined ? [advise(one.name, 'correct the address of the target')] : proposeRemoval(place),
  });
}
