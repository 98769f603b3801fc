import type { Entries } from './entry.ts';

/** What `stoker check` and the webhook say besides rejections: the schema, its CEL rules, and fields without an effect. */
export const checkReasons = {
  UnknownType: {
    code: 'STK4001',
    meaning: 'There is no such kind, or not in that version',
    example: 'Unknown kind "ServiceMoniter": did you mean "ServiceMonitor"?',
    mend: 'Correct apiVersion or kind.',
  },
  InvalidObject: {
    code: 'STK4002',
    meaning: 'No API server could decode the object',
    example: 'Cannot be used: metadata.labels.release must be a text',
    mend: 'Put values that YAML takes for numbers, booleans or dates in quotes: labels, annotations and data are texts.',
  },
  RuleBroken: {
    code: 'STK4003',
    meaning: 'A CEL rule of the CRD refuses the object: fields do not go together',
    example: 'mode DaemonSet does not go with replicas: remove one of them',
    mend: 'Remove one of the fields that the message names.',
  },
  FieldTooNew: {
    code: 'STK4004',
    meaning: 'The CRD of the cluster has the field, this version of Stoker does not know it',
    example: 'Unknown field to this version of Stoker, though the CRD has it: it has no effect',
    mend: 'Upgrade Stoker, or remove the field.',
  },
  FieldDropped: {
    code: 'STK4005',
    meaning: 'The CRD of the cluster is older than the field: the API server drops it',
    example: 'Field is dropped by the API server: the CRD is of 0.79.0, this field needs that of 0.93.0',
    mend: 'Apply the CRDs of this version: stoker crds prints them.',
  },
  DeprecatedField: {
    code: 'STK4006',
    meaning: 'The field works and will go',
    example: 'Deprecated field: use image',
    mend: 'Use the field that the message names.',
  },
  FieldIgnored: {
    code: 'STK4007',
    meaning: 'The version of the workload does not know a field of a rule: the rule is used without it',
    example: 'Left out keep_firing_for: Prometheus "2.40.0" does not know it, it needs 2.42.0',
    mend: 'Raise spec.version of the workload, or remove the field.',
  },
  FieldLeftOut: {
    code: 'STK4008',
    meaning: 'The configuration is written without something that the version of the workload does not know',
    example: 'Left out "track_timestamps_staleness": it needs Prometheus 2.48.0, this is 2.30.0',
    mend: 'Raise spec.version of the workload, or remove the field.',
  },
  InvalidWorkload: {
    code: 'STK4009',
    meaning: 'The workload cannot be rendered: its last good configuration stays',
    example: 'Cannot render for Prometheus "v1.8.2": want major version 2 or 3',
    mend: 'Correct the field that the message names.',
  },
  NotSelected: {
    code: 'STK4010',
    meaning: 'No workload selects the object, so nothing comes of it',
    example:
      'Not selected by any Prometheus or PrometheusAgent: compare its labels and its namespace with the selectors of Prometheus monitoring/main',
    mend: 'Label the object as the selector wants; stoker explain says what is missing.',
  },
} as const satisfies Entries;
