import { visitInBatches } from '../../base/interruptible.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { recalledAtOnce } from '../limits.ts';
import type { Monitor, MonitorKind } from '../monitor.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import type { Rejection } from '../rejection.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { CommonRules } from '../render/prometheus/config/common-rules.ts';
import { LoadCheck } from '../render/prometheus/config/load-check.ts';
import type { Fragment } from '../render/prometheus/config/fragment.ts';
import type { FragmentVerdict } from '../render/prometheus/config/monitor-fragment.ts';
import type { ScrapeContext } from '../render/prometheus/config/scrape-context.ts';
import { judgeMonitor, surveyMonitor } from './judge-monitor.ts';
import { compareKeys } from './match.ts';

/**
 * What all verdicts of a sync depend on besides the monitor and what it refers to: the same object as long as it is the same.
 */
interface World {
  /** The context, and the content of what it refers to. */
  readonly inputs: string;
  /** Its id. */
  readonly context: string;
  /** What loads jobs rendered in that context. */
  readonly check: LoadCheck;
  /** Of those jobs: texts of what they have in common are the same strings, whenever they were written. */
  readonly commonRules: CommonRules;
}

/** What is known of one monitor. */
interface MonitorEntry {
  /** The last one of that version that was seen. */
  object: Monitor;
  readonly references: readonly FieldReference[];
  /** The verdict on one that is out of bounds, whatever the world is like. */
  readonly unbounded: FragmentVerdict | undefined;
  /** The last verdict, the world that it holds for, and the versions of what the monitor refers to. */
  judged: { readonly world: World; readonly versions: string; readonly verdict: FragmentVerdict } | undefined;
}

/**
 * The matched monitors of one kind, in their order, with what is known of each at the same place. Arrays are walked, entries are not
 * looked into where nothing has changed: of ten thousand, most are not in the processor's caches.
 */
interface KnownMonitors {
  readonly objects: readonly Monitor[];
  readonly entries: readonly MonitorEntry[];
  /** The jobs of each; undefined: not accepted, or not judged yet. */
  readonly fragments: (Fragment | undefined)[];
  /** Places of those that no sync has judged. */
  readonly fresh: Set<number>;
  /** Whether any of them refers to something. */
  readonly refers: boolean;
  /** That all but the fresh ones were judged in. */
  world: World | undefined;
}

const createKnown = (): KnownMonitors => ({
  ...{ objects: [], entries: [], fragments: [] },
  ...{ fresh: new Set<number>(), refers: false, world: undefined },
});

/** Of all matched monitors of one kind, in their order. */
export interface JudgedMonitors {
  readonly accepted: readonly Monitor[];
  /** The jobs of those that are accepted, at the same places. */
  readonly fragments: readonly Fragment[];
  readonly rejected: readonly { readonly object: Monitor; readonly rejection: Rejection }[];
}

/** The verdicts of one sync. */
export interface JudgingSync {
  /**
   * Accepted with their jobs or rejected: the verdict of the last time while nothing has changed, with the same fragment object.
   * @throws {InvalidFieldError} when the workload's part of a job is what Prometheus would refuse.
   */
  judgeAll(kind: MonitorKind, matched: readonly Monitor[]): Interruptible<JudgedMonitors>;
}

/**
 * What selecting for one workload remembers of the monitors that it matched the last time: references, verdicts and fragments.
 * One for each workload; drop it with the workload. Objects are known by identity, or by uid and resourceVersion when both
 * are there.
 */
export class MonitorCache {
  readonly #regexps: RegexpCache;
  #world: World | undefined;
  readonly #known = new Map<MonitorKind, KnownMonitors>();

  constructor(regexps = new RegexpCache()) {
    this.#regexps = regexps;
  }

  /** The keys that monitors refer to, of those that refer to any; the same lists as long as the monitors are the same. */
  *referencesOf(kind: MonitorKind, matched: readonly Monitor[]): Interruptible<(readonly FieldReference[])[]> {
    const { entries, refers } = yield* this.#recall(kind, matched);
    return refers ? entries.flatMap(({ references }) => (references.length > 0 ? [references] : [])) : [];
  }

