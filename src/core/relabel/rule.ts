import type { NameScheme } from './label-names.ts';

export const relabelActions = [
  'replace',
  'keep',
  'drop',
  'keepequal',
  'dropequal',
  'hashmod',
  'lowercase',
  'uppercase',
  'labelmap',
  'labeldrop',
  'labelkeep',
] as const;

export type RelabelAction = (typeof relabelActions)[number];

/** One entry of relabel_configs with its defaults filled in (docs/reference/discovery.md 4.1). */
export interface RelabelRule {
  readonly action: RelabelAction;
  readonly sourceLabels: readonly string[];
  readonly separator: string;
  /** As written; it is anchored when compiled. */
  readonly regex: string;
  /** An unsigned 64-bit number; 0 means not given. */
  readonly modulus: bigint;
  readonly targetLabel: string;
  readonly replacement: string;
}

export const relabelDefaults: RelabelRule = {
  action: 'replace',
  sourceLabels: [],
  separator: ';',
  regex: '(.*)',
  modulus: 0n,
  targetLabel: '',
  replacement: '$1',
};

/** What depends on the version of Prometheus and on the job (docs/reference/discovery.md 8.1). */
export interface RelabelSemantics {
  readonly nameScheme: NameScheme;
  /** Whether a dot of an expression matches "\n"; since 3.0. */
  readonly dotNewline: boolean;
  /** Before 2.50: an empty or invalid expansion deletes the label that is named like the template itself. */
  readonly deletesTemplateName: boolean;
}
