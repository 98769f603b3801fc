import { makeStep } from './case.ts';
import { advise } from './fixes.ts';
import type { ObjectName, Step } from './model.ts';
import type { AlertmanagerFacts, Notification, NotificationCount } from './running.ts';

export interface NotificationsInput {
  /** The Alertmanager. */
  readonly object: ObjectName;
  /** Those that answered. */
  readonly replicas: readonly AlertmanagerFacts[];
  /** Only these; undefined: all. */
  readonly receivers: ReadonlySet<string> | undefined;
  /** Ways of notifying of these receivers, for counts that do not say whose they are; undefined: all. */
  readonly notifiers: ReadonlySet<string> | undefined;
}

/**
 * How the last notifications went. What was recorded names deliveries and never failures (Alertmanager 0.33 to 0.35), so the
 * counts since the processes started come first where they tell of failures.
 */
export function judgeNotifications(input: NotificationsInput): Step {
  const { replicas, receivers } = input;
  const counted = judgeCounts(input);
  const events = replicas.flatMap(({ events: own = [] }) => own);
  const about = events
    .filter(({ receiver }) => receivers?.has(receiver) ?? true)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  const [last] = about;
  if (last === undefined) return counted;
  if (counted.verdict === 'pass') return judgeLast(input.object, last);
  return { ...counted, found: `${counted.found}; the last delivery was to ${last.receiver}, ${last.at}` };
}

function judgeLast(object: ObjectName, { receiver, integration, isDelivered, at, error }: Notification): Step {
  const compared = `the last notification of ${receiver} by ${integration}, ${at}`;
  if (isDelivered) return makeStep('delivered', 'pass', { reason: 'Delivered', object, compared, found: 'delivered' });
  const fixes = [advise(object, `correct the settings of ${integration} in receiver ${receiver}`)];
  return makeStep('delivered', 'fail', { reason: 'DeliveryFails', object, compared, found: error, fixes });
}

function judgeCounts({ object, replicas, receivers, notifiers }: NotificationsInput): Step {
  const isAbout = ({ receiver, integration }: NotificationCount): boolean =>
    receiver === '' ? (notifiers?.has(integration) ?? true) : (receivers?.has(receiver) ?? true);
  const counts = replicas.flatMap(({ notifications = [] }) => notifications).filter(isAbout);
  const sent = counts.reduce((sum, one) => sum + one.sent, 0);
  const failed = counts.reduce((sum, one) => sum + one.failed, 0);
  const worst = [...counts].sort((a, b) => b.failed - a.failed)[0];
  const compared = 'notifications since the processes started (/metrics)';
  if (sent === 0 || worst === undefined)
    return makeStep('delivered', 'pass', { reason: 'NothingSentYet', object, compared, found: 'none yet' });
  const counted = { counts: { selected: sent - failed, total: sent } };
  if (failed === 0)
    return makeStep('delivered', 'pass', { reason: 'Delivered', object, compared, found: `${sent} sent`, ...counted });
  const by = `${worst.integration}${worst.receiver === '' ? '' : ` of ${worst.receiver}`}`;
  return makeStep('delivered', failed < sent ? 'warn' : 'fail', {
    reason: 'DeliveryFails',
    object,
    compared,
    found: `${failed} of ${sent} failed, by ${by}`,
    ...counted,
    fixes: [advise(object, `see why in its log: look for "Notify attempt failed" and ${worst.integration}`)],
  });
}
