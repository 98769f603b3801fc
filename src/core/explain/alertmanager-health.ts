import { keyOf } from '../../api/meta.ts';
import { nearestName } from '../../api/validation/nearest.ts';
import { describeRefusals } from '../refusal.ts';
import { openAlertmanagerCase } from './alertmanager-case.ts';
import type { AlertmanagerCase } from './alertmanager-case.ts';
import { makeStep, plural, skipUnasked } from './case.ts';
import { findDecisive } from './chain.ts';
import { describeDecisive } from './decisive.ts';
import type { AlertmanagerSubject, ExplainFacts } from './facts.ts';
import { judgeConfigLoaded } from './links/alertmanager-loaded.ts';
import { judgeWorkload } from './links/operator.ts';
import { judgePeers } from './links/peers.ts';
import { judgeSenders } from './links/senders.ts';
import { judgeStorage } from './links/alertmanager-storage.ts';
import { explainInvalid } from './invalid-workload.ts';
import type { Chain, Explanation, ObjectName, Step } from './model.ts';
import { showObject } from './model.ts';
import { SubjectNotFoundError } from './not-found.ts';
import { judgeNotifications } from './notifications.ts';
import type { Link } from './reasons.ts';
import { openRoutingViews } from './routing-view.ts';
import { summarise } from './summary.ts';

const alertmanagerLinks: readonly (readonly [Link, (one: AlertmanagerCase) => Step])[] = [
  ['operator', judgeWorkload],
  ['valid', judgeRendered],
  ['storage', judgeStorage],
  ['senders', judgeSenders],
  ['peers', judgePeers],
  ['loaded', judgeConfigLoaded],
  ['delivered', judgeDelivery],
];

/**
 * Whether an Alertmanager is well: all links are looked at, as they do not build on each other.
 * @throws {SubjectNotFoundError} with the nearest name.
 */
export function explainAlertmanager(subject: AlertmanagerSubject, facts: ExplainFacts): Explanation {
  const name: ObjectName = { ...subject };
  const all = openRoutingViews(facts);
  const routing = all.find((one) => one.name.namespace === name.namespace && one.name.name === name.name);
  if (routing === undefined)
    throw SubjectNotFoundError.of(
      name,
      all.map(({ object }) => keyOf(object)),
      nearestName,
    );
  const one = openAlertmanagerCase(routing, facts);
  const steps = alertmanagerLinks.map(([, judge]) => judge(one));
  const scraped = steps.every(({ verdict }) => verdict !== 'fail');
  const chain: Chain = { workload: name, monitor: name, endpoint: '', job: '', scraped, steps, targets: [] };
  const decisive = findDecisive(chain);
  const verdict = scraped ? 'Healthy' : 'NotHealthy';
  return {
    subject: name,
    verdict,
    ...describeDecisive(decisive, name, 'Healthy'),
    summary: summarise({ subject: name, verdict, best: [chain], primary: chain, decisive }),
    chains: [chain],
    notes: describeRefusals(facts.listUnread()),
  };
}

/** Whether it has a configuration, as the operator renders it. */
function judgeRendered({ routing, view: { name: object } }: AlertmanagerCase): Step {
  const opened = routing.open();
  if ('problem' in opened) return explainInvalid('valid', object, opened.problem);
  const found = `it uses ${plural(opened.selected.length, 'AlertmanagerConfig')}`;
  return makeStep('valid', 'pass', { reason: 'Valid', object, compared: `${showObject(object)} is rendered`, found });
}

function judgeDelivery({ facts, replicas, view: { name: object } }: AlertmanagerCase): Step {
  if (!facts.asks.alertmanagers) return skipUnasked('delivered', object);
  const asked = replicas.filter(({ notifications, events }) => notifications !== undefined || events !== undefined);
  if (asked.length === 0)
    return makeStep('delivered', 'unknown', { reason: 'DeliveryUnknown', object, found: 'none answers' });
  return judgeNotifications({ object, replicas: asked, receivers: undefined, notifiers: undefined });
}
