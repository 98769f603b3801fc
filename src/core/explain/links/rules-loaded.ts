import { listSome } from '../../../base/list-some.ts';
import type { PrometheusRule } from '../../../api/prometheus-rule.ts';
import { makeStep, plural, showProblems } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';
import { showObject } from '../model.ts';
import { findGroups, listAskedRulers, listRulers } from '../rule-replicas.ts';
import type { AskedRuler } from '../rule-replicas.ts';
import { addCondition, judgeSeenLoad } from './seen-load.ts';
import type { UseCase } from './used.ts';

/** Whether every replica has loaded the groups of the object, or the one that is asked about (/api/v1/rules). */
export function judgeRulesLoaded(one: UseCase): Step {
  const { view, facts } = one;
  if (!facts.asks.replicas) return judgeSeenLoad(facts, view.name);
  return addCondition(judgeAsked(one), view.object);
}

function judgeAsked(one: UseCase): Step {
  const { view, name } = one;
  const object = view.name;
  const wanted = listWanted(one);
  const compared = `${plural(wanted.length, 'group')} of ${showObject(name)} in the rules of the replicas (/api/v1/rules)`;
  const asked = listAskedRulers(one);
  if (asked.length === 0) {
    const found = showProblems(listRulers(one));
    return makeStep('loaded', 'unknown', { reason: 'ReplicaUnreachable', object, compared, found });
  }
  const states = asked.map((ruler) => ({ name: ruler.name, ...compareGroups(one, ruler) }));
  const whole = states.filter(({ missing, changed }) => missing.length + changed.length === 0);
  const shared = { object, compared, counts: { selected: whole.length, total: states.length } };
  const lacking = states.find(({ missing }) => missing.length > 0);
  const log = advise(
    object,
    `see what keeps it from loading: kubectl logs ${states[0]?.name ?? ''} -n ${object.namespace}`,
  );
  if (lacking !== undefined)
    return makeStep('loaded', 'fail', {
      reason: 'NotLoaded',
      ...shared,
      found: `${lacking.name} does not have ${listSome(lacking.missing)}`,
      fixes: [log],
    });
  const outdated = states.find(({ changed }) => changed.length > 0);
  if (outdated === undefined)
    return makeStep('loaded', 'pass', {
      reason: 'Loaded',
      ...shared,
      found: listSome(states.map((state) => state.name)),
    });
  const found = `${outdated.name} has other rules in ${listSome(outdated.changed)}`;
  return makeStep('loaded', 'warn', { reason: 'OutdatedConfig', ...shared, found, fixes: [log] });
}

interface WantedGroup {
  readonly name: string;
  /** Of its rules, in their order. */
  readonly rules: readonly string[];
}

function listWanted({ monitor, rule }: UseCase): WantedGroup[] {
  const { groups = [] } = (monitor as PrometheusRule).spec;
  return groups
    .filter(({ name }) => rule === undefined || name === rule.group)
    .map(({ name, rules = [] }) => ({ name, rules: rules.map(({ alert, record }) => alert ?? record ?? '') }));
}

/** Names of groups that are not there, and of those that have other rules. */
function compareGroups(one: UseCase, ruler: AskedRuler): Record<'missing' | 'changed', string[]> {
  const loaded = new Map(findGroups(one, ruler).map((group) => [group.name, group.rules.map(({ name }) => name)]));
  const wanted = listWanted(one);
  const isChanged = ({ name, rules }: WantedGroup): boolean => {
    const found = loaded.get(name);
    return found !== undefined && found.join('\n') !== rules.join('\n');
  };
  return {
    missing: wanted.flatMap(({ name }) => (loaded.has(name) ? [] : [`group "${name}"`])),
    changed: wanted.filter(isChanged).map(({ name }) => `group "${name}"`),
  };
}
