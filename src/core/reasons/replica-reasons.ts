import type { Entries } from './entry.ts';

/** Link `loaded` of explain. */
export const loadedReasons = {
  Loaded: { code: 'STK2001', meaning: 'Every replica has loaded the job, rules or routes as they are now' },
  NotLoaded: {
    code: 'STK2002',
    meaning: 'A replica has not loaded the job, rules or routes',
    example:
      'job serviceMonitor/shop/checkout/0 in the configuration in force (/api/v1/status/config); prometheus-main-0 does not have it',
    mend: 'Look at the condition Reconciled of the workload and at the log of the config-reloader: a configuration takes up to two minutes to get into a Pod.',
  },
  OutdatedConfig: {
    code: 'STK2003',
    meaning: 'A replica has loaded another version of them',
    example:
      'job serviceMonitor/shop/checkout/0 in the configuration in force (/api/v1/status/config); prometheus-main-0 has another version of it',
    mend: 'Wait two minutes for the Secret to get into the Pod; after that look at the log of the config-reloader.',
  },
  ReplicaUnreachable: {
    code: 'STK2004',
    meaning: 'No replica could be asked',
    example:
      'job serviceMonitor/shop/checkout/0 in the configuration in force (/api/v1/status/config); there is no running replica',
    mend: 'Look whether the Pods of the workload run, and whether you may use pods/proxy; --prometheus-url asks a Prometheus at a URL.',
  },
} as const satisfies Entries;

/** Link `health` of explain. */
export const healthReasons = {
  TargetsUp: { code: 'STK2011', meaning: 'The last scrape of every target was good' },
  TargetsDown: {
    code: 'STK2012',
    meaning: 'Scrapes fail',
    example:
      '1 target in /api/v1/targets; all down: Get "http://10.0.0.12:8081/metrics": dial tcp 10.0.0.12:8081: connect: connection refused (http://10.0.0.12:8081/metrics)',
    mend: 'Ask the target as Prometheus does: the error says what fails: port, path, scheme, TLS, credentials, NetworkPolicy or time.',
  },
  NotScrapedYet: { code: 'STK2013', meaning: 'The targets are known and not scraped yet' },
  TargetsMissing: {
    code: 'STK2014',
    meaning: 'The replica does not have the targets that it should have discovered',
    example:
      '1 target expected in /api/v1/targets; the replica has none of them: its discovery has not seen them (yet), or may not',
    mend: 'Wait for its discovery; after a minute look into the log of Prometheus for refused lists and watches.',
  },
  HealthUnknown: {
    code: 'STK2015',
    meaning: 'No replica could be asked',
    example: 'targets of the replicas (/api/v1/targets); there is no running replica',
    mend: 'Look whether the Pods of the workload run, and whether you may use pods/proxy; --prometheus-url asks a Prometheus at a URL.',
  },
} as const satisfies Entries;

/** What any link, or the whole answer of explain, may say. */
export const answerReasons = {
  Scraped: { code: 'STK2101', meaning: 'Everything is well' },
  Used: { code: 'STK2102', meaning: 'A workload uses the rules or routes' },
  NotReached: { code: 'STK2103', meaning: 'An earlier link failed' },
  NotAsked: { code: 'STK2104', meaning: 'Nothing that runs was asked' },
  Notified: { code: 'STK2105', meaning: 'The alert reaches a receiver that notifies' },
  Healthy: { code: 'STK2106', meaning: 'Nothing is wrong with the Alertmanager' },
} as const satisfies Entries;
