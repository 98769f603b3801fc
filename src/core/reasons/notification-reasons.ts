import type { Entries } from './entry.ts';

/** Link `grouped` of explain. */
export const groupedReasons = {
  Grouped: { code: 'STK2501', meaning: 'The alert is notified of with its group' },
  WaitingForGroup: {
    code: 'STK2502',
    meaning: 'The group of the alert waits for group_wait before its first notification',
    example: 'TODO',
    mend: 'Wait for group_wait; make it shorter in the route when it is too long.',
  },
} as const satisfies Entries;

/** Link `inhibited` of explain. */
export const inhibitedReasons = {
  NotInhibited: { code: 'STK2503', meaning: 'No other alert hides it' },
  Inhibited: {
    code: 'STK2504',
    meaning: 'Another alert that fires hides it',
    example: 'TODO',
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
    example: 'TODO',
    mend: 'Ask who made the silence; amtool silence expire ID ends it.',
  },
  SilencesUnknown: {
    code: 'STK2508',
    meaning: 'Silences could not be read',
    example: 'TODO',
    mend: 'Look whether the Pods of the Alertmanager run, and whether you may use pods/proxy; --alertmanager-url asks one at a URL.',
  },
} as const satisfies Entries;

/** Link `muted` of explain. */
export const mutedReasons = {
  NotMuted: { code: 'STK2509', meaning: 'No interval mutes its routes at this time' },
  Muted: {
    code: 'STK2510',
    meaning: 'Intervals mute all its routes at this time',
    example: 'TODO',
    mend: 'Wait until the interval is over, or take it from the route. Intervals of AlertmanagerConfigs are in UTC unless they say otherwise.',
  },
} as const satisfies Entries;

/** Link `delivered` of explain. */
export const deliveredReasons = {
  Delivered: { code: 'STK2511', meaning: 'Notifications are delivered' },
  DeliveryFails: {
    code: 'STK2512',
    meaning: 'Notifications fail',
    example: 'TODO',
    mend: 'Look into the log of the Alertmanager for "Notify attempt failed": it names URL, status and answer. Correct the settings or the credentials of the receiver.',
  },
  NotHeld: {
    code: 'STK2513',
    meaning: 'The Alertmanager does not have the alert, though it fires',
    example: 'TODO',
    mend: 'Look into the log of the Prometheus for "Error sending alerts", and at prometheus_notifications_dropped_total. An alert that ends is gone after five minutes.',
  },
  NothingSentYet: { code: 'STK2514', meaning: 'Nothing was notified yet' },
  DeliveryUnknown: {
    code: 'STK2515',
    meaning: 'No replica could be asked',
    example: 'TODO',
    mend: 'Look whether the Pods of the Alertmanager run, and whether you may use pods/proxy; --alertmanager-url asks one at a URL.',
  },
} as const satisfies Entries;
