import type { Entries } from '../reasons/entry.ts';
import { explainReasons } from '../reasons/table.ts';
import type { StepReason } from '../reasons/table.ts';

/** The links of the chain, in their order. */
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
] as const;

export type Link = (typeof links)[number];

type MeaningsOf<T> = { readonly [R in keyof T]: string };

const meaningsOf = <T extends Entries>(entries: T): MeaningsOf<T> =>
  Object.fromEntries(Object.entries(entries).map(([reason, { meaning }]) => [reason, meaning])) as MeaningsOf<T>;

/** Every reason that a step can give, by link, and what it means (`core/reasons` holds codes and the rest). */
export const reasons = {
  operator: meaningsOf(explainReasons.operator),
  namespace: meaningsOf(explainReasons.namespace),
  labels: meaningsOf(explainReasons.labels),
  valid: meaningsOf(explainReasons.valid),
  series: meaningsOf(explainReasons.series),
  shards: meaningsOf(explainReasons.shards),
  objects: meaningsOf(explainReasons.objects),
  port: meaningsOf(explainReasons.port),
  endpoints: meaningsOf(explainReasons.endpoints),
  access: meaningsOf(explainReasons.access),
  relabelling: meaningsOf(explainReasons.relabelling),
  shard: meaningsOf(explainReasons.shard),
  limits: meaningsOf(explainReasons.limits),
  duplicates: meaningsOf(explainReasons.duplicates),
  loaded: meaningsOf(explainReasons.loaded),
  health: meaningsOf(explainReasons.health),
  written: meaningsOf(explainReasons.written),
  evaluated: meaningsOf(explainReasons.evaluated),
  firing: meaningsOf(explainReasons.firing),
  sent: meaningsOf(explainReasons.sent),
  relabelled: meaningsOf(explainReasons.relabelled),
  routed: meaningsOf(explainReasons.routed),
  grouped: meaningsOf(explainReasons.grouped),
  inhibited: meaningsOf(explainReasons.inhibited),
  silenced: meaningsOf(explainReasons.silenced),
  muted: meaningsOf(explainReasons.muted),
  reached: meaningsOf(explainReasons.reached),
  storage: meaningsOf(explainReasons.storage),
  peers: meaningsOf(explainReasons.peers),
  senders: meaningsOf(explainReasons.senders),
  delivered: meaningsOf(explainReasons.delivered),
  any: meaningsOf(explainReasons.any),
} as const satisfies Readonly<Record<Link | 'any', Readonly<Record<string, string>>>>;

/** The reason of a step; the compiler refuses one that has no code. */
export type ReasonCode = StepReason;
