import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';

/** A list or text of an answer that is not all of it. */
export interface Cut {
  /** Such as "activeTargets". */
  readonly field: string;
  readonly shown: number;
  readonly of: number;
}

/** The first lines of a text, with what is missing and how to ask for less. @param most characters */
export function boundText(text: string, most: number, narrower: string): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf('\n', most) + 1;
  const shown = text.slice(0, end === 0 ? most : end);
  const [left, all] = [countLines(text) - countLines(shown), countLines(text)];
  return `${shown.trimEnd()}\n\n${left} of ${all} lines are not shown: ${narrower}\n`;
}

const countLines = (text: string): number => text.trimEnd().split('\n').length;

interface Weighed {
  readonly field: string;
  readonly list: unknown[];
  readonly weight: number;
}

/**
 * The same data with the heaviest lists cut until it fits; what was cut stands in `cut`.
 * @param document of JSON values; is left as it is
 * @param most characters of its JSON
 */
export function boundDocument(document: JsonObject, most: number, narrower: string): JsonObject {
  let length = JSON.stringify(document).length;
  if (length <= most) return document;
  const copy = structuredClone(document);
  const cuts = new Map<string, Cut>();
  while (length > most) {
    const heaviest = findHeaviest(copy, '');
    if (heaviest === undefined) return { cut: [], note: `The answer of ${length} characters is too long: ${narrower}` };
    const { field, list } = heaviest;
    const of = cuts.get(field)?.of ?? list.length;
    list.length = Math.floor(list.length / 2);
    cuts.set(field, { field, shown: list.length, of });
    length = JSON.stringify(copy).length;
  }
  return { ...copy, cut: [...cuts.values()], note: `Lists are cut: ${narrower}` };
}

/** The list with most characters; one that holds it weighs more, so that of lists in lists the outer one is cut. */
function findHeaviest(value: unknown, field: string): Weighed | undefined {
  const inner = Array.isArray(value)
    ? value.map((item: unknown, at) => findHeaviest(item, `${field}[${at}]`))
    : Object.entries(isJsonObject(value) ? value : {}).map(([key, item]) =>
        findHeaviest(item, field === '' ? key : `${field}.${key}`),
      );
  const own =
    Array.isArray(value) && value.length > 0
      ? { field, list: value as unknown[], weight: JSON.stringify(value).length }
      : undefined;
  return [own, ...inner].reduce(
    (best, one) => (one !== undefined && one.weight > (best?.weight ?? 0) ? one : best),
    undefined,
  );
}
