import type { StepReason, explainReasons } from '../reasons/table.ts';

/** The links of the chain, in their order; `core/reasons` holds what each may say. */
export const links = [
  'operator',
  'namespace',
  'labels',
  'valid',
  'series',
  'shards',
  'objects',
  'port',
  'endpoints',
  'access',
  'relabelling',
  'shard',
  'limits',
  'duplicates',
  'loaded',
  'health',
  'written',
  'evaluated',
  'firing',
  'sent',
  'relabelled',
  'routed',
  'grouped',
  'inhibited',
  'silenced',
  'muted',
  'reached',
  'storage',
  'peers',
  'senders',
  'delivered',
] as const satisfies readonly (keyof typeof explainReasons)[];

export type Link = (typeof links)[number];

/** The reason of a step; the compiler refuses one that has no code. */
export type ReasonCode = StepReason;
