import { visitInBatches } from '../../base/interruptible.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { recalledAtOnce } from '../limits.ts';
import type { Monitor, MonitorKind } from '../monitor.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { CommonRules } from '../render/prometheus/config/common-rules.ts';
import { LoadCheck } from '../render/prometheus/config/load-check.ts';
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

/** The matched monitors of one kind, in their order, with what is known of each. */
interface KnownMonitors {
  readonly objects: readonly Monitor[];
  readonly entries: readonly MonitorEntry[];
}

const nothingKnown: KnownMonitors = { objects: [], entries: [] };

/** The verdicts of one sync. */
export interface JudgingSync {
  /**
   * Accepted with its jobs or rejected, each at the monitor's place: the verdict of the last time while nothing has changed, with
   * the same fragment object.
   * @throws {InvalidFieldError} when the workload's part of a job is what Prometheus would refuse.
   */
  judgeAll(kind: MonitorKind, matched: readonly Monitor[]): Interruptible<readonly (FragmentVerdict | undefined)[]>;
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
    const found: (readonly FieldReference[])[] = [];
    for (const { references } of yield* this.#entriesOf(kind, matched))
      if (references.length > 0) found.push(references);
    return found;
  }

  /** Verdicts cost nothing where monitor, context and the content of what both refer to are those of the last time. */
  startSync(context: ScrapeContext, assets: AssetStore): JudgingSync {
    const world = this.#enterWorld(context, assets);
    const scope = { context, assets, regexps: this.#regexps, check: world.check, commonRules: new CommonRules() };
    const entriesOf = (kind: MonitorKind, matched: readonly Monitor[]): Interruptible<readonly MonitorEntry[]> =>
      this.#entriesOf(kind, matched);
    return {
      *judgeAll(kind, matched) {
        const entries = yield* entriesOf(kind, matched);
        const changed: MonitorEntry[] = [];
        yield* visitInBatches(entries, recalledAtOnce, (entry) => {
          const { judged } = entry;
          if (judged?.world !== world || judged.versions !== describeVersions(entry, assets)) changed.push(entry);
        });
        for (const entry of changed) {
          const verdict = entry.unbounded ?? (yield* judgeMonitor(kind, entry.object, scope));
          entry.judged = { world, versions: describeVersions(entry, assets), verdict };
        }
        return entries.map(({ judged }) => judged?.verdict);
      },
    };
  }

  #enterWorld(context: ScrapeContext, assets: AssetStore): World {
    const inputs = [context.id, ...context.references.map((reference) => assets.versionOf(reference))].join(' ');
    const last = this.#world;
    if (last?.inputs === inputs) return last;
    const check = last?.context === context.id ? last.check : new LoadCheck(context, this.#regexps);
    this.#world = { inputs, context: context.id, check };
    return this.#world;
  }

  /** What is known of each, at its place. Others are forgotten. */
  *#entriesOf(kind: MonitorKind, matched: readonly Monitor[]): Interruptible<readonly MonitorEntry[]> {
    const last = this.#known.get(kind) ?? nothingKnown;
    if (last.objects === matched) return last.entries;
    const entries: MonitorEntry[] = [];
    const recall = recallInOrder(last.entries);
    yield* visitInBatches(matched, recalledAtOnce, (object) =>
      entries.push(recall(object) ?? createEntry(kind, object)),
    );
    this.#known.set(kind, { objects: matched, entries });
    return entries;
  }
}

/** Finds the entry of one object after the other. Both lists are in the order of "namespace/name": all of it is one pass. */
function recallInOrder(entries: readonly MonitorEntry[]): (object: Monitor) => MonitorEntry | undefined {
  let next = 0;
  return (object) => {
    for (let entry = entries[next]; entry !== undefined; entry = entries[next]) {
      const order = entry.object === object ? 0 : compareKeys(entry.object.metadata, object.metadata);
      if (order > 0) return undefined;
      next += 1;
      if (order < 0) continue;
      if (entry.object !== object && !isSameVersion(entry.object, object)) return undefined;
      entry.object = object;
      return entry;
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
