import type { Entries } from './entry.ts';

/** Link `namespace` of explain. */
export const namespaceReasons = {
  NamespaceSelected: { code: 'STK1101', meaning: "The workload's namespace selector takes the object's namespace" },
  NamespaceSelectorUnset: {
    code: 'STK1102',
    meaning: "The namespace selector is null, which means the workload's own namespace alone",
    example: 'monitoring/main looks in its own namespace alone',
    mend: 'Set the namespace selector of the workload: {} takes every namespace, matchLabels some; kubernetes.io/metadata.name is a label of each namespace.',
  },
  NamespaceLabelsDiffer: {
    code: 'STK1103',
    meaning: 'The labels of the namespace do not match the namespace selector',
    example: 'monitoring/main does not select its namespace: shop has team=retail',
    mend: 'Label the Namespace as the selector wants, or widen the selector.',
  },
} as const satisfies Entries;

/** Link `labels` of explain. */
export const labelReasons = {
  LabelsMatch: { code: 'STK1111', meaning: "The workload's selector takes the object" },
  NamedByWorkload: { code: 'STK1112', meaning: 'The workload names the AlertmanagerConfig: it begins with it' },
  SelectorUnset: {
    code: 'STK1113',
    meaning: 'The selector is null, which selects nothing',
    example: 'spec.serviceMonitorSelector of monitoring/main is null, which selects nothing',
    mend: 'Set the selector: {} selects every object of the kind, matchLabels some. Null and {} are opposites.',
  },
  LabelsDiffer: {
    code: 'STK1114',
    meaning: 'The labels of the object do not match the selector',
    example: 'its labels do not match the selector of monitoring/main: found release=other',
    mend: 'Label the object as the selector of the workload wants, or change the selector. With Helm charts it is most often the label release.',
  },
} as const satisfies Entries;
