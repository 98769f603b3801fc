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
  readonly #changed = new Map<string, string>();

  constructor(layers: LabelLayers) {
    this.#layers = layers;
  }

  static from(labels: LabelSet): LabelBuilder {
    return new LabelBuilder({ target: labels });
  }

  get(name: string): string {
    return this.#changed.get(name) ?? this.#original(name);
  }

  set(name: string, value: string): void {
    this.#changed.set(name, value);
  }

  delete(name: string): void {
    this.#changed.set(name, '');
  }

  /** All labels as they are now. */
  toMap(): Map<string, string> {
    const labels = new Map<string, string>();
    this.#collect(labels, (layer) => layer.pairs);
    return labels;
  }

  toLabelSet(): LabelSet {
    return LabelSet.ofPairs([...this.toMap()].flat());
  }

  /** What is left of the labels on a target: those whose name does not begin with `__meta_`, sorted by name. */
  toTargetLabels(): LabelSet {
    const labels = new Map<string, string>();
    this.#collect(labels, (layer) => layer.plainPairs);
    for (const name of labels.keys()) if (name.startsWith('__meta_')) labels.delete(name);
    const names = [...labels.keys()].sort();
    return LabelSet.ofPairs(names.flatMap((name) => [name, labels.get(name) ?? '']));
  }

  #original(name: string): string {
    const { overrides, target, group, defaults } = this.#layers;
    const own = overrides?.get(name) ?? target.get(name) ?? group?.get(name);
    if (own !== undefined && own !== '') return own;
    return defaults?.get(name) ?? '';
  }

  /** Fills `labels` from the weakest layer to the changes, then takes out the empty ones. */
  #collect(labels: Map<string, string>, pick: (layer: LabelSet) => readonly string[]): void {
    const { overrides, target, group, defaults } = this.#layers;
    const put = (pairs: readonly string[]): void => {
      for (let at = 0; at < pairs.length; at += 2) labels.set(pairs[at] ?? '', pairs[at + 1] ?? '');
    };
    for (const layer of [group, target, overrides]) if (layer !== undefined) put(pick(layer));
    defaults?.forEach((name, value) => {
      const own = labels.get(name);
      if (own === undefined || own === '') labels.set(name, value);
    });
    for (const [name, value] of this.#changed) labels.set(name, value);
    for (const [name, value] of labels) if (value === '') labels.delete(name);
  }
}
