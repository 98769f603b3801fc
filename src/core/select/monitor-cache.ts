import type { KubernetesObject } from '../../api/meta.ts';
import { keyOf } from '../../api/meta.ts';
import { collectMonitorReferences } from '../assets/plans.ts';
import type { MonitorKind } from '../assets/plans.ts';
import type { FieldReference } from '../assets/references.ts';
import type { AssetStore } from '../assets/store.ts';
import { RegexpCache } from '../relabel/regexp-cache.ts';
import type { FragmentVerdict } from '../render/prometheus/config/monitor-fragment.ts';
import { LoadCheck } from '../render/prometheus/config/load-check.ts';
import type { Chunk } from '../render/prometheus/config/chunks.ts';
import type { ScrapeContext } from './scrape-context.ts';

export interface Monitor extends KubernetesObject {
  readonly spec: object;
}

/** Something that was found out, and the state of the world that it holds for. */
interface Known<T> {
  readonly inputs: string;
  readonly value: T;
}

/** What is known of one monitor. */
export interface MonitorEntry {
  readonly object: Monitor;
  readonly key: string;
  readonly references: readonly FieldReference[];
  verdict: Known<FragmentVerdict> | undefined;
}

/** Same uid and resourceVersion: the same content, whatever it was read from. */
function isSameVersion(a: Monitor, b: Monitor): boolean {
  const { uid, resourceVersion } = a.metadata;
  const known = uid !== undefined && resourceVersion !== undefined;
  return known && uid === b.metadata.uid && resourceVersion === b.metadata.resourceVersion;
}

/**
 * What rendering one workload remembers of its monitors from one time to the next: references, verdicts, fragments and
 * compressed chunks. One for each workload; drop it with the workload. Objects are known by identity, or by uid and
 * resourceVersion when both are there.
 */
export class MonitorCache {
  readonly regexps = new RegexpCache();
  /** Compressed chunks by the key of their first fragment. */
  readonly chunks = new Map<string, Chunk>();
  #check: { readonly context: string; readonly check: LoadCheck } | undefined;
  readonly #byKey = new Map<string, MonitorEntry>();
  readonly #byIdentity = new WeakMap<Monitor, MonitorEntry>();

  /** The entry of a monitor, new when the object has changed. */
  entryOf(kind: MonitorKind, object: Monitor): MonitorEntry {
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
  checkIn(context: ScrapeContext): LoadCheck {
    if (this.#check?.context !== context.id)
      this.#check = { context: context.id, check: new LoadCheck(context, this.regexps) };
    return this.#check.check;
  }

  /** Forgets monitors that are not among `entries`. */
  retain(entries: readonly MonitorEntry[]): void {
    if (this.#byKey.size === entries.length) return;
    this.#byKey.clear();
    for (const entry of entries) this.#byKey.set(entry.key, entry);
  }
}

function createEntry(kind: MonitorKind, object: Monitor, key: string): MonitorEntry {
  const references = collectMonitorReferences(kind, object);
  return { object, key, references, verdict: undefined };
}

/**
 * The state of the world that an entry's verdict and fragment depend on: the context, and the content of what the monitor
 * and the context refer to.
 */
export function describeInputs(entry: MonitorEntry, contextInputs: string, assets: AssetStore): string {
  if (entry.references.length === 0) return contextInputs;
  return `${contextInputs} ${entry.references.map((reference) => assets.versionOf(reference)).join(' ')}`;
}

/** The part of `describeInputs` that all monitors share. */
export function describeContext(context: ScrapeContext, assets: AssetStore): string {
  return [context.id, ...context.references.map((reference) => assets.versionOf(reference))].join(' ');
}
