import { LabelSet } from './label-set.ts';

/** Where the labels of a target come from, strongest first (contract/discovery.md 5.1). */
export interface LabelLayers {
  /** Beats all others; only Prometheus 2 has any (configured params). */
  readonly overrides?: LabelSet;
  readonly target: LabelSet;
  readonly group?: LabelSet;
  /** Taken where the others give nothing or "". */
  readonly defaults?: LabelSet;
}

/**
 * The labels of one target while rules change them. There are no empty values: setting "" deletes, and a missing label
 * reads as "". The layers are read in place; only what differs from them is stored.
 */
export class LabelBuilder {
  readonly #layers: LabelLayers;
  /** Changes as pairs, each name once. There are few: looking through them is faster than a map. */
  readonly #changes: string[] = [];

  constructor(layers: LabelLayers) {
    this.#layers = layers;
  }

  static from(labels: LabelSet): LabelBuilder {
    return new LabelBuilder({ target: labels });
  }

  get(name: string): string {
    const changes = this.#changes;
    for (let at = 0; at < changes.length; at += 2) if (changes[at] === name) return changes[at + 1] ?? '';
    return this.#original(name);
  }

  set(name: string, value: string): void {
    const changes = this.#changes;
    for (let at = 0; at < changes.length; at += 2) {
      if (changes[at] !== name) continue;
      changes[at + 1] = value;
      return;
    }
    changes.push(name, value);
  }

  delete(name: string): void {
    this.set(name, '');
  }

  /** All labels as they are now. */
  toMap(): Map<string, string> {
    return this.#collect((layer, labels) => layer.writeTo(labels));
  }

  toLabelSet(): LabelSet {
    return LabelSet.fromMap(this.toMap());
  }

  /** What is left of the labels on a target: those whose name does not begin with `__meta_`, sorted by name. */
  toTargetLabels(): LabelSet {
    const labels = this.#collect((layer, into) => layer.writePlainTo(into));
    const names = [...labels.keys()].filter((name) => !name.startsWith('__meta_')).sort();
    return LabelSet.fromNames(names, labels);
  }

  #original(name: string): string {
    const { overrides, target, group, defaults } = this.#layers;
    const own = overrides?.get(name) ?? target.get(name) ?? group?.get(name);
    if (own !== undefined && own !== '') return own;
    return defaults?.get(name) ?? '';
  }

  /** Writes from the weakest layer to the changes, then takes out the empty ones. */
  #collect(write: (layer: LabelSet, labels: Map<string, string>) => void): Map<string, string> {
    const { overrides, target, group, defaults } = this.#layers;
    const labels = new Map<string, string>();
    for (const layer of [group, target, overrides]) if (layer !== undefined) write(layer, labels);
    defaults?.fillIn(labels);
    const changes = this.#changes;
    for (let at = 0; at < changes.length; at += 2) labels.set(changes[at] ?? '', changes[at + 1] ?? '');
    for (const [name, value] of labels) if (value === '') labels.delete(name);
    return labels;
  }
}
