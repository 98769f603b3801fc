import { LabelSet } from './label-set.ts';

/** Where the labels of a target come from, strongest first (docs/reference/discovery.md 5.1). */
export interface LabelLayers {
  /** Beats all others; only Prometheus 2 has any (configured params). */
  readonly overrides?: LabelSet;
  readonly target: LabelSet;
  readonly group?: LabelSet;
  /** Taken where the others give nothing or "". In a list, which all targets of a job share. */
  readonly defaults?: readonly [LabelSet];
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
    const { overrides, target, group, defaults } = this.#layers;
    const labels = new Map<string, string>();
    for (const layer of [group, target, overrides]) layer?.writeTo(labels);
    defaults?.[0].fillIn(labels);
    this.#applyChanges(labels);
    return labels;
  }

  toLabelSet(): LabelSet {
    return LabelSet.fromMap(this.toMap());
  }

  /**
   * What is left of the labels on a target: those whose name does not begin with `__meta_`. They are built over the
   * defaults unless one of those was deleted; own pairs are sorted by name.
   */
  toTargetLabels(): LabelSet {
    const { defaults } = this.#layers;
    if (defaults === undefined || this.#deletesAnyOf(defaults[0])) return this.#spellOut();
    const labels = this.#collectPlain();
    for (const [name, value] of labels) if (defaults[0].get(name) === value) labels.delete(name);
    return LabelSet.over(defaults, sortPlain(labels), labels);
  }

  #deletesAnyOf(defaults: LabelSet): boolean {
    const changes = this.#changes;
    for (let at = 0; at < changes.length; at += 2) {
      if (changes[at + 1] === '' && defaults.get(changes[at] ?? '') !== undefined) return true;
    }
    return false;
  }

  /** Layers and changes without the defaults, of names that may stay on a target. */
  #collectPlain(): Map<string, string> {
    const { overrides, target, group } = this.#layers;
    const labels = new Map<string, string>();
    for (const layer of [group, target, overrides]) layer?.writePlainTo(labels);
    this.#applyChanges(labels);
    return labels;
  }

  /** Writes the changes, then takes out what is empty. */
  #applyChanges(labels: Map<string, string>): void {
    const changes = this.#changes;
    for (let at = 0; at < changes.length; at += 2) labels.set(changes[at] ?? '', changes[at + 1] ?? '');
    for (const [name, value] of labels) if (value === '') labels.delete(name);
  }

  #spellOut(): LabelSet {
    const labels = this.toMap();
    return LabelSet.fromNames(sortPlain(labels), labels);
  }

  #original(name: string): string {
    const { overrides, target, group, defaults } = this.#layers;
    const own = overrides?.get(name) ?? target.get(name) ?? group?.get(name);
    if (own !== undefined && own !== '') return own;
    return defaults?.[0].get(name) ?? '';
  }
}

function sortPlain(labels: ReadonlyMap<string, string>): string[] {
  return [...labels.keys()].filter((name) => !name.startsWith('__meta_')).sort();
}
