import type { RejectionReason } from '../reasons/table.ts';
import type { LabelChange, RelabelStep } from '../relabel/relabel.ts';
import type { Link, ReasonCode } from './reasons.ts';

/** How one link of the chain came out. `skipped`: not reached, or nothing to look at. */
export type Verdict = 'pass' | 'fail' | 'warn' | 'unknown' | 'skipped';

/** An object of the API; `namespace` is "" for those in none. */
export interface ObjectName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Names of fields and indexes of lists from the object's root, such as ["spec", "endpoints", 0, "port"]. */
export type FieldSegments = readonly (string | number)[];

/**
 * One edit that mends what is wrong. Those with a `change` other than "manual" can be made by a program; whether it may
 * unasked, `holdFix` says.
 */
export interface Fix {
  readonly object: ObjectName;
  readonly change: 'set' | 'remove' | 'create' | 'delete' | 'manual';
  /** Path of the field as text, such as `spec.endpoints[0].port`; "" for the whole object. */
  readonly field: string;
  readonly path: FieldSegments;
  /** The value to set, or the object to create. */
  readonly value?: unknown;
  /** Nothing comes near what was written, or several things do. Not part of the answer for machines: it has `applicable`. */
  readonly isGuess?: boolean;
  /** For people, as an order: "in Prometheus monitoring/main set spec.serviceMonitorSelector to {}". */
  readonly text: string;
}

/** How many of how many went through. */
export interface Counts {
  readonly selected: number;
  readonly total: number;
}

export interface StepOperands {
  /** Name or number of the port that was asked for. */
  readonly port?: string | number;
  /** The rule that dropped targets, as it went for the first of them. */
  readonly drop?: RelabelStep;
  /** Works out the way of the targets through the rules of their job: some of them, where there are many. */
  readonly trace?: () => readonly RelabelTrace[];
}

/** The way of one target through the rules of its job. */
export interface RelabelTrace {
  /** Its URL, or the address that it was discovered with. */
  readonly target: string;
  readonly outcome: 'active' | 'dropped' | 'failed';
  readonly discovered: Readonly<Record<string, string>>;
  /** What it came out with, or had when it was dropped. */
  readonly labels: Readonly<Record<string, string>>;
  readonly steps: readonly TracedRule[];
}

export interface TracedRule {
  /** Counted from 1. */
  readonly rule: number;
  readonly action: string;
  /** False: it dropped the target. */
  readonly kept: boolean;
  readonly changes: readonly LabelChange[];
  /** The field that asked for the rule; absent where nobody did. */
  readonly object?: ObjectName;
  readonly at?: string;
}

/** All times are RFC 3339; what is not known is absent. */
export interface SeenLoad {
  readonly writtenAt?: string;
  readonly replicas: readonly SeenReplica[];
}

export interface SeenReplica {
  /** Name of the Pod. */
  readonly name: string;
  /** Such as "loaded", "behind", "refused", "away". */
  readonly state: string;
  /** Since when it is in that state, as far as it was seen. */
  readonly since: string;
  readonly loadedAt?: string;
}

/** What one link of the chain compared with what. */
export interface Step {
  readonly link: Link;
  readonly verdict: Verdict;
  /** Stable word for machines. */
  readonly reason: ReasonCode;
  /** The reason of a rejection (`SecretNotFound`), only where `reason` is Rejected. */
  readonly cause?: RejectionReason;
  /** The object whose field `at` is. */
  readonly object: ObjectName;
  /** Path of the field that decided; "" for the whole object. */
  readonly at: string;
  /** What was asked for, and what was there; for people. */
  readonly compared: string;
  readonly found: string;
  readonly counts?: Counts;
  /** What the operator has seen of the replicas by itself, with times. */
  readonly load?: SeenLoad;
  /** Parts of the two texts, for the summary: nobody reads texts back. Not part of the answer for machines. */
  readonly operands?: StepOperands;
  readonly fixes: readonly Fix[];
}

/** A target that is scraped. */
export interface ScrapedTarget {
  readonly url: string;
  /** As the replica that scrapes it says; absent when none was asked. */
  readonly health?: string;
}

/** The way of one endpoint of one monitor through one workload, up to the first link that fails. */
export interface Chain {
  readonly workload: ObjectName;
  readonly monitor: ObjectName;
  /** Path of the endpoint or rule, such as `spec.endpoints[0]`; "" for kinds with one job, or when it was not reached. */
  readonly endpoint: string;
  /** Name of the scrape job; "" when it was not reached. */
  readonly job: string;
  /** Whether anything is scraped, used or notified of: the first link that fails says why not. */
  readonly scraped: boolean;
  readonly steps: readonly Step[];
  readonly targets: readonly ScrapedTarget[];
  /** Of an alert: whom it is sent to. */
  readonly alertmanager?: ObjectName;
  /** Of an alert: what is known of its labels. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Of an alert: the receivers that it reaches, "shop/team/pager". */
  readonly receivers?: readonly string[];
}

/**
 * `PartlyScraped`: some endpoints are, others are not. `Used` and `NotUsed`: of rules and routes. `Notified` and `NotNotified`:
 * of alerts. `Healthy` and `NotHealthy`: of Alertmanagers. `Unknown`: too little could be read to say.
 */
export type ExplanationVerdict =
  | 'Scraped'
  | 'PartlyScraped'
  | 'NotScraped'
  | 'Used'
  | 'NotUsed'
  | 'Notified'
  | 'NotNotified'
  | 'Healthy'
  | 'NotHealthy'
  | 'Unknown';

/** The answer: first in one sentence, then the evidence, then the edits. */
export interface Explanation {
  readonly subject: ObjectName;
  readonly verdict: ExplanationVerdict;
  /** Reason of the first link that fails, else of the first that warns, else "Scraped". */
  readonly reason: ReasonCode;
  readonly cause?: RejectionReason;
  readonly object: ObjectName;
  readonly at: string;
  readonly summary: string;
  /** The one that the summary is about comes first. */
  readonly chains: readonly Chain[];
  readonly fixes: readonly Fix[];
  /** What could not be read, and what was supposed in its place. */
  readonly notes: readonly string[];
}

/** "shop/checkout", or the name alone for what is in no namespace. */
export function showName({ namespace, name }: Pick<ObjectName, 'namespace' | 'name'>): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

/** "ServiceMonitor shop/checkout". */
export function showObject(object: ObjectName): string {
  return `${object.kind} ${showName(object)}`;
}

const plainName = /^[A-Za-z_][-\w]*$/;

/** ["metadata", "labels", "a/b"] as `metadata.labels["a/b"]`. */
export function showPath(path: FieldSegments): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (!plainName.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** `spec.endpoints[0].port` as segments; names with dots in them cannot be told apart and must not be in it. */
export function readPath(field: string): FieldSegments {
  return [...field.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([text, index]) =>
    index === undefined ? text : Number(index),
  );
}
