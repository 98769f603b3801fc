import type { AlertCase } from '../alert-way.ts';
import { makeStep, plural, showProblems, skipUnasked } from '../case.ts';
import { advise } from '../fixes.ts';
import type { Step } from '../model.ts';
import { showObject } from '../model.ts';
import { judgeNotifications } from '../notifications.ts';
import type { NotificationsInput } from '../notifications.ts';
import { alertmanagerConfigType } from '../../../api/alertmanager-config.ts';

/** Whether the Alertmanager has the alert, and its notifications arrive. */
export function judgeDelivered(one: AlertCase): Step {
  const { alertmanager, way, facts } = one;
  const object = alertmanager.name;
  if (!facts.asks.alertmanagers) return skipUnasked('delivered', object);
  const replicas = way.askReplicas();
  const asked = replicas.filter(({ alerts }) => alerts !== undefined);
  if (asked.length === 0) {
    const found = showProblems(replicas);
    return makeStep('delivered', 'unknown', { reason: 'DeliveryUnknown', object, found });
  }
  const isFiring = one.instance?.state === 'firing' && one.labels.names !== undefined;
  if (isFiring && way.findHeld() === undefined)
    return makeStep('delivered', 'fail', {
      reason: 'NotHeld',
      object,
      compared: `the alert among those of ${plural(asked.length, 'replica')} (/api/v2/alerts)`,
      found: `none has it: ${showObject(one.view.name)} could not send it, or it has ended`,
      fixes: [advise(one.view.name, 'look for "Error sending alerts" in its log')],
    });
  const told = judgeNotifications({ object, replicas: asked, ...listReceivers(one) });
  const origins = way.findHeld()?.origins ?? [];
  return origins.length === 0
    ? told
    : { ...told, found: `${told.found}; its groups are of ${origins.map(nameConfig).join(', ')}` };
}

/** As the Alertmanager says it (docs/alerts.md, "Whose group is this?"). */
const nameConfig = (name: string): string => `${alertmanagerConfigType.kind} ${name}`;

function listReceivers(one: AlertCase): Pick<NotificationsInput, 'receivers' | 'notifiers'> {
  const receivers = new Set(one.way.listReached().map(({ receiver }) => receiver.value));
  return { receivers, notifiers: listNotifiers(one, receivers) };
}

function listNotifiers({ way }: AlertCase, receivers: ReadonlySet<string>): ReadonlySet<string> {
  const routed = way.routed();
  if ('problem' in routed) return new Set();
  const { receivers: all } = routed.scene.config;
  return new Set(all.flatMap(({ name, notifiers }) => (receivers.has(name) ? notifiers : [])));
}
