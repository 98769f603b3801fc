import type { PrometheusRule } from '../../../api/prometheus-rule.ts';
import { listWrittenRules } from '../../render/rules/written-rules.ts';
import { makeStep, plural, skipUnasked } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';
import { findRules, listAskedRulers } from '../rule-replicas.ts';
import type { LoadedRule } from '../running.ts';
import type { UseCase } from './used.ts';

/** Whether the last evaluations of the rules went well, as the replicas say (/api/v1/rules). */
export function judgeEvaluated(one: UseCase): Step {
  const { view, facts, name: object } = one;
  if (!facts.asks.replicas) return skipUnasked('evaluated', object);
  const asked = listAskedRulers(one);
  if (asked.length === 0)
    return makeStep('evaluated', 'unknown', {
      reason: 'EvaluationUnknown',
      object: view.name,
      found: 'no replica answers',
    });
  const told = asked.flatMap((ruler) => findRules(one, ruler).map((rule) => ({ rule, ruler: ruler.name })));
  const failed = told.find(({ rule }) => rule.health === 'err');
  const good = told.filter(({ rule }) => rule.health === 'ok').length;
  const compared = `the last evaluation of ${plural(told.length, 'rule')}`;
  const shared = { object, compared, counts: { selected: good, total: told.length } };
  if (failed !== undefined)
    return makeStep('evaluated', 'fail', {
      reason: 'EvaluationFails',
      ...shared,
      at: findField(one, failed.rule),
      found: `${failed.rule.name} on ${failed.ruler}: ${failed.rule.lastError}`,
      fixes: [advise(object, `try the expression of ${failed.rule.name} in the web page of ${failed.ruler}`)],
    });
  if (good < told.length)
    return makeStep('evaluated', 'unknown', { reason: 'NotEvaluatedYet', ...shared, found: 'not evaluated yet' });
  return makeStep('evaluated', 'pass', { reason: 'Evaluated', ...shared, found: 'all good' });
}

/** Of the expression of a rule, by its name. */
function findField({ monitor, rule }: UseCase, { name }: LoadedRule): string {
  if (rule !== undefined) return `${rule.field}.expr`;
  const written = listWrittenRules(monitor as PrometheusRule);
  const found = written.find((one) => (one.rule.alert ?? one.rule.record) === name);
  return found === undefined ? '' : `${found.field}.expr`;
}
