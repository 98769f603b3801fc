import type { Entries } from './entry.ts';
import { guardReasons } from './guard-reasons.ts';
import { shardReasons } from './shard-reasons.ts';
import { volumeReasons } from './volume-reasons.ts';

/** Reasons of the conditions in the status of workloads; several of one condition are joined by "And". */
export const conditionReasons = {
  ReconciliationFailed: {
    code: 'STK6001',
    meaning: 'Reconciled: the last sync failed; the last good configuration stays',
    example: 'spec.additionalScrapeConfigs: Cannot use what it refers to: want a list of maps',
    mend: 'Read the message of the condition: a field waits for a change, anything else is tried again by itself.',
  },
  NotFound: {
    code: 'STK6002',
    meaning: 'Reconciled: the operator has not synced the object since it started',
  },
  BindingsNotWritten: {
    code: 'STK6003',
    meaning: 'Reconciled: the status of a selected object could not be written; all else is as it should be',
    example:
      'Cannot write the binding of ServiceMonitor shop/checkout: servicemonitors.monitoring.coreos.com "checkout" is forbidden',
    mend: 'Let the operator patch the status of monitors: apply its ClusterRole again (stoker install).',
  },
  NoSelectedResources: {
    code: 'STK6004',
    meaning: 'Reconciled: the selectors select nothing',
    example: 'No ServiceMonitor, PodMonitor, Probe or ScrapeConfig is selected',
    mend: 'Ask stoker explain about an object that should be selected.',
  },
  ConfigurationUnmanaged: {
    code: 'STK6005',
    meaning: 'Reconciled: no selector is set, the configuration is left to the user',
    example: 'The configuration Secret is left to the user, because no selector is set; set one',
    mend: 'Set a selector, unless you write the Secret yourself.',
  },
  IgnoredFields: {
    code: 'STK6006',
    meaning: 'Reconciled: something was left out that the version of the workload does not know',
    example: 'Left out "track_timestamps_staleness": it needs Prometheus 2.48.0, this is 2.30.0',
    mend: 'Raise spec.version, or remove the field.',
  },
  DeprecatedFieldsInUse: {
    code: 'STK6007',
    meaning: 'Reconciled: fields are in use that will go',
    example: 'Deprecated fields are in use: spec.baseImage',
    mend: 'Use the fields that docs/api.md names in their place.',
  },
  SomePodsNotReady: {
    code: 'STK6011',
    meaning: 'Available: some Pods are not ready',
    example: 'shard 0: pod prometheus-main-0: containers with unready status: [prometheus]',
    mend: 'Look at the Pods that the message names: kubectl describe pod.',
  },
  NoPodReady: {
    code: 'STK6012',
    meaning: 'Available: no Pod is ready',
    example: 'DaemonSet "prom-agent-main" has no pods yet',
    mend: 'Look at the Pods: kubectl describe pod; without Pods look at the StatefulSet or DaemonSet.',
  },
  StatefulSetNotFound: {
    code: 'STK6013',
    meaning: 'Available: the StatefulSet is not there',
    example: 'StatefulSet "prometheus-main" not found',
    mend: 'Look at the condition Reconciled: it says why the operator has not made it.',
  },
  DaemonSetNotFound: {
    code: 'STK6014',
    meaning: 'Available: the DaemonSet is not there',
    example: 'DaemonSet "prom-agent-main" not found',
    mend: 'Look at the condition Reconciled: it says why the operator has not made it.',
  },
  PodsNotListed: {
    code: 'STK6015',
    meaning: 'Available: the operator could not list Pods',
    example: 'Pods cannot be listed',
    mend: 'Let the operator list Pods: apply its ClusterRole again (stoker install).',
  },
  PermissionMissing: {
    code: 'STK6021',
    meaning: 'Permitted: the operator lacks rights that the workload needs',
    example: 'RBAC does not let the operator: list services in namespace shop. Apply its Role or ClusterRole again',
    mend: 'Apply the Role or ClusterRole of this version again (stoker install).',
  },
  AllReplicasLoaded: {
    code: 'STK6051',
    meaning: 'Loaded: every replica runs what was written',
  },
  LoadPending: {
    code: 'STK6052',
    meaning: 'Loaded: what was written is on its way to a replica',
    example:
      '2 of 3 replicas run what was written; prometheus-main-2: runs what it loaded at 2026-03-01T10:00:00Z, which differs at job "serviceMonitor/shop/cart/0" scrape_interval',
    mend: 'Wait: the kubelet takes up to two minutes to bring a Secret into a Pod.',
  },
  ConfigurationOutdated: {
    code: 'STK6053',
    meaning: 'Loaded: a replica goes on with an old configuration, though it had the time to load what was written',
    example:
      '2 of 3 replicas run what was written; prometheus-main-2: still runs what it loaded at 2026-03-01T10:00:00Z, which differs at job "serviceMonitor/shop/cart/0" scrape_interval',
    mend: 'Look at the log of the config-reloader of that Pod: kubectl logs POD -c config-reloader.',
  },
  ReloadFailed: {
    code: 'STK6054',
    meaning: 'Loaded: a replica has refused what it should load, and goes on with what it had',
    example:
      '2 of 3 replicas run what was written; prometheus-main-1: its reload fails since 2026-03-01T10:05:00Z, it goes on with what it loaded at 2026-03-01T10:00:00Z; why, its log says: kubectl logs prometheus-main-1 -c prometheus',
    mend: 'Read the log of that Pod: it names the file and the fault, which no program tells otherwise. Where the message names two versions, let image and spec.version agree.',
  },
  ReplicaAway: {
    code: 'STK6055',
    meaning: 'Loaded: a replica does not run',
    example:
      '2 of 3 replicas run what was written; prometheus-main-2: away since 2026-03-01T10:05:00Z: connect ECONNREFUSED 10.0.0.12:9090',
    mend: 'Look at the Pod: kubectl describe pod.',
  },
  ReplicaNotAsked: {
    code: 'STK6056',
    meaning: 'Loaded: a replica cannot be asked what it runs',
    example:
      '0 of 1 replica run what was written; prometheus-main-0 cannot be asked since 2026-03-01T10:05:00Z: 10.0.0.12:9090 does not answer in 10 s; let the operator in where a NetworkPolicy keeps it out',
    mend: 'Do what the message names, or switch it off: --observe-replicas=false.',
  },
  ...volumeReasons,
  ApprovalMissing: {
    code: 'STK6031',
    meaning: 'ChangePending: a change restarts or replaces pods, and nobody has approved it',
    example:
      'A restart of prometheus-main (spec.template.spec.containers[prometheus].image) waits for approval of 4f0c5e12a9b3d677',
    mend: 'Look at it with stoker plan, then set the annotation that the message names; or set stoker.dev/disruption: allow.',
  },
  OutsideMaintenanceWindow: {
    code: 'STK6032',
    meaning: 'ChangePending: a change restarts or replaces pods, and it is no time for that',
    example: 'A restart of prometheus-main (…) waits for the maintenance window that opens at 2026-12-05T02:00+01:00',
    mend: 'Wait, or change the annotation stoker.dev/maintenance-window.',
  },
  WorkloadsDisrupted: {
    code: 'STK6033',
    meaning: 'ChangePending: as many workloads as --max-disrupted-workloads allows are not ready',
    example:
      'A restart of prometheus-main (…) waits for other workloads, of which at most 1 may be disrupted at once: Prometheus shop/main: prometheus-main is not ready: 1 of 2 pods are available',
    mend: 'Look at the workloads that the message names: what makes them ready lets this one go on.',
  },
  ShardDisrupted: {
    code: 'STK6034',
    meaning: 'ChangePending: shards restart one after the other, and the one before is not ready',
    example: 'A restart of prometheus-main-shard-1 (…) waits for another shard: prometheus-main goes first',
    mend: 'Look at the pods of the shard that the message names.',
  },
  InvalidDisruptionPolicy: {
    code: 'STK6035',
    meaning: 'ChangePending: an annotation that says when pods may be disrupted cannot be read',
    example:
      'A restart of prometheus-main (…) waits until this is mended: annotation stoker.dev/disruption: unknown value "aprove": want "approve" or "allow"',
    mend: 'Mend the annotation.',
  },
  AnotherOperator: {
    code: 'STK6061',
    meaning:
      'Contested: another operator rules the same objects; the hash of inputs in its StatefulSets is not fought over',
    example:
      'StatefulSet "prometheus-main": metadata.annotations["prometheus-operator-input-hash"]: another operator (field manager "PrometheusOperator") has changed it 4 times since 2026-03-01T10:00:00Z; it is written back less and less often',
    mend: 'Scale the other one down, or give each its own --controller-id or namespaces.',
  },
  FieldsContested: {
    code: 'STK6062',
    meaning:
      'Contested: another field manager keeps changing what the operator writes; it is written back less and less often',
    example:
      'Secret "prometheus-main": data["prometheus.yaml.gz"]: "argocd-controller" has changed it 4 times since 2026-03-01T10:00:00Z; it is written back less and less often',
    mend: 'Take the object, or the fields that the message names, out of the hands of the manager that it names (Argo CD: ignoreDifferences).',
  },
  FileNearlyFull: {
    code: 'STK6071',
    meaning: 'NearLimit: a generated Secret or ConfigMap is more than four fifths full',
    example:
      'Secret "alertmanager-main-generated" is 85 % full: beyond the 1048576 bytes that it holds no change is written any more: let fewer AlertmanagerConfigs be selected, or mount keys beside the configuration by spec.secrets',
    mend: 'Do what the message names while there is room. A Prometheus of 2.43 or later needs nothing: its jobs go into further Secrets, with one restart of its pods.',
  },
  ...guardReasons,
  ...shardReasons,
} as const satisfies Entries;
