import type { AlertmanagerConfig } from '../../../api/alertmanager-config.ts';
import { keyOf } from '../../../api/meta.ts';
import type { Interruptible } from '../../../base/interruptible.ts';
import { collectConfigReferences } from '../../assets/alertmanager-plans.ts';
import type { FieldReference } from '../../assets/references.ts';
import type { AssetStore } from '../../assets/store.ts';
import { explainOutOfBounds, explainTooManyReferences } from '../../object-bounds.ts';
import type { Rejection } from '../../rejection.ts';
import { RegexpCache } from '../../relabel/regexp-cache.ts';
import type { BaseConfig } from '../../render/alertmanager/config/base.ts';
import type { ConfigContext } from '../../render/alertmanager/config/config-context.ts';
import { judgeConfig } from './judge.ts';
import type { ConfigVerdict } from './judge.ts';
import { TemplateFiles } from './template-files.ts';

/** What is known of one object. */
interface Entry {
  readonly object: AlertmanagerConfig;
  readonly references: readonly FieldReference[];
  /** Why nobody looks into it, if so: it has no references then. */
  readonly unbounded: Rejection | undefined;
  /** The last verdict, and the state of the world that it holds for. */
  known: { readonly inputs: string; readonly verdict: ConfigVerdict } | undefined;
}

/** Same uid and resourceVersion: the same content, whatever it was read from. */
function isSameVersion(a: AlertmanagerConfig, b: AlertmanagerConfig): boolean {
  const { uid, resourceVersion } = a.metadata;
  return (
    uid !== undefined &&
    resourceVersion !== undefined &&
    uid === b.metadata.uid &&
    resourceVersion === b.metadata.resourceVersion
  );
}

/** What must be read for an object: nothing for one that is too large, or names too much. */
function collectBounded(object: AlertmanagerConfig): Pick<Entry, 'references' | 'unbounded'> {
  const tooLarge = explainOutOfBounds(object.spec);
  if (tooLarge !== undefined) return { references: [], unbounded: tooLarge };
  const references = collectConfigReferences(object);
  const unbounded = explainTooManyReferences(references);
  return { references: unbounded === undefined ? references : [], unbounded };
}

/**
 * What one Alertmanager remembers of its AlertmanagerConfigs: references and verdicts, so that one changed object among
 * thousands costs one fragment. Drop it with the Alertmanager.
 */
export class ConfigCache {
  readonly regexps = new RegexpCache();
  readonly templates = new TemplateFiles();
  #entries = new Map<string, Entry>();
  #base: { readonly inputs: string; readonly config: BaseConfig } | undefined;

  /** What was made of the base, as long as `inputs` are what it was made of; `make` may throw. */
  baseOf(inputs: string, make: () => BaseConfig): BaseConfig {
    if (this.#base?.inputs !== inputs) this.#base = { inputs, config: make() };
    return this.#base.config;
  }

  /** The keys that an object refers to. */
  referencesOf(object: AlertmanagerConfig): readonly FieldReference[] {
    return this.#entryOf(object).references;
  }

  /** The verdict on an object, made anew when the object, the context or what the object refers to has changed. */
  *judge(object: AlertmanagerConfig, context: ConfigContext, assets: AssetStore): Interruptible<ConfigVerdict> {
    const entry = this.#entryOf(object);
    if (entry.unbounded !== undefined) return { rejection: entry.unbounded };
    const inputs = [context.id, ...entry.references.map((reference) => assets.versionOf(reference))].join(' ');
    if (entry.known?.inputs !== inputs)
      entry.known = { inputs, verdict: yield* judgeConfig(object, context, { assets, regexps: this.regexps }) };
    return entry.known.verdict;
  }

  /** Forgets objects that are not among these. */
  retain(objects: readonly AlertmanagerConfig[]): void {
    if (this.#entries.size === objects.length) return;
    this.#entries = new Map(objects.map((object) => [keyOf(object), this.#entryOf(object)]));
  }

  #entryOf(object: AlertmanagerConfig): Entry {
    const key = keyOf(object);
    const known = this.#entries.get(key);
    if (known !== undefined && (known.object === object || isSameVersion(known.object, object))) return known;
    const entry = { object, ...collectBounded(object), known: undefined };
    this.#entries.set(key, entry);
    return entry;
  }
}
