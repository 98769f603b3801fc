import { listSome } from '../../../base/list-some.ts';
import type { AlertmanagerConfig } from '../../../api/alertmanager-config.ts';
import { closeLabels } from '../../routing/known-labels.ts';
import { listMatcherNames, listReachable } from '../../routing/reach.ts';
import { listRuleAlerts } from '../../routing/rule-alerts.ts';
import type { RuleAlert } from '../../routing/rule-alerts.ts';
import { makeStep, plural } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';
import { showObject } from '../model.ts';
import { RoutingView } from '../routing-view.ts';
import type { UseCase } from './used.ts';

/** Whether alerts of the rules can reach the routes of the object, as far as their labels are known. */
export function judgeReached(one: UseCase): Step {
  const { view, facts, name } = one;
  const config = one.monitor as AlertmanagerConfig;
  if (config.spec.route === undefined)
    return makeStep('reached', 'warn', {
      reason: 'NoRoute',
      object: name,
      at: 'spec.route',
      compared: `${showObject(name)} has ${plural(config.spec.receivers?.length ?? 0, 'receiver')}`,
      found: 'it has no route',
      fixes: [advise(name, 'give it a route that names a receiver')],
    });
  const opened = (one.shared?.routing ?? new RoutingView(view.object, facts)).open();
  if ('problem' in opened) return makeStep('reached', 'skipped', { reason: 'NotReached', object: name });
  const { scene } = opened;
  const alerts = listRuleAlerts(facts);
  const isOwn = (path: string): boolean => {
    const place = scene.places.route(path);
    return place.kind === name.kind && place.namespace === name.namespace && place.name === name.name;
  };
  const names = listMatcherNames(scene.config);
  const reaching = alerts.filter(({ labels }) =>
    listReachable(scene.config.root, closeLabels(labels, names), scene.matching).some(({ route }) => isOwn(route.path)),
  );
  const compared = `${plural(alerts.length, 'alert')} of rules against its routes in ${showObject(view.name)}`;
  const counts = { selected: reaching.length, total: alerts.length };
  if (reaching.length > 0 || alerts.length === 0) {
    const found =
      alerts.length === 0 ? 'no rules are known' : `${showReaching(reaching, name.namespace)} can get there`;
    return makeStep('reached', 'pass', { reason: 'Reached', object: name, compared, found, counts });
  }
  return makeStep('reached', 'warn', {
    reason: 'NoAlertReaches',
    object: name,
    at: 'spec.route',
    compared,
    found: 'none can get there',
    counts,
    fixes: [
      advise(name, `see what keeps one away: stoker explain alert NAME --receiver ${config.spec.route.receiver ?? ''}`),
    ],
  });
}

/** Alerts of other namespaces are counted, not named: who may read the object need not know them. */
function showReaching(alerts: readonly RuleAlert[], namespace: string): string {
  const own = alerts.filter(({ place }) => place.namespace === namespace).map(({ name }) => name);
  const others = alerts.length - own.length;
  const counted = others === 0 ? [] : [`${plural(others, 'alert')} of other namespaces`];
  return [...(own.length === 0 ? [] : [listSome([...new Set(own)])]), ...counted].join(' and ');
}
