import type { Entries } from './entry.ts';

/** Link `relabelling` of explain. */
export const relabellingReasons = {
  TargetsKept: { code: 'STK1801', meaning: 'Relabelling keeps targets' },
  SomeDropped: { code: 'STK1802', meaning: 'Rules of users drop some of the targets and keep others' },
  DroppedByRule: {
    code: 'STK1803',
    meaning: 'A rule drops all targets',
    example:
      'ServiceMonitor shop/checkout spec.endpoints[0].relabelings[0] drops its targets (keep: __meta_kubernetes_pod_ready is "false", which does not match true)',
    mend: 'Remove the rule, or make its regular expression match (drop: not match) the value that the message shows. Regular expressions are anchored: they must match the whole value.',
  },
  TargetInvalid: {
    code: 'STK1804',
    meaning: 'What relabelling leaves is no target: no address, or an interval that cannot be used',
    example:
      'Prometheus refuses the target: "checkout.shop.svc/metrics" is not a valid hostname (InvalidHostname); rule 13 makes __address__ "checkout.shop.svc/metrics" of "192.0.2.1:8081"',
    mend: 'Correct the rule that the message names: __address__ is host:port, the path goes into __metrics_path__.',
  },
  NoTargets: {
    code: 'STK1805',
    meaning: 'Nothing is discovered',
    example: 'job serviceMonitor/shop/checkout/0 discovers targets; none',
    mend: 'Look at what the monitor selects: objects, their ports and their addresses.',
  },
} as const satisfies Entries;

/** Link `shard` of explain. */
export const shardReasons = {
  SingleShard: { code: 'STK1901', meaning: 'There is one shard: it scrapes all' },
  ShardAssigned: { code: 'STK1902', meaning: 'Shards share the targets' },
  OtherShard: {
    code: 'STK1903',
    meaning: 'Another shard than the one asked about scrapes the targets',
    example: '2 shards share 1 target; shard 0: 1, shard 1: 0; asked about shard 1',
    mend: 'Look at the shard that scrapes them, or have all shards do so with the label __tmp_disable_sharding.',
  },
  NoShard: {
    code: 'STK1904',
    meaning: 'No shard scrapes the targets',
    example:
      '2 shards in 2 zones share 1 target; shard 0: 0, shard 1: 0; targets are in zone-c, shards in zone-a, zone-b',
    mend: 'Add the zone to spec.shardingStrategy.topology.values, and raise spec.shards to a multiple of the zones.',
  },
} as const satisfies Entries;

/** Link `limits` of explain. */
export const limitReasons = {
  WithinLimits: { code: 'STK1911', meaning: 'No limit on targets is exceeded' },
  TargetLimitExceeded: {
    code: 'STK1912',
    meaning: 'There are more targets than target_limit: every scrape fails',
    example: 'spec.enforcedTargetLimit is 1, counted for each job; 2 targets: every scrape fails',
    mend: 'Raise the limit that the message names, or select fewer targets in one job.',
  },
} as const satisfies Entries;

/** Link `duplicates` of explain. */
export const duplicateReasons = {
  NoDuplicates: { code: 'STK1921', meaning: 'No other job scrapes these targets' },
  DuplicateTargets: {
    code: 'STK1922',
    meaning: 'Another job scrapes the same targets: samples are taken twice',
    example: '1 of 1 target are scraped by other jobs as well; serviceMonitor/shop/checkout-copy/0',
    mend: 'Delete one of the two monitors, or make its selector narrower.',
  },
} as const satisfies Entries;
