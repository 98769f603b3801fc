import { evaluatedReasons, firingReasons, writtenReasons } from './evaluation-reasons.ts';
import { relabelledReasons, sentReasons } from './sending-reasons.ts';
import { routedReasons } from './routed-reasons.ts';
import {
  deliveredReasons,
  groupedReasons,
  inhibitedReasons,
  mutedReasons,
  silencedReasons,
} from './notification-reasons.ts';
import { peersReasons, reachedReasons, sendersReasons, storageReasons } from './alertmanager-reasons.ts';
import { accessReasons } from './access-reasons.ts';
import { checkReasons } from './check-reasons.ts';
import { clientRejections } from './client-rejections.ts';
import { conditionReasons } from './condition-reasons.ts';
import { endpointReasons } from './endpoint-reasons.ts';
import type { ReasonGroup } from './entry.ts';
import { generalRejections } from './general-rejections.ts';
import { objectReasons } from './object-reasons.ts';
import { operatorReasons } from './operator-reasons.ts';
import { portReasons } from './port-reasons.ts';
import { referenceRejections } from './reference-rejections.ts';
import { answerReasons, healthReasons, loadedReasons } from './replica-reasons.ts';
import { routeReasons } from './route-reasons.ts';
import { routingRejections } from './routing-rejections.ts';
import { ruleRejections } from './rule-rejections.ts';
import { scrapeRejections } from './scrape-rejections.ts';
import { labelReasons, namespaceReasons } from './selection-reasons.ts';
import { ruleShardReasons, seriesReasons } from './series-reasons.ts';
import { duplicateReasons, limitReasons, relabellingReasons, shardReasons } from './target-reasons.ts';
import { validityReasons } from './validity-reasons.ts';
import { workloadRejections } from './workload-rejections.ts';

/** Reasons of explain by link, in the order of the chain; `any` is what every link may say. */
export const explainReasons = {
  operator: operatorReasons,
  namespace: namespaceReasons,
  labels: labelReasons,
  valid: validityReasons,
  series: seriesReasons,
  shards: ruleShardReasons,
  objects: objectReasons,
  port: portReasons,
  endpoints: endpointReasons,
  access: accessReasons,
  relabelling: relabellingReasons,
  shard: shardReasons,
  limits: limitReasons,
  duplicates: duplicateReasons,
  loaded: loadedReasons,
  health: healthReasons,
  written: writtenReasons,
  evaluated: evaluatedReasons,
  firing: firingReasons,
  sent: sentReasons,
  relabelled: relabelledReasons,
  routed: routedReasons,
  grouped: groupedReasons,
  inhibited: inhibitedReasons,
  silenced: silencedReasons,
  muted: mutedReasons,
  delivered: deliveredReasons,
  reached: reachedReasons,
  storage: storageReasons,
  peers: peersReasons,
  senders: sendersReasons,
  any: answerReasons,
} as const;

type ExplainReasons = typeof explainReasons;

/** Why an object or a workload is left out. */
export type RejectionReason =
  | keyof typeof generalRejections
  | keyof typeof referenceRejections
  | keyof typeof clientRejections
  | keyof typeof scrapeRejections
  | keyof typeof ruleRejections
  | keyof typeof routingRejections
  | keyof typeof workloadRejections;
/** What a check may say. */
export type FindingReason =
  RejectionReason | keyof typeof checkReasons | 'SeriesImpossible' | 'RulesSplit' | 'FileNearlyFull';
export type RouteReason = keyof typeof routeReasons;
export type ConditionReason = keyof typeof conditionReasons;
/** What a step of explain may say. */
export type StepReason = { [L in keyof ExplainReasons]: keyof ExplainReasons[L] }[keyof ExplainReasons];
export type Reason = StepReason | FindingReason | RouteReason | ConditionReason;

/** Every group, by its digits. */
export const reasonGroups: readonly ReasonGroup[] = [
  { digits: '10', title: 'The operator', where: 'explain, link `operator`', entries: operatorReasons },
  {
    digits: '11',
    title: 'Selection by the workload',
    where: 'explain, links `namespace` and `labels`',
    entries: { ...namespaceReasons, ...labelReasons },
  },
  {
    digits: '12',
    title: 'Series of rules',
    where: 'explain, links `series` and `shards`, and check',
    entries: { ...seriesReasons, ...ruleShardReasons },
  },
  { digits: '13', title: 'Validity', where: 'explain, link `valid`', entries: validityReasons },
  { digits: '14', title: 'Selected objects', where: 'explain, link `objects`', entries: objectReasons },
  { digits: '15', title: 'Ports', where: 'explain, link `port`', entries: portReasons },
  { digits: '16', title: 'Endpoints', where: 'explain, link `endpoints`', entries: endpointReasons },
  { digits: '17', title: "Prometheus' rights", where: 'explain, link `access`', entries: accessReasons },
  { digits: '18', title: 'Relabelling', where: 'explain, link `relabelling`', entries: relabellingReasons },
  {
    digits: '19',
    title: 'Shards, limits, duplicates',
    where: 'explain, links `shard`, `limits` and `duplicates`',
    entries: { ...shardReasons, ...limitReasons, ...duplicateReasons },
  },
  {
    digits: '20',
    title: 'Replicas',
    where: 'explain, links `loaded` and `health`',
    entries: { ...loadedReasons, ...healthReasons },
  },
  { digits: '21', title: 'Any link', where: 'explain, any link and the answer as a whole', entries: answerReasons },
  {
    digits: '22',
    title: 'Rules that run',
    where: 'explain, links `written`, `evaluated`, `firing`',
    entries: { ...writtenReasons, ...evaluatedReasons, ...firingReasons },
  },
  {
    digits: '23',
    title: 'Sending of alerts',
    where: 'explain, links `sent`, `relabelled`',
    entries: { ...sentReasons, ...relabelledReasons },
  },
  {
    digits: '24',
    title: 'Routes of an alert',
    where: 'explain, link `routed`',
    entries: { ...routedReasons },
  },
  {
    digits: '25',
    title: 'Notification',
    where: 'explain, links `grouped`, `inhibited`, `silenced`, `muted`, `delivered`',
    entries: { ...groupedReasons, ...inhibitedReasons, ...silencedReasons, ...mutedReasons, ...deliveredReasons },
  },
  {
    digits: '26',
    title: 'Alertmanagers and their configurations',
    where: 'explain, links `reached`, `storage`, `peers`, `senders`',
    entries: { ...reachedReasons, ...storageReasons, ...peersReasons, ...sendersReasons },
  },
  { digits: '30', title: 'Routes', where: 'route', entries: routeReasons },
  { digits: '40', title: 'Checks', where: 'check and the webhook', entries: checkReasons },
  ...[
    { digits: '50', title: 'Rejections: any object', entries: generalRejections },
    { digits: '51', title: 'Rejections: what is referred to', entries: referenceRejections },
    { digits: '52', title: 'Rejections: clients of HTTP', entries: clientRejections },
    { digits: '53', title: 'Rejections: scraping', entries: scrapeRejections },
    { digits: '54', title: 'Rejections: rules', entries: ruleRejections },
    { digits: '55', title: 'Rejections: routes and receivers', entries: routingRejections },
    { digits: '56', title: 'Rejections: workloads', entries: workloadRejections },
  ].map((group) => ({ ...group, where: 'check, the webhook, render, Events, and `cause` of explain' })),
  { digits: '60', title: 'Conditions', where: 'status.conditions of workloads', entries: conditionReasons },
];
