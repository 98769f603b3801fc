import type { Entries } from './entry.ts';

/** Link `sent` of explain. */
export const sentReasons = {
  AlertmanagersFound: {
    code: 'STK2301',
    meaning: 'What evaluates the rule finds the Alertmanager, and sends alerts there',
  },
  NoAlertmanagers: {
    code: 'STK2302',
    meaning: 'What evaluates the rule is told of no Alertmanager',
    example:
      'spec.alerting of Prometheus monitoring/main says whom alerts are sent to; it is not set: they are sent to nobody',
    mend: 'Name the Service of the Alertmanager in spec.alerting.alertmanagers (of a ThanosRuler in spec.alertmanagersUrl): alertmanager-operated leads to all of its namespace.',
  },
  AlertmanagerNotFound: {
    code: 'STK2303',
    meaning: 'What evaluates the rule is told of an Alertmanager that it does not find',
    example: 'Prometheus monitoring/main sends alerts to Service monitoring/alertmanager; there is no such Service',
    mend: 'Correct namespace, name and port: they are those of a Service, and the port is one of its port names. Its selector must match the Pods of the Alertmanager.',
  },
  OtherAlertmanagers: {
    code: 'STK2304',
    meaning: 'What evaluates the rule sends alerts to other Alertmanagers',
    example:
      'Prometheus monitoring/main sends alerts to Service monitoring/alertmanager-main; none leads to Alertmanager monitoring/other',
    mend: 'Nothing, when the other one is meant; else name the Service of this Alertmanager in spec.alerting.alertmanagers.',
  },
  AlertmanagersUnknown: {
    code: 'STK2305',
    meaning: 'Whom alerts are sent to cannot be told from here',
    example:
      'spec.alertmanagersUrl[0] of ThanosRuler monitoring/rules may lead to Alertmanager monitoring/main; it is no Service of the cluster',
    mend: 'Look at the address that is given: it is no Service of this cluster, so what it leads to cannot be followed.',
  },
} as const satisfies Entries;

/** Link `relabelled` of explain. */
export const relabelledReasons = {
  AlertKept: { code: 'STK2306', meaning: 'Relabelling of alerts keeps the alert' },
  AlertDropped: {
    code: 'STK2307',
    meaning: 'A rule of alert relabelling drops the alert',
    example: 'a rule of Prometheus monitoring/main says drop where cluster is "east"; the alert has cluster="east"',
    mend: 'Correct the rule, or the label that it looks at: labels come from the series, the rule, spec.externalLabels and earlier relabelling.',
  },
  AlertPerhapsDropped: {
    code: 'STK2308',
    meaning: 'Whether a rule of alert relabelling drops the alert depends on labels that are not known',
    example:
      'a rule of Prometheus monitoring/main says drop where cluster is "east"; what cluster will be is not known',
    mend: 'Say the label with --label NAME=VALUE, or ask while the alert fires: its labels are known then.',
  },
} as const satisfies Entries;
