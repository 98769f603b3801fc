import type { Entries } from './entry.ts';

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
} as const satisfies Entries;
