import type { YamlFields, YamlValue } from '../../../../../base/yaml-writer.ts';
import type { SectionFault } from '../section-shape.ts';

/** A value and the file that holds it cannot both be there. */
export function* excludeFiles(section: YamlFields, keys: readonly string[]): Generator<SectionFault> {
  for (const key of keys)
    if (section[key] !== undefined && section[`${key}_file`] !== undefined)
      yield { key: `${key}_file`, message: `Cannot use both "${key}" and "${key}_file": set one of them` };
}

/** One of a value and the file that holds it must be there. */
export function* requireEither(section: YamlFields, key: string, what: string): Generator<SectionFault> {
  if (section[key] === undefined && section[`${key}_file`] === undefined)
    yield { key, message: `Cannot notify without ${what}: set "${key}" or "${key}_file"` };
}

export const isOneOf = (value: YamlValue, words: readonly string[]): boolean =>
  typeof value === 'string' && words.includes(value);
