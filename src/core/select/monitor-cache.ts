import { keyOf } from '../../api/meta.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import type { Monitor, MonitorKind } from '../monitor.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import { LoadCheck } from '../render/prometheus/config/load-check.ts';
import type { FragmentVerdict } from '../render/prometheus/config/monitor-fragment.ts';
import type { ScrapeContext } from '../render/prometheus/config/scrape-context.ts';
import { judgeMonitor, surveyMonitor } from './judge-monitor.ts';

/** What is known of one monitor. */
interface MonitorEntry {
  readonly object: Monitor;
  readonly key: string;
  readonly references: readonly FieldReference[];
  /** The verdict on one that is out of bounds, whatever the world is like. */
  readonly unbounded: FragmentVerdict | undefined;
  /** The last verdict, and the state of the world that it holds for. */
  verdict: { readonly inputs: string; readonly value: FragmentVerdict } | undefined;
}

/** The verdicts of one sync. */
export interface JudgingSync {
  /** The verdict of the last time while nothing has changed, with the same fragment object; undefined: it must be judged. */
  recall(kind: MonitorKind, monitor: Monitor): FragmentVerdict | undefined;
  /**
   * Accepted with its jobs or rejected.
   * @throws {InvalidFieldError} when the workload's part of a job is what Prometheus would refuse.
   */
  judge(kind: MonitorKind, monitor: Monitor): Interruptible<FragmentVerdict>;
  /** Forgets monitors that were not recalled. */
  forgetOthers(): void;
}

/** Same uid and resourceVersion: the same content, whatever it was read from. */
function isSameVersion(a: Monitor, b: Monitor): boolean {
  const { uid, resourceVersion } = a.metadata;
  const known = uid !== undefined && resourceVersion !== undefined;
  return known && uid === b.metadata.uid && resourceVersion === b.metadata.resourceVersion;
}

/**
 * What selecting for one workload remembers of its monitors from one time to the next: references, verdicts and fragments.
 * One for each workload; drop it with the workload. Objects are known by identity, or by uid and resourceVersion when both
 * are there.
 */
export class MonitorCache {
  readonly #regexps: RegexpCache;
  #check: { readonly context: string; readonly check: LoadCheck } | undefined;
  readonly #byKey = new Map<string, MonitorEntry>();
  readonly #byIdentity = new WeakMap<Monitor, MonitorEntry>();

  constructor(regexps = new RegexpCache()) {
    this.#regexps = regexps;
  }

  /** The keys that a monitor refers to; the same list as long as the monitor is the same. */
  referencesOf(kind: MonitorKind, object: Monitor): readonly FieldReference[] {
    return this.#entryOf(kind, object).references;
  }

  /** Verdicts cost nothing where monitor, context and the content of what both refer to are those of the last time. */
  startSync(context: ScrapeContext, assets: AssetStore): JudgingSync {
    const scope = { context, assets, regexps: this.#regexps, check: this.#checkIn(context), commonRules: new Map() };
    const shared = [context.id, ...context.references.map((reference) => assets.versionOf(reference))].join(' ');
    const judged: MonitorEntry[] = [];
    const entryOf = (kind: MonitorKind, monitor: Monitor): MonitorEntry => this.#entryOf(kind, monitor);
    return {
      recall(kind, monitor) {
        const entry = entryOf(kind, monitor);
        judged.push(entry);
        return entry.verdict?.inputs === describeInputs(entry, shared, assets) ? entry.verdict.value : undefined;
      },
      *judge(kind, monitor) {
        const entry = entryOf(kind, monitor);
        const value = entry.unbounded ?? (yield* judgeMonitor(kind, entry.object, scope));
        entry.verdict = { inputs: describeInputs(entry, shared, assets), value };
        return value;
      },
      forgetOthers: () => {
        this.#retain(judged);
      },
    };
  }

  /** The entry of a monitor, new when the object has changed. */
  #entryOf(kind: MonitorKind, object: Monitor): MonitorEntry {
    const same = this.#byIdentity.get(object);
    if (same !== undefined) return same;
    const key = `${kind}/${keyOf(object)}`;
    const known = this.#byKey.get(key);
    const entry = known !== undefined && isSameVersion(known.object, object) ? known : createEntry(kind, object, key);
    this.#byKey.set(key, entry);
    this.#byIdentity.set(object, entry);
    return entry;
  }

  /** What loads jobs rendered in that context; the same one as long as the context is the same. */
  #checkIn(context: ScrapeContext): LoadCheck {
    if (this.#check?.context !== context.id)
      this.#check = { context: context.id, check: new LoadCheck(context, this.#regexps) };
    return this.#check.check;
  }

  #retain(entries: readonly MonitorEntry[]): void {
    if (this.#byKey.size === entries.length) return;
    this.#byKey.clear();
    for (const entry of entries) this.#byKey.set(entry.key, entry);
  }
}

/** What is out of bounds refers to nothing: nothing is read for it. */
function createEntry(kind: MonitorKind, object: Monitor, key: string): MonitorEntry {
  const survey = surveyMonitor(kind, object);
  if ('references' in survey)
    return { object, key, references: survey.references, unbounded: undefined, verdict: undefined };
  return { object, key, references: [], unbounded: survey, verdict: undefined };
}

/**
 * The state of the world that a verdict depends on: the context, and the content of what the monitor and the context refer
 * to.
 */
function describeInputs(entry: MonitorEntry, shared: string, assets: AssetStore): string {
  if (entry.references.length === 0) return shared;
  return `${shared} ${entry.references.map((reference) => assets.versionOf(reference)).join(' ')}`;
}
