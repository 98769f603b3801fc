import type { KubernetesObject } from '../../api/meta.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import type { ExplainFacts, Premises } from '../explain/facts.ts';
import { Inquiry } from '../explain/inquiry.ts';
import type { Answers, OpenQuestions } from '../explain/questions.ts';
import { openWorkloads } from '../explain/workload-view.ts';
import type { WorkloadView } from '../explain/workload-view.ts';
import { workloadKinds } from '../kinds/registry.ts';
import type { Lister } from '../listers.ts';
import { monitorKinds } from '../monitor.ts';
import type { Monitor } from '../monitor.ts';
import { describeRefusals } from '../refusal.ts';
import type { Overview, UseRow } from './overview.ts';
import { listMonitorRows } from './monitor-rows.ts';
import type { FollowedMonitor } from './monitor-rows.ts';
import { compareRows } from './order.ts';
import { listRejected, mergePermissions } from './told-rows.ts';
import { listUseRows, shareUses, usedKinds } from './use-rows.ts';
import type { SharedUses } from './use-rows.ts';
import { listWorkloadRows, openOthers, openScraping } from './workload-rows.ts';
import type { OpenedWorkload } from './workload-rows.ts';

/** An overview, or what must be known first. */
export type OverviewOutcome = { readonly overview: Overview } | { readonly open: OpenQuestions };

/** What is worked out once all that workloads select and refer to is known. */
interface Ground {
  readonly inquiry: Inquiry;
  readonly facts: ExplainFacts;
  readonly views: readonly WorkloadView[];
  readonly workloads: readonly OpenedWorkload[];
  readonly share: SharedUses;
}

/**
 * What `explain` says of everything, worked out in as many passes as there are rounds of questions. Each pass takes over what the one before has
 * settled: nothing may change meanwhile but that more is answered.
 */
export class Survey {
  readonly #premises: Premises;
  readonly #rows = new Map<string, readonly FollowedMonitor[]>();
  readonly #uses = new Map<string, readonly UseRow[]>();
  #ground: Ground | undefined;

  constructor(premises: Premises) {
    this.#premises = premises;
  }

  *run(answers: Answers): Interruptible<OverviewOutcome> {
    const inquiry = this.#ground?.inquiry ?? new Inquiry(answers);
    inquiry.forget();
    const overview = yield* inquiry.attempt(this.#surveyFrom(inquiry));
    return overview === undefined ? { open: inquiry.open } : { overview };
  }

  *#surveyFrom(inquiry: Inquiry): Interruptible<Overview | undefined> {
    this.#ground ??= yield* openGround(inquiry, this.#premises);
    return this.#ground && (yield* this.#survey(this.#ground));
  }

  *#survey(ground: Ground): Interruptible<Overview | undefined> {
    const { inquiry, facts } = ground;
    const monitors = yield* this.#followMonitors(ground);
    const uses = yield* this.#followUses(ground);
    const workloads = yield* listWorkloadRows(facts, ground.workloads);
    if (!inquiry.isComplete) return undefined;
    const rows = monitors.map(({ row }) => row).sort(compareRows);
    yield;
    const sorted = uses.sort(compareRows);
    return {
      monitors: rows,
      workloads,
      rules: sorted.filter(({ object }) => object.kind === 'PrometheusRule'),
      routes: sorted.filter(({ object }) => object.kind === 'AlertmanagerConfig'),
      rejected: listRejected([...rows, ...sorted]),
      permissions: mergePermissions(monitors.flatMap(({ permissions }) => permissions)),
      notes: describeRefusals(facts.listUnread()),
      supposed: facts.supposed,
    };
  }

  *#followMonitors(ground: Ground): Interruptible<FollowedMonitor[]> {
    const { facts, views } = ground;
    for (const kind of monitorKinds) {
      const follow = (monitor: Monitor, facts: ExplainFacts): FollowedMonitor[] =>
        listMonitorRows({ facts, views, kind, monitor });
      yield* followAll(ground, this.#rows, { kind, objects: facts.sources[kind].list(), follow });
    }
    return [...this.#rows.values()].flat();
  }

  *#followUses(ground: Ground): Interruptible<UseRow[]> {
    const { facts, share } = ground;
    for (const kind of usedKinds) {
      const follow = (object: KubernetesObject, facts: ExplainFacts): UseRow[] =>
        listUseRows({ facts, share, kind, object });
      yield* followAll(ground, this.#uses, { kind, objects: facts.sources[kind].list(), follow });
    }
    return [...this.#uses.values()].flat();
  }
}

interface Following<T extends KubernetesObject, R> {
  readonly kind: string;
  readonly objects: readonly T[];
  readonly follow: (object: T, facts: ExplainFacts) => readonly R[];
}

/** Adds the rows of all objects that have none yet and for which nothing more must be asked. */
function* followAll<T extends KubernetesObject, R>(
  ground: Ground,
  rows: Map<string, readonly R[]>,
  { kind, objects, follow }: Following<T, R>,
): Interruptible<void> {
  for (const object of objects) {
    // Nothing more can be settled before objects and assets are there.
    if (!ground.inquiry.isSettled) return;
    const { namespace = '', name = '' } = object.metadata;
    const key = `${kind} ${namespace}/${name}`;
    if (rows.has(key)) continue;
    const found = followOne(ground, (facts) => follow(object, facts));
    if (found !== undefined) rows.set(key, found);
    yield;
  }
}

/** What comes of one monitor; undefined where something must be asked for it first. What others ask does not stop it. */
function followOne<T>({ inquiry, facts }: Ground, follow: (facts: ExplainFacts) => T): T | undefined {
  const before = inquiry.size;
  const found = follow({ ...facts, hasOpen: () => inquiry.size > before });
  return inquiry.size > before ? undefined : found;
}

function* openGround(inquiry: Inquiry, premises: Premises): Interruptible<Ground | undefined> {
  const facts = inquiry.openFacts(premises);
  askForObjects(facts);
  if (facts.hasOpen()) return undefined;
  const views = openWorkloads(facts);
  for (const view of views) yield* view.prepare();
  const others = openOthers(facts);
  if (facts.hasOpen()) return undefined;
  for (const view of views) yield* view.openAll();
  const workloads = [...views.map(openScraping), ...others];
  if (facts.hasOpen()) return undefined;
  const share = yield* shareUses(facts, views);
  return facts.hasOpen() ? undefined : { inquiry, facts, views, workloads, share };
}

/** All at once: they would be met one after the other. */
export function askForObjects({ sources, cluster, instancesOf }: ExplainFacts): void {
  const listers: Readonly<Record<string, Lister<KubernetesObject>>> = { ...sources, ...cluster };
  for (const lister of Object.values(listers)) lister.list();
  for (const kind of workloadKinds) instancesOf(kind);
}
