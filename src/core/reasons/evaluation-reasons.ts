import type { Entries } from './entry.ts';

/** Link `written` of explain. */
export const writtenReasons = {
  RuleFileWritten: { code: 'STK2201', meaning: 'A ConfigMap of the workload holds the rules as they are now' },
  RuleFileMissing: {
    code: 'STK2202',
    meaning: 'No ConfigMap of the workload holds the rules: the operator has not written them',
    example: 'PrometheusRule shop/cart in 1 ConfigMap of Prometheus monitoring/main; none has it',
    mend: 'Look at the condition Reconciled of the workload, its Events and the log of the operator: it writes rules within seconds.',
  },
  RuleFileOutdated: {
    code: 'STK2203',
    meaning: 'A ConfigMap of the workload holds an earlier version of the rules',
    example:
      'PrometheusRule shop/cart in 1 ConfigMap of Prometheus monitoring/main; ConfigMap prometheus-main-rulefiles-0 key shop-cart-7b1.yaml has another version of it',
    mend: 'Wait a moment: the operator writes changes within seconds. If it stays so, look at the condition Reconciled of the workload.',
  },
} as const satisfies Entries;

/** Link `evaluated` of explain. */
export const evaluatedReasons = {
  Evaluated: { code: 'STK2204', meaning: 'The last evaluation was good' },
  EvaluationFails: {
    code: 'STK2205',
    meaning: 'Evaluations fail',
    example: 'CartDown on http://127.0.0.1:00000/prometheus-0: many-to-many matching not allowed',
    mend: 'Try the expression in the web page of the Prometheus; joins need labels that make both sides unique (on, ignoring, group_left).',
  },
  NotEvaluatedYet: {
    code: 'STK2206',
    meaning: 'The rule is loaded and not evaluated yet',
    example: 'the last evaluation of 1 rule; not evaluated yet',
    mend: 'Wait for one evaluation interval of the group.',
  },
  EvaluationUnknown: {
    code: 'STK2207',
    meaning: 'No replica could be asked',
    example: 'no replica answers',
    mend: 'Look whether the Pods of the workload run, and whether you may use pods/proxy; --prometheus-url asks a Prometheus at a URL.',
  },
} as const satisfies Entries;

/** Link `firing` of explain. */
export const firingReasons = {
  Firing: { code: 'STK2208', meaning: 'The alert fires' },
  Pending: {
    code: 'STK2209',
    meaning: 'The expression gives something, for less time than `for` asks',
    example: 'it must be so for 5m; it is so since 2026-11-27T09:58:00Z',
    mend: 'Wait until it was so for as long as `for` says, or make `for` shorter.',
  },
  NotFiring: {
    code: 'STK2210',
    meaning: 'The expression gives nothing now: there is nothing to tell of',
    example: 'alerts of CartDown on 1 replica; none: its expression gives nothing now',
    mend: 'Look at the value of the expression in the web page of the Prometheus: there is nothing to tell of now. The other links say what happens when it fires.',
  },
  FiringUnknown: {
    code: 'STK2211',
    meaning: 'No replica could be asked',
    example: 'http://127.0.0.1:00000/prometheus-0/api/v1/rules gives status 404',
    mend: 'Look whether the Pods of the workload run, and whether you may use pods/proxy; --prometheus-url asks a Prometheus at a URL.',
  },
} as const satisfies Entries;
