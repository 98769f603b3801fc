import type { Entries } from './entry.ts';

/** Reasons of the condition Guarded. */
export const guardReasons = {
  InvalidGuard: {
    code: 'STK6081',
    meaning:
      'Guarded: an annotation that asks for a PodDisruptionBudget or NetworkPolicy cannot be read; what there is stays',
    example:
      'annotation stoker.dev/pod-disruption-budget: cannot read "two": want "on", "off", or how many pods of a shard may be away, as "1", "25%", "maxUnavailable=1" or "minAvailable=2"; what there is of it stays until it is mended',
    mend: 'Mend the annotation.',
  },
  GuardNameTaken: {
    code: 'STK6082',
    meaning: 'Guarded: there is an object of the name that is not the workload’s; it is left as it is',
    example:
      'PodDisruptionBudget "prometheus-main" is there and is not of this workload: it is left as it is; delete it, or set stoker.dev/pod-disruption-budget to "off"',
    mend: 'Delete your own object, or switch the operator’s off for this workload by its annotation.',
  },
  GuardNotWritten: {
    code: 'STK6083',
    meaning: 'Guarded: the API server does not take the PodDisruptionBudget or NetworkPolicy; all else goes on',
    example:
      'Cannot write PodDisruptionBudget "prometheus-main": poddisruptionbudgets.policy is forbidden: User "system:serviceaccount:stoker:stoker" cannot create resource',
    mend: 'Where it is forbidden, apply the Role or ClusterRole with these features again (stoker install --pod-disruption-budgets …, --network-policies …).',
  },
  GuardsSwitchedOff: {
    code: 'STK6084',
    meaning: 'Guarded: an annotation asks for what the flags of the operator switch off',
    example:
      'annotation stoker.dev/network-policy: "on" asks for a NetworkPolicy, and the operator makes none: run it with --network-policies=annotated, or remove the annotation',
    mend: 'Run the operator with --pod-disruption-budgets=annotated or --network-policies=annotated and the role for it, or remove the annotation.',
  },
  EvictionsBlocked: {
    code: 'STK6085',
    meaning: 'Guarded: the PodDisruptionBudget is as asked for, and lets no pod go: drains of nodes wait for ever',
    example:
      'PodDisruptionBudget "prometheus-main" lets no pod be evicted: minAvailable: 1 of 1 replica, so that a drain of its node waits for ever; have more replicas, or set stoker.dev/pod-disruption-budget to "maxUnavailable=1"',
    mend: 'Have more replicas, or set the annotation to maxUnavailable=1.',
  },
} as const satisfies Entries;
