import { listSome } from '../../../base/list-some.ts';
import type { AlertCase } from '../alert-way.ts';
import { makeStep } from '../case.ts';
import { advise } from '../fixes.ts';
import { explainInvalid } from '../invalid-workload.ts';
import type { Step } from '../model.ts';
import { showObject } from '../model.ts';
import { listAskedRulers } from '../rule-replicas.ts';
import type { SentTo } from '../sending.ts';
import { explainMissing, explainNone, explainOthers, showPlace } from './sent-diagnosis.ts';

/** Whether what evaluates the rule sends its alerts to this Alertmanager: it is discovered as Prometheus does it. */
export function judgeSent(one: AlertCase): Step {
  const { view, alertmanager, way } = one;
  const sending = way.sending();
  const object = view.name;
  if ('problem' in sending) return explainInvalid('sent', object, sending.problem);
  const place = way.findPlace();
  if (place !== undefined) return judgeFound(one, place);
  const missing = sending.places.find(
    ({ pods, addresses, unknown }) => unknown === undefined && pods.length + addresses.length === 0,
  );
  if (sending.places.length === 0) return explainNone(one);
  const unknown = sending.places.find((one) => one.unknown !== undefined);
  if (missing === undefined && unknown !== undefined)
    return makeStep('sent', 'unknown', {
      reason: 'AlertmanagersUnknown',
      object,
      at: unknown.field,
      compared: `${unknown.field} of ${showObject(object)} may lead to ${showObject(alertmanager.name)}`,
      found: unknown.unknown ?? '',
    });
  return missing === undefined ? explainOthers(one, sending) : explainMissing(one, missing);
}

/** What the running replicas say counts more than what they should have found. */
function judgeFound(one: AlertCase, place: SentTo): Step {
  const { view, alertmanager } = one;
  const told = listAskedRulers(one).filter(({ alertmanagers }) => alertmanagers !== undefined);
  const alone = told.find(({ alertmanagers = [] }) => alertmanagers.length === 0);
  const shared = {
    object: view.name,
    at: place.field,
    compared: `${showObject(view.name)} sends alerts to ${showPlace(place)}`,
  };
  if (alone !== undefined)
    return makeStep('sent', 'fail', {
      reason: 'AlertmanagerNotFound',
      ...shared,
      found: `${alone.name} has found no Alertmanager (/api/v1/alertmanagers)`,
      fixes: [
        advise(view.name, `look for "failed to list" in the log: kubectl logs ${alone.name} -n ${view.name.namespace}`),
      ],
    });
  const found = `${showObject(alertmanager.name)}: ${listSome(place.pods.map(({ metadata }) => metadata.name ?? ''))}`;
  return makeStep('sent', 'pass', { reason: 'AlertmanagersFound', ...shared, found });
}
