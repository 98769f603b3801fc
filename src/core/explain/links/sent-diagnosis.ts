import { listSome } from '../../../base/list-some.ts';
import { nearestName } from '../../../api/validation/nearest.ts';
import type { AlertCase } from '../alert-way.ts';
import { makeStep } from '../case.ts';
import { advise, setField } from '../fixes.ts';
import { explainInvalid } from '../invalid-workload.ts';
import type { Fix, Step } from '../model.ts';
import { showName, showObject } from '../model.ts';
import type { SentTo, Sending } from '../sending.ts';
import { listPods, portsOf, showPort } from '../services.ts';

/** Why an Alertmanager gets no alerts from what evaluates a rule. */

/** The Service that is looked for, else the field. */
export const showPlace = ({ service, field }: SentTo): string =>
  service === undefined ? field : `Service ${service.namespace}/${service.name}`;

/** The governing Service, which the operator makes, leads to all Alertmanagers of its namespace. */
const governing = 'alertmanager-operated';

/** For a ThanosRuler: all Alertmanagers of a namespace. */
const urlOf = (namespace: string): string => `dnssrv+http://_web._tcp.${governing}.${namespace}.svc`;

export function explainNone({ view, alertmanager: { name }, workloadKind }: AlertCase): Step {
  const isServer = workloadKind.type.kind === 'Prometheus';
  const at = isServer ? 'spec.alerting' : 'spec.alertmanagersUrl';
  const value = isServer
    ? { alertmanagers: [{ namespace: name.namespace, name: governing, port: 'web' }] }
    : [urlOf(name.namespace)];
  return makeStep('sent', 'fail', {
    reason: 'NoAlertmanagers',
    object: view.name,
    at,
    compared: `${at} of ${showObject(view.name)} says whom alerts are sent to`,
    found: 'it is not set: they are sent to nobody',
    fixes: [setField(view.name, at, value)],
  });
}

export function explainOthers({ view, alertmanager }: AlertCase, { places }: Sending): Step {
  return makeStep('sent', 'fail', {
    reason: 'OtherAlertmanagers',
    object: view.name,
    at: places[0]?.field ?? '',
    compared: `${showObject(view.name)} sends alerts to ${listSome(places.map(showPlace))}`,
    found: `none leads to ${showObject(alertmanager.name)}`,
  });
}

export function explainMissing(one: AlertCase, place: SentTo): Step {
  const { view, facts } = one;
  const { service, field } = place;
  const shared = { reason: 'AlertmanagerNotFound' as const, object: view.name, at: field };
  const compared = `${showObject(view.name)} sends alerts to ${showPlace(place)}`;
  const found = service && facts.cluster.service.get(service.namespace, service.name);
  if (service === undefined) return makeStep('sent', 'fail', { ...shared, compared, found: 'nothing is found there' });
  if (found === undefined) {
    const fixes = proposeService(one, place);
    return makeStep('sent', 'fail', {
      ...shared,
      at: field.startsWith('spec.alerting.') ? `${field}.name` : field,
      compared,
      found: 'there is no such Service',
      fixes,
    });
  }
  const opened = one.alertmanager.open();
  if ('problem' in opened) return explainInvalid('sent', one.alertmanager.name, opened.problem);
  if (listPods(facts.cluster, found).length === 0)
    return makeStep('sent', 'fail', {
      ...{ ...shared, object: { kind: 'Service', ...service }, at: 'spec.selector', compared },
      found: `its selector matches no Pod; those of ${showObject(one.alertmanager.name)} have alertmanager=${one.alertmanager.name.name}`,
      fixes: [setField({ kind: 'Service', ...service }, 'spec.selector', { alertmanager: one.alertmanager.name.name })],
    });
  const ports = portsOf(found);
  const shown = ports.map(({ name, port }) => showPort(name, port)).join(', ');
  return makeStep('sent', 'fail', {
    ...shared,
    at: `${field}.port`,
    compared,
    found: `none of its addresses has the port that is asked for; it has ${shown}`,
    fixes: proposePort(
      one,
      place,
      ports.flatMap(({ name }) => name ?? []),
    ),
  });
}

/** A Service of that name elsewhere, the nearest name there, or the one that the operator makes. */
function proposeService({ view, facts, alertmanager }: AlertCase, { field, service }: SentTo): Fix[] {
  if (service === undefined) return [];
  if (field.startsWith('spec.alertmanagersUrl'))
    return [setField(view.name, field, urlOf(alertmanager.name.namespace))];
  if (!field.startsWith('spec.alerting.')) return [];
  const all = facts.cluster.service.list();
  const elsewhere = all.find(({ metadata }) => metadata.name === service.name);
  if (elsewhere !== undefined) return [setField(view.name, `${field}.namespace`, elsewhere.metadata.namespace)];
  const { namespace } = alertmanager.name;
  const names = all.flatMap(({ metadata }) => (metadata.namespace === namespace ? (metadata.name ?? []) : []));
  const name = nearestName(service.name, names) ?? governing;
  const isThere = service.namespace === namespace;
  return isThere
    ? [setField(view.name, `${field}.name`, name)]
    : [setField(view.name, field, { namespace, name, port: 'web' })];
}

function proposePort({ view }: AlertCase, { field }: SentTo, names: readonly string[]): Fix[] {
  const [only] = names.includes('web') ? ['web'] : names;
  if (only === undefined || !field.startsWith('spec.alerting.'))
    return [advise(view.name, `correct ${field} of ${showName(view.name)}`)];
  return [setField(view.name, `${field}.port`, only)];
}
