import type { KubernetesObject, ObjectMeta } from '../../../api/meta.ts';
import { LabelSet } from '../../relabel/label-set.ts';
import type { LabelSource } from '../../relabel/label-set.ts';
import { rememberedLabelKeys } from '../../limits.ts';

const prefix = '__meta_kubernetes_';

/** Every code point outside of `[A-Za-z0-9_]` becomes one underscore (docs/reference/discovery.md 3.0). */
export function sanitizeLabelName(key: string): string {
  return key.replaceAll(/[^A-Za-z0-9_]/gu, '_');
}

type Kind = 'label' | 'annotation';

const kinds: readonly Kind[] = ['label', 'annotation'];

function valuesOf(metadata: ObjectMeta, kind: Kind): Readonly<Record<string, string>> | undefined {
  return (kind === 'label' ? metadata.labels : metadata.annotations) ?? undefined;
}

/** What the name of a label stands for: the value under one of these keys, or that there is one. */
interface Meaning {
  readonly kind: Kind;
  readonly isPresence: boolean;
  /** Keys that come to the same name: one, but for objects that hold both "a.b" and "a-b". */
  readonly keys: string[];
}

/** The names that the metadata of one resource's objects gives, in both directions; they are one string each. */
class ResourceNames {
  readonly #resource: string;
  readonly #known: Readonly<Record<Kind, Map<string, readonly [value: string, present: string]>>> = {
    label: new Map(),
    annotation: new Map(),
  };
  readonly #meanings = new Map<string, Meaning>();
  readonly objectName: string;

  constructor(resource: string) {
    this.#resource = resource;
    this.objectName = `${prefix}${resource}_name`;
  }

  /** False when there are too many keys already. */
  learn(metadata: ObjectMeta): boolean {
    return kinds.every((kind) => Object.keys(valuesOf(metadata, kind) ?? {}).every((key) => this.#learnKey(kind, key)));
  }

  meaningOf(name: string): Meaning | undefined {
    return this.#meanings.get(name);
  }

  namesOf(kind: Kind, key: string): readonly [value: string, present: string] {
    return this.#known[kind].get(key) ?? this.#spell(kind, key);
  }

  #learnKey(kind: Kind, key: string): boolean {
    const known = this.#known[kind];
    if (known.has(key)) return true;
    if (known.size >= rememberedLabelKeys) return false;
    const names = this.#spell(kind, key);
    known.set(key, names);
    for (const [index, name] of names.entries()) {
      const meaning = this.#meanings.get(name) ?? { kind, isPresence: index === 1, keys: [] };
      meaning.keys.push(key);
      this.#meanings.set(name, meaning);
    }
    return true;
  }

  #spell(kind: Kind, key: string): readonly [string, string] {
    const start = `${prefix}${this.#resource}_${kind}`;
    const sanitized = sanitizeLabelName(key);
    return [`${start}_${sanitized}`, `${start}present_${sanitized}`];
  }
}

/** The labels of an object's metadata, read from the metadata itself: a set costs no more than a reference to it. */
class MetadataSource implements LabelSource {
  readonly #names: ResourceNames;
  readonly #metadata: ObjectMeta;
  readonly #kinds: readonly Kind[];
  readonly #hasName: boolean;

  constructor(names: ResourceNames, metadata: ObjectMeta, options: { annotations: boolean; name: boolean }) {
    this.#names = names;
    this.#metadata = metadata;
    this.#kinds = options.annotations ? kinds : ['label'];
    this.#hasName = options.name;
  }

  get(name: string): string | undefined {
    if (this.#hasName && name === this.#names.objectName) return this.#metadata.name ?? '';
    const meaning = this.#names.meaningOf(name);
    if (meaning === undefined || !this.#kinds.includes(meaning.kind)) return undefined;
    const values = valuesOf(this.#metadata, meaning.kind);
    if (values === undefined) return undefined;
    const key = findLast(values, meaning.keys);
    if (key === undefined) return undefined;
    return meaning.isPresence ? 'true' : values[key];
  }

  writeTo(labels: Map<string, string>): void {
    for (const kind of this.#kinds) {
      for (const [key, value] of Object.entries(valuesOf(this.#metadata, kind) ?? {})) {
        const [name, present] = this.#names.namesOf(kind, key);
        labels.set(name, value).set(present, 'true');
      }
    }
    if (this.#hasName) labels.set(this.#names.objectName, this.#metadata.name ?? '');
  }

  writePlainTo(): void {
    // All names begin with `__meta_`.
  }
}

/** The last of the object's own keys that is among `keys`: where several give one name, the last wins. */
function findLast(values: Readonly<Record<string, string>>, keys: readonly string[]): string | undefined {
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) return Object.hasOwn(values, only) ? only : undefined;
  return Object.keys(values).findLast((key) => keys.includes(key));
}

/** Makes labels of the metadata of objects. One for all groups, so that equal names are one string. */
export class MetadataLabels {
  readonly #resources = new Map<string, ResourceNames>();

  /** `R_name`, `R_label_*`, `R_labelpresent_*`, `R_annotation_*`, `R_annotationpresent_*` of an object in resource R. */
  describe(resource: string, { metadata }: KubernetesObject, options: { annotations: boolean }): LabelSource {
    return this.#describe(resource, metadata, { ...options, name: true });
  }

  /** As `describe`, without the name: what `attach_metadata.namespace` adds. */
  describeNamespace({ metadata }: KubernetesObject): LabelSource {
    return this.#describe('namespace', metadata, { annotations: true, name: false });
  }

  #describe(resource: string, metadata: ObjectMeta, options: { annotations: boolean; name: boolean }): LabelSource {
    const names = this.#resources.get(resource) ?? new ResourceNames(resource);
    this.#resources.set(resource, names);
    const source = new MetadataSource(names, metadata, options);
    if (names.learn(metadata)) return source;
    const labels = new Map<string, string>();
    source.writeTo(labels);
    return LabelSet.fromMap(labels);
  }
}
