import { deepestYaml, longestYaml, mostAliasedCharacters, mostAliasedValues } from './limits.ts';
import { RawScalar } from './yaml-writer.ts';

/** Size of a value with everything inside, aliases followed. */
interface Extent {
  readonly values: number;
  readonly characters: number;
  readonly depth: number;
}

/** What js-yaml makes of a key that is a mapping. */
const mappingAsKey = '[object Object]';

/** Counts each collection once, however often aliases stand for it. */
class Surveyor {
  /** Collections and scalars as they are written: each counted where it stands first. */
  written = 0;
  readonly #known = new Map<object, Extent | 'open'>();

  measure(value: unknown, depth: number): Extent {
    if (typeof value === 'string') return this.#scalar(value.length);
    if (value instanceof RawScalar) return this.#scalar(value.source.length);
    if (typeof value !== 'object' || value === null) return this.#scalar(1);
    const known = this.#known.get(value);
    if (known === 'open') throw new RangeError('an alias stands inside of what it stands for: write it out');
    if (known !== undefined) return checkDepth(known, depth);
    if (depth >= deepestYaml) throw tooDeep();
    return checkDepth(this.#measureCollection(value, depth), depth);
  }

  #scalar(characters: number): Extent {
    this.written += 1;
    return { values: 1, characters, depth: 0 };
  }

  #measureCollection(value: object, depth: number): Extent {
    this.#known.set(value, 'open');
    this.written += 1;
    let [values, characters, deepest] = [1, 0, 0];
    for (const [key, inner] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
      if (key === mappingAsKey) throw new RangeError('the key of an entry is a mapping: a key must be a text');
      const extent = this.measure(inner, depth + 1);
      values += extent.values;
      characters += extent.characters + (typeof key === 'string' ? key.length : 0);
      deepest = Math.max(deepest, extent.depth);
    }
    const measured = { values, characters, depth: deepest + 1 };
    this.#known.set(value, measured);
    return measured;
  }
}

function checkDepth(extent: Extent, depth: number): Extent {
  if (depth + extent.depth > deepestYaml) throw tooDeep();
  return extent;
}

const tooDeep = (): RangeError => new RangeError(`it is nested more than ${deepestYaml} levels deep: write it flatter`);

/** Why a text is not even parsed; undefined when it is short enough. */
export function explainTooLong(text: string): string | undefined {
  if (text.length <= longestYaml) return undefined;
  return `it is ${text.length} characters long, at most ${longestYaml} are possible: split it`;
}

/**
 * Why a document that was parsed from `text` cannot be used: aliases share values in memory, and whoever walks or writes
 * them out pays for each (nine levels of ten aliases are 10⁹ values). Undefined when it can.
 */
export function explainTooLarge(document: unknown, text: string): string | undefined {
  const surveyor = new Surveyor();
  try {
    const { values, characters } = surveyor.measure(document, 0);
    const aliased = { values: values - surveyor.written, characters: characters - text.length };
    const wayOut = 'write them out, or use fewer';
    if (aliased.values > mostAliasedValues)
      return `its aliases stand for ${aliased.values} values, at most ${mostAliasedValues} are possible: ${wayOut}`;
    if (aliased.characters > mostAliasedCharacters)
      return `its aliases stand for ${aliased.characters} characters, at most ${mostAliasedCharacters} are possible: ${wayOut}`;
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
