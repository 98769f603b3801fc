import type { KubernetesObject, ObjectMeta } from '../../../api/meta.ts';
import { LabelSet } from '../../relabel/label-set.ts';

const prefix = '__meta_kubernetes_';
/** Keys of labels and annotations recur on every object; beyond this many the memory of them begins anew. */
const maxRememberedNames = 100_000;

/** Every code point outside of `[A-Za-z0-9_]` becomes one underscore (contract/discovery.md 3.0). */
export function sanitizeLabelName(key: string): string {
  return key.replaceAll(/[^A-Za-z0-9_]/gu, '_');
}

/**
 * Makes labels of the metadata of objects. Remembers label names, so that they are one string each however many objects
 * have them, and the labels of an object as long as the object lives.
 */
export class MetadataLabels {
  readonly #names = new Map<string, readonly [value: string, present: string]>();
  readonly #whole = new WeakMap<ObjectMeta, LabelSet>();
  readonly #withoutAnnotations = new WeakMap<ObjectMeta, LabelSet>();

  /** `R_name`, `R_label_*`, `R_labelpresent_*`, `R_annotation_*`, `R_annotationpresent_*` of an object in resource R. */
  describe(resource: string, { metadata }: KubernetesObject, options: { annotations: boolean }): LabelSet {
    return remember(options.annotations ? this.#whole : this.#withoutAnnotations, metadata, () => {
      const labels = this.#collect(resource, metadata, options.annotations);
      return LabelSet.fromMap(labels.set(this.#nameOf(resource, 'name')[0], metadata.name ?? ''));
    });
  }

  /** As `describe`, without the name: what `attach_metadata.namespace` adds. */
  describeNamespace({ metadata }: KubernetesObject): LabelSet {
    return remember(this.#whole, metadata, () => LabelSet.fromMap(this.#collect('namespace', metadata, true)));
  }

  #collect(resource: string, metadata: ObjectMeta, annotations: boolean): Map<string, string> {
    const labels = new Map<string, string>();
    this.#add(labels, `${resource}_label`, metadata.labels);
    if (annotations) this.#add(labels, `${resource}_annotation`, metadata.annotations);
    return labels;
  }

  #add(labels: Map<string, string>, kind: string, values: Readonly<Record<string, string>> | null | undefined): void {
    for (const [key, value] of Object.entries(values ?? {})) {
      const [name, present] = this.#nameOf(kind, key);
      labels.set(name, value).set(present, 'true');
    }
  }

  #nameOf(kind: string, key: string): readonly [string, string] {
    const id = `${kind} ${key}`;
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    if (this.#names.size >= maxRememberedNames) this.#names.clear();
    const sanitized = sanitizeLabelName(key);
    const names = [`${prefix}${kind}_${sanitized}`, `${prefix}${kind}present_${sanitized}`] as const;
    this.#names.set(id, names);
    return names;
  }
}

function remember(sets: WeakMap<ObjectMeta, LabelSet>, metadata: ObjectMeta, make: () => LabelSet): LabelSet {
  const known = sets.get(metadata);
  if (known !== undefined) return known;
  const made = make();
  sets.set(metadata, made);
  return made;
}
