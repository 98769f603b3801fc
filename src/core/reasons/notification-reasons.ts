import type { Entries } from './entry.ts';

/** Link `grouped` of explain. */
export const groupedReasons = {
  Grouped: { code: 'STK2501', meaning: 'The alert is notified of with its group' },
  WaitingForGroup: {
    code: 'STK2502',
    meaning: 'The group of the alert waits for group_wait before its first notification',
    example: 'grouped by namespace, alertname; the first notification comes in 30s',
    mend: 'Wait for group_wait; make it shorter in the route when it is too long.',
  },
} as const satisfies Entries;

/** Link `inhibited` of explain. */
export const inhibitedReasons = {
  NotInhibited: { code: 'STK2503', meaning: 'No other alert hides it' },
  Inhibited: {
    code: 'STK2504',
    meaning: 'Another alert that fires hides it',
    example: 'an alert that matches {alertname="ClusterDown"} hides it; alertname=ClusterDown fires',
    mend: 'Mend what the other alert is about. If the rule hides too much, give it labels in equal, or narrower matchers.',
  },
  InhibitionPossible: {
    code: 'STK2505',
    meaning: 'Inhibit rules are about the alert: while another one fires, they hide it',
  },
} as const satisfies Entries;

/** Link `silenced` of explain. */
export const silencedReasons = {
  NotSilenced: { code: 'STK2506', meaning: 'No silence hides it' },
  Silenced: {
    code: 'STK2507',
    meaning: 'A silence hides it',
    example: 'silence 2f0c hides alerts with namespace="shop"; by ada, until 2026-11-27T20:00:00Z: moving the shop',
    mend: 'Ask who made the silence; amtool silence expire ID ends it.',
  },
  SilencesUnknown: {
    code: 'STK2508',
    meaning: 'Silences could not be read',
    example: 'no replica tells its silences',
    mend: 'Look whether the Pods of the Alertmanager run, and whether you may use pods/proxy; --alertmanager-url asks one at a URL.',
  },
} as const satisfies Entries;

/** Link `muted` of explain. */
export const mutedReasons = {
  NotMuted: { code: 'STK2509', meaning: 'No interval mutes its routes at this time' },
  Muted: {
    code: 'STK2510',
    meaning: 'Intervals mute all its routes at this time',
    example: 'intervals shop/team/weekend at 2026-11-27T10:00Z; silent outside of shop/team/weekend',
    mend: 'Wait until the interval is over, or take it from the route. Intervals of AlertmanagerConfigs are in UTC unless they say otherwise.',
  },
} as const satisfies Entries;

/** Link `delivered` of explain. */
export const deliveredReasons = {
  Delivered: { code: 'STK2511', meaning: 'Notifications are delivered' },
  DeliveryFails: {
    code: 'STK2512',
    meaning: 'Notifications fail',
    example: 'notifications since the processes started (/metrics); 1 of 4 failed, by webhook',
    mend: 'Look into the log of the Alertmanager for "Notify attempt failed": it names URL, status and answer. Correct the settings or the credentials of the receiver.',
  },
  NotHeld: {
    code: 'STK2513',
    meaning: 'The Alertmanager does not have the alert, though it fires',
    example:
      'the alert among those of 1 replica (/api/v2/alerts); none has it: Prometheus monitoring/main could not send it, or it has ended',
    mend: 'Look into the log of the Prometheus for "Error sending alerts", and at prometheus_notifications_dropped_total. An alert that ends is gone after five minutes.',
  },
  NothingSentYet: { code: 'STK2514', meaning: 'Nothing was notified yet' },
  DeliveryUnknown: {
    code: 'STK2515',
    meaning: 'No replica could be asked',
    example: 'none answers',
    mend: 'Look whether the Pods of the Alertmanager run, and whether you may use pods/proxy; --alertmanager-url asks one at a URL.',
  },
} as const satisfies Entries;