  /** Verdicts cost nothing where monitor, context and the content of what both refer to are those of the last time. */
  startSync(context: ScrapeContext, assets: AssetStore): JudgingSync {
    const world = this.#enterWorld(context, assets);
    const scope = { context, assets, regexps: this.#regexps, check: world.check, commonRules: world.commonRules };
    const recall = (kind: MonitorKind, matched: readonly Monitor[]): Interruptible<KnownMonitors> =>
      this.#recall(kind, matched);
    return {
      *judgeAll(kind, matched) {
        const known = yield* recall(kind, matched);
        for (const place of yield* listChanged(known, world, assets)) {
          const entry = known.entries[place] as MonitorEntry;
          const verdict = entry.unbounded ?? (yield* judgeMonitor(kind, entry.object, scope));
          entry.judged = { world, versions: describeVersions(entry, assets), verdict };
          known.fragments[place] = 'fragment' in verdict ? verdict.fragment : undefined;
        }
        known.fresh.clear();
        known.world = world;
        return listJudged(known);
      },
    };
  }

  #enterWorld(context: ScrapeContext, assets: AssetStore): World {
    const inputs = [context.id, ...context.references.map((reference) => assets.versionOf(reference))].join(' ');
    const last = this.#world;
    if (last?.inputs === inputs) return last;
    const isKnown = last?.context === context.id;
    const check = isKnown ? last.check : new LoadCheck(context, this.#regexps);
    const commonRules = isKnown ? last.commonRules : new CommonRules();
    this.#world = { inputs, context: context.id, check, commonRules };
    return this.#world;
  }

  /** What is known of each, at its place. Others are forgotten. */
  *#recall(kind: MonitorKind, matched: readonly Monitor[]): Interruptible<KnownMonitors> {
    const last = this.#known.get(kind) ?? createKnown();
    if (last.objects === matched) return last;
    const entries: MonitorEntry[] = [];
    const fragments: (Fragment | undefined)[] = [];
    const fresh = new Set<number>();
    let { refers } = last;
    const find = recallInOrder(last);
    yield* visitInBatches(matched, recalledAtOnce, (object, at) => {
      const place = find(object);
      const entry = (place === undefined ? undefined : last.entries[place]) ?? createEntry(kind, object);
      entries.push(entry);
      fragments.push(place === undefined ? undefined : last.fragments[place]);
      if (place !== undefined && !last.fresh.has(place)) return;
      fresh.add(at);
      refers ||= entry.references.length > 0;
    });
    const known = { objects: matched, entries, fragments, fresh, refers, world: last.world };
    this.#known.set(kind, known);
    return known;
  }
}

/** The places of those whose verdict does not hold any more, or that have none. */
function* listChanged(known: KnownMonitors, world: World, assets: AssetStore): Interruptible<readonly number[]> {
  const { entries, fresh, refers } = known;
  if (known.world === world && !refers) return [...fresh];
  const changed: number[] = [];
  yield* visitInBatches(entries, recalledAtOnce, (entry, at) => {
    const { judged } = entry;
    if (judged?.world !== world || judged.versions !== describeVersions(entry, assets)) changed.push(at);
  });
  return changed;
}

function listJudged({ objects, entries, fragments }: KnownMonitors): JudgedMonitors {
  const accepted = fragments.filter((fragment) => fragment !== undefined);
  if (accepted.length === objects.length) return { accepted: objects, fragments: accepted, rejected: [] };
  const rejected = entries.flatMap(({ object, judged }, at) => {
    const { verdict } = judged ?? {};
    return fragments[at] === undefined && verdict !== undefined && 'rejection' in verdict
      ? [{ object, rejection: verdict.rejection }]
      : [];
  });
  return { accepted: objects.filter((_object, at) => fragments[at] !== undefined), fragments: accepted, rejected };
}

/**
 * Finds the place of one object after the other. Both lists are in the order of "namespace/name": all of it is one pass, and what is the same
 * object is not looked into.
 */
function recallInOrder({ objects, entries }: KnownMonitors): (object: Monitor) => number | undefined {
  let next = 0;
  return (object) => {
    for (let known = objects[next]; known !== undefined; known = objects[next]) {
      const order = known === object ? 0 : compareKeys(known.metadata, object.metadata);
      if (order > 0) return undefined;
      next += 1;
      if (order < 0) continue;
      if (known === object) return next - 1;
      if (!isSameVersion(known, object)) return undefined;
      const entry = entries[next - 1];
      if (entry !== undefined) entry.object = object;
      return next - 1;
    }
    return undefined;
  };
}

/** Same uid and resourceVersion: the same content, whatever it was read from. */
function isSameVersion(a: Monitor, b: Monitor): boolean {
  const { uid, resourceVersion } = a.metadata;
  const known = uid !== undefined && resourceVersion !== undefined;
  return known && uid === b.metadata.uid && resourceVersion === b.metadata.resourceVersion;
}

/** What is out of bounds refers to nothing: nothing is read for it. */
function createEntry(kind: MonitorKind, object: Monitor): MonitorEntry {
  const survey = surveyMonitor(kind, object);
  if ('references' in survey) return { object, references: survey.references, unbounded: undefined, judged: undefined };
  return { object, references: [], unbounded: survey, judged: undefined };
}

/** Of the content of what a monitor refers to. */
const describeVersions = ({ references }: MonitorEntry, assets: AssetStore): string =>
  references.length === 0 ? '' : references.map((reference) => assets.versionOf(reference)).join(' ');
