import type { Entries } from './entry.ts';

/** Link `series` of explain. */
export const seriesReasons = {
  SeriesPossible: {
    code: 'STK1201',
    meaning: 'What is scraped may have the series that the expressions of the rules select',
  },
  SeriesUnknown: { code: 'STK1202', meaning: 'Whether there are such series cannot be told from here' },
  SeriesImpossible: {
    code: 'STK1203',
    meaning: 'Nothing that is scraped can have the labels that an expression selects',
    example:
      'alert Gone selects up{job="checkout", namespace="bank"}; namespace is "shop" on what is scraped, so absent() of it is always true',
    mend: 'Compare the matchers of the selector with the labels of the targets (stoker targets): job, namespace, service, pod and endpoint come from the monitor. Correct the value, or stop the relabelling that drops the metric.',
  },
  SeriesMissing: {
    code: 'STK1207',
    meaning: 'The series that an expression selects may be there, and no running replica has them now',
    example: 'alert Slow selects http_request_total{job="checkout"}; nothing has it now (2 replicas were asked)',
    mend: 'Compare the name of the metric with what the exporter tells (its /metrics). Series that come with the first error or the first request are missing until then: that is no fault.',
  },
} as const satisfies Entries;

/** Link `shards` of explain: rules that are evaluated by each shard. */
export const ruleShardReasons = {
  RulesWhole: {
    code: 'STK1204',
    meaning: 'Each shard evaluates the rules to what they would be over all targets',
  },
  RulesSplit: {
    code: 'STK1205',
    meaning: 'An expression puts together, or misses, series of targets that are in different shards',
    example:
      'alert Slow is evaluated in each of the 3 shards of Prometheus monitoring/main; "sum by (code)" puts together series of targets of job "serviceMonitor/shop/checkout/0", of which each shard has only its own',
    mend: 'Let a ThanosRuler that queries all shards evaluate the rule, and no longer the Prometheus. Or keep the targets in one shard: relabelings of their monitors, or a scrape class, set __tmp_hash to one value for all of them.',
  },
  ShardsUnknown: {
    code: 'STK1206',
    meaning: 'Whether shards evaluate the rules wrongly cannot be told from here',
  },
} as const satisfies Entries;
