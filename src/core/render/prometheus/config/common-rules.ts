import { SharedMapping } from '../../../../base/yaml-writer.ts';
import type { YamlFields, YamlValue } from '../../../../base/yaml-writer.ts';
import { commonRules } from '../../../limits.ts';

/** Where rules part that begin alike: one step for each value that is written, by its key. */
interface Place {
  readonly next: Map<string, Map<YamlValue, Place>>;
  /** The rule that ends here. */
  rule: SharedMapping | undefined;
}

const createPlace = (): Place => ({ next: new Map(), rule: undefined });

/**
 * Rules that were met before, by their content: equal ones become one object, which is checked and written once. There are
 * hundreds of thousands, so nothing is put together to compare them.
 */
export class CommonRules {
  readonly #start = createPlace();
  #size = 0;

  /** The rule that is written like this one; the rule itself when it is new and too many were. */
  share(rule: YamlFields): YamlValue {
    let place: Place | undefined = this.#start;
    for (const key in rule) {
      const value = rule[key];
      if (value === undefined) continue;
      place = isList(value) && value.length > 0 ? this.#enterAll(place, key, value) : this.#enter(place, key, value);
      if (place === undefined) return rule;
    }
    if (place.rule === undefined) {
      if (this.#isFull) return rule;
      this.#size += 1;
      place.rule = new SharedMapping(rule);
    }
    return place.rule;
  }

  get #isFull(): boolean {
    return this.#size >= commonRules;
  }

  /** The length is a step, too: a list of one item is not the item. */
  #enterAll(from: Place, key: string, values: readonly YamlValue[]): Place | undefined {
    let place = this.#enter(from, key, values.length);
    for (let at = 0; place !== undefined && at < values.length; at += 1)
      place = this.#enter(place, key, values[at] ?? null);
    return place;
  }

  #enter(from: Place, key: string, value: YamlValue): Place | undefined {
    const places = from.next.get(key);
    const known = places?.get(value);
    if (known !== undefined || this.#isFull) return known;
    const place = createPlace();
    if (places === undefined) from.next.set(key, new Map([[value, place]]));
    else places.set(value, place);
    return place;
  }
}

const isList = (value: YamlValue): value is readonly YamlValue[] => Array.isArray(value);
