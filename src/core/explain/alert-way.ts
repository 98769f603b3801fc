import type { Route } from '../alertmanager-config/read-routing.ts';
import type { Labels } from '../routing/matching.ts';
import { listMatcherNames, listReachable } from '../routing/reach.ts';
import type { Reach } from '../routing/reach.ts';
import type { RoutingScene } from '../routing/routing-scene.ts';
import type { AlertRule } from './alert-rules.ts';
import type { AlertQuestion } from './facts.ts';
import { addLabels, closeLabels, relabelKnown } from '../routing/known-labels.ts';
import type { KnownLabels, KnownRelabelling } from '../routing/known-labels.ts';
import type { UseCase } from './links/used.ts';
import type { RoutingView } from './routing-view.ts';
import type { AlertmanagerFacts, FiringAlert, HeldAlert } from './running.ts';
import { leadsTo } from './sending.ts';
import type { OpenedSending, SentTo } from './sending.ts';
import type { WorkloadProblem } from './workload-problem.ts';

/** One alert of a rule, on its way from what evaluates the rule to the receivers of one Alertmanager. */
export interface AlertCase extends UseCase {
  readonly asked: AlertQuestion;
  readonly alertRule: AlertRule;
  /** As the replicas have it; absent: they have none, or were not asked. */
  readonly instance: FiringAlert | undefined;
  /** What is known of its labels as it leaves the rule; all of them of one that fires. */
  readonly labels: KnownLabels;
  readonly alertmanager: RoutingView;
  /** How what evaluates the rule sends alerts, all of them: it is worked out once. */
  readonly openSending: () => OpenedSending;
  readonly way: AlertWay;
}

/** What becomes of the labels of the alert, and the routes that take it. */
export interface Routed {
  readonly scene: RoutingScene;
  readonly labels: KnownLabels;
  /** With the names of all matchers of the configuration. */
  readonly known: Labels;
  readonly reaches: readonly Reach[];
}

type WayInput = Omit<AlertCase, 'way'>;

/** What the links after the rule look at, worked out when asked for, once. */
export class AlertWay {
  readonly #one: WayInput;
  #relabelled: Relabelled | undefined;
  #routed: Routed | { readonly problem: WorkloadProblem } | undefined;
  #facts: readonly AlertmanagerFacts[] | undefined;

  constructor(one: WayInput) {
    this.#one = one;
  }

  sending(): OpenedSending {
    return this.#one.openSending();
  }

  /** The place by which the Alertmanager gets alerts. */
  findPlace(): SentTo | undefined {
    const sending = this.sending();
    return 'problem' in sending ? undefined : sending.places.find((one) => leadsTo(one, this.#one.alertmanager.name));
  }

  /** The alert as it is sent: external labels added, rules of all alerts run, then those of the place. */
  relabelled(): Relabelled {
    this.#relabelled ??= this.#relabel();
    return this.#relabelled;
  }

  #relabel(): Relabelled {
    const sending = this.sending();
    const { labels } = this.#one;
    if ('problem' in sending) return { labels, droppedBy: undefined, perhapsDroppedBy: undefined, place: undefined };
    const all = relabelKnown(addLabels(labels, sending.externalLabels), sending.rules);
    const place = this.findPlace();
    if (all.droppedBy !== undefined || place === undefined) return { ...all, place: undefined };
    const own = relabelKnown(all.labels, place.rules);
    const isOwn = own.droppedBy !== undefined || all.perhapsDroppedBy === undefined;
    return isOwn ? { ...own, place } : { ...all, labels: own.labels, place: undefined };
  }

  /** The routes that take it, or why there are none. */
  routed(): Routed | { readonly problem: WorkloadProblem } {
    this.#routed ??= this.#route();
    return this.#routed;
  }

  #route(): Routed | { readonly problem: WorkloadProblem } {
    const opened = this.#one.alertmanager.open();
    if ('problem' in opened) return opened;
    const { scene } = opened;
    const { labels } = this.relabelled();
    const known = closeLabels(labels, listMatcherNames(scene.config));
    return { scene, labels, known, reaches: listReachable(scene.config.root, known, scene.matching) };
  }

  /** The ways to somebody: to the receiver that is wanted, else to those that notify. */
  listReaches(): Reach[] {
    const routed = this.routed();
    if ('problem' in routed) return [];
    const { receiver } = this.#one.asked;
    const notifying = listNotifying(routed.scene);
    return routed.reaches.filter(({ route }) =>
      receiver === undefined ? notifying.has(route.receiver.value) : isReceiver(route.receiver.value, receiver),
    );
  }

  /** The routes that take it to somebody for certain; where there are none, those that may. */
  listReached(): Route[] {
    const reaches = this.listReaches();
    const certain = reaches.filter(({ isCertain }) => isCertain);
    return (certain.length > 0 ? certain : reaches).map(({ route }) => route);
  }

  /** What the running Alertmanagers say. */
  askReplicas(): readonly AlertmanagerFacts[] {
    this.#facts ??= this.#one.alertmanager.askReplicas();
    return this.#facts;
  }

  /** The alert as running Alertmanagers have it. Undefined: none has it, or its labels are not known. */
  findHeld(): HeldAlert | undefined {
    const { instance } = this.#one;
    const { values, names } = this.relabelled().labels;
    if (instance === undefined || names === undefined) return undefined;
    const wanted = writeAll(Object.fromEntries([...values].filter(([, value]) => value !== '')));
    return this.askReplicas()
      .flatMap(({ alerts = [] }) => alerts)
      .find((alert) => writeAll(alert.labels) === wanted);
  }
}

export interface Relabelled extends KnownRelabelling {
  /** Whose rule it is that drops the alert; undefined: one of all alerts. */
  readonly place: SentTo | undefined;
}

const writeAll = (labels: Readonly<Record<string, string>>): string => JSON.stringify(Object.entries(labels).sort());

/** The names of the receivers that have a way of notifying. */
export function listNotifying({ config }: RoutingScene): ReadonlySet<string> {
  return new Set(config.receivers.flatMap(({ name, notifiers }) => (notifiers.length > 0 ? [name] : [])));
}

/** Whether a receiver is meant by a name: its own, or what stands behind the prefix of its object. */
export const isReceiver = (name: string, wanted: string): boolean => name === wanted || name.endsWith(`/${wanted}`);
