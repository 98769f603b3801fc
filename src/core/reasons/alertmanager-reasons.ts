import type { Entries } from './entry.ts';

/** Link `reached` of explain. */
export const reachedReasons = {
  Reached: { code: 'STK2601', meaning: 'Alerts of rules reach the receivers' },
  NoAlertReaches: {
    code: 'STK2602',
    meaning: 'No alert of the rules reaches a receiver of the object',
    example: '2 alerts of rules against its routes in Alertmanager monitoring/main; none can get there',
    mend: 'Look at the labels that the rules give (stoker explain alert NAME --receiver RECEIVER): severity, namespace and team are those that routes mostly look at.',
  },
  NoRoute: {
    code: 'STK2603',
    meaning: 'The object has no route, so nothing reaches its receivers',
    example: 'AlertmanagerConfig shop/team has 2 receivers; it has no route',
    mend: 'Give the object a route that names one of its receivers.',
  },
} as const satisfies Entries;

/** Link `storage` of explain. */
export const storageReasons = {
  StorageKept: { code: 'STK2604', meaning: 'Silences and what was notified outlive the Pods' },
  StorageMissing: {
    code: 'STK2605',
    meaning: 'Silences and what was notified are lost with the Pods: there is no claim of a volume',
    example:
      'spec.storage of Alertmanager monitoring/main, 3 replicas; no claim: when all Pods go at once, silences are gone, and what was notified is notified again',
    mend: 'Give spec.storage a volumeClaimTemplate; a few hundred megabytes are plenty.',
  },
} as const satisfies Entries;

/** Link `peers` of explain. */
export const peersReasons = {
  PeersTogether: { code: 'STK2606', meaning: 'Every replica sees all the others' },
  SinglePeer: { code: 'STK2607', meaning: 'There is one replica' },
  PeersMissing: {
    code: 'STK2608',
    meaning: 'Fewer replicas run than the spec asks for',
    example: '3 replicas wanted (spec.replicas); 2 answers',
    mend: 'Look at its Pods: they may be starting, or have no node to run on.',
  },
  PeersSplit: {
    code: 'STK2609',
    meaning: 'Replicas do not see each other: each notifies for itself, and silences are not shared',
    example: 'sees 1 of 2 others (cluster is ready)',
    mend: 'Let the Pods reach each other at port 9094 by TCP and UDP; look for NetworkPolicies, clusterTLS that differs, and sidecars of a service mesh.',
  },
  PeersUnknown: {
    code: 'STK2610',
    meaning: 'No replica could be asked',
    example:
      '3 replicas wanted (spec.replicas); http://127.0.0.1:00000/alertmanager-0: http://127.0.0.1:00000/alertmanager-0/api/v2/status gives status 404',
    mend: 'Look whether the Pods of the Alertmanager run, and whether you may use pods/proxy; --alertmanager-url asks one at a URL.',
  },
} as const satisfies Entries;

/** Link `senders` of explain. */
export const sendersReasons = {
  SendersFound: { code: 'STK2611', meaning: 'Something that evaluates rules sends alerts to it' },
  NoSenders: {
    code: 'STK2612',
    meaning: 'Nothing that evaluates rules sends alerts to it',
    example: 'what evaluates rules, and finds its Pods by spec.alerting; none of Prometheus monitoring/main',
    mend: 'Name it in spec.alerting.alertmanagers of the Prometheus that evaluates the rules.',
  },
} as const satisfies Entries;
