import type { Entries } from './entry.ts';

/** What `stoker route` warns of. */
export const routeReasons = {
  UnexpectedReceivers: {
    code: 'STK3001',
    meaning: 'The alert reaches other receivers than --expect names',
    example: 'Other receivers were expected: not reached: pager; reached as well: nobody',
    mend: 'Read the tree that is printed: it shows at which route the alert stays, and the matcher that kept it from others, with the field that it comes from. Correct the matcher, the label of the alert, or what is expected.',
  },
  ReceiverUnnamed: {
    code: 'STK3002',
    meaning: 'No route names the receiver: nothing can reach it',
    example: 'no route names it',
    mend: 'Name it as receiver of a route, or remove it.',
  },
  ReceiverUnreachable: {
    code: 'STK3003',
    meaning: 'Routes name the receiver, and no alert can get to them',
    example: 'no alert can get there: matchers contradict each other, or a route before takes all that it would',
    mend: 'Compare the matchers of the route with those of the routes around it and before it: set continue on the one before, move the route up, or correct the matcher. Matchers on the namespace that Stoker adds count as well.',
  },
  ReceiverWithoutAlerts: {
    code: 'STK3004',
    meaning: 'No alert of the PrometheusRules can reach the receiver',
    example: 'no alert of the rules can get there',
    mend: 'Give an alert the labels that the matchers of its routes want, or correct the matchers. Alerts may also come from rules that are not seen here.',
  },
  AlertReachesNobody: {
    code: 'STK3005',
    meaning: 'The alert ends at receivers that have no notifier: nobody is told',
    example: 'this alert reaches no other receiver than nobody (has no notifier).',
    mend: 'Add a route that takes the alert to a receiver with a notifier, or give its receiver one.',
  },
  AlertInhibited: {
    code: 'STK3006',
    meaning: 'An inhibit rule hides the alert while the alert that --with names fires',
    example: 'Alertmanager monitoring/main tells nobody: an inhibit rule hides this alert from default (webhook).',
    mend: 'Nothing, when that is wanted. Otherwise narrow the matchers of the rule that is printed, or its equal labels.',
  },
  AlertSilenced: {
    code: 'STK3008',
    meaning: 'A silence of the Alertmanager hides the alert at that time',
    example: 'Alertmanager monitoring/main tells nobody: a silence hides this alert from shop/team/chat (webhook).',
    mend: 'Nothing, when that is wanted. Otherwise end the silence that is printed (amtool silence expire ID), or make it again with narrower matchers.',
  },
  AlertMuted: {
    code: 'STK3007',
    meaning: 'All routes that the alert reaches are muted at that time',
    example:
      'Alertmanager monitoring/main tells nobody at 2026-11-28T23:30+01:00: this alert reaches shop/team/chat (webhook), muted then.',
    mend: 'Nothing, when that is wanted. Otherwise correct the intervals that are printed; they are in UTC unless they name a location.',
  },
} as const satisfies Entries;
