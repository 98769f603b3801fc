import { isJsonObject } from '../../base/json.ts';

/** A list as such; undefined for all else. */
export const listOf = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? (value as unknown[]) : undefined;

/** A text as such; "" for all else. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The texts of a list. */
export const textsOf = (value: unknown): string[] =>
  (listOf(value) ?? []).filter((one): one is string => typeof one === 'string');

/** The objects of a list; none for all else. */
export const objectsOf = (value: unknown): Readonly<Record<string, unknown>>[] =>
  (listOf(value) ?? []).filter(isJsonObject);

/** The members of an object that are texts, such as labels. */
export const labelsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isJsonObject(value) ? value : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
