/** The list half of strategic merge: elements matched by key, special elements, and the order of the result. */
import { cloneJson, equalJson, isJsonObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { MergeField, MergeSchema } from './merge-keys.ts';
import { plainMergeSchema } from './merge-keys.ts';
import { StrategicMergeError } from './strategic-merge-error.ts';

interface ListMerge {
  readonly field: MergeField;
  /** The order asked for by $setElementOrder; the patch's own order when absent. */
  readonly order?: readonly unknown[];
  readonly mergeObject: (original: JsonObject, patch: JsonObject, schema: MergeSchema) => JsonObject;
}

/**
 * Merges two lists. Elements of the patch come in the order asked for, elements that only the original has keep their
 * place relative to the neighbours they had.
 */
export function mergeList(original: readonly unknown[], patch: readonly unknown[], merge: ListMerge): unknown[] {
  if (original.length === 0 && patch.length === 0) return [];
  const objects = [...original, ...patch].some(isJsonObject);
  const mergeKey = objects ? requireMergeKey(merge.field) : undefined;
  const merged =
    mergeKey === undefined ? mergePrimitives(original, patch) : mergeObjects(original, patch, { ...merge, mergeKey });
  const order = merge.order ?? patch;
  if (merge.order !== undefined) checkOrder(patch, merge.order, mergeKey);
  return arrange(merged, { order, live: original, mergeKey });
}

/** A copy without objects that carry `$patch`; what a patch adds to a place where nothing was. */
export function removeDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !hasDirective(item)).map((item) => removeDirectives(item));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(
    ([key, member]) => !key.startsWith('$') && member !== null && member !== undefined && !hasDirective(member),
  );
  return Object.fromEntries(entries.map(([key, member]) => [key, removeDirectives(member)]));
}

function hasDirective(value: unknown): boolean {
  return isJsonObject(value) && value.$patch !== undefined;
}

function requireMergeKey({ mergeKey }: MergeField): string {
  if (mergeKey === undefined) throw new StrategicMergeError('Cannot merge lists of objects without a merge key');
  return mergeKey;
}

function mergePrimitives(original: readonly unknown[], patch: readonly unknown[]): unknown[] {
  return [...new Set([...original, ...patch])];
}

type KeyedMerge = ListMerge & { readonly mergeKey: string };

function mergeObjects(original: readonly unknown[], patch: readonly unknown[], merge: KeyedMerge): unknown[] {
  const { mergeKey, field, mergeObject } = merge;
  const { base, changes } = applySpecialElements(original, patch, mergeKey);
  const result = [...base];
  for (const change of changes) {
    const key = change[mergeKey];
    if (key === undefined) throw missingKey(change, mergeKey);
    const at = result.findIndex((item) => isJsonObject(item) && equalJson(item[mergeKey], key));
    const found = result[at];
    if (isJsonObject(found)) result[at] = mergeObject(found, change, field.schema ?? plainMergeSchema);
    else result.push(removeDirectives(change));
  }
  return result;
}

/** Takes out the elements with `$patch`: delete removes its match, replace drops the whole original list. */
function applySpecialElements(
  original: readonly unknown[],
  patch: readonly unknown[],
  mergeKey: string,
): { base: readonly unknown[]; changes: JsonObject[] } {
  let base = original;
  let replaces = false;
  const changes: JsonObject[] = [];
  for (const element of patch) {
    if (!isJsonObject(element)) throw new StrategicMergeError('Expected only objects in a list that merges by key');
    const directive = element.$patch;
    if (directive === undefined) changes.push(element);
    else if (directive === 'replace') replaces = true;
    else if (directive === 'delete') base = withoutMatch(base, element, mergeKey);
    else throw new StrategicMergeError(`Unknown patch type "${JSON.stringify(directive)}" in a list`);
  }
  return replaces ? { base: changes.map((change) => cloneJson(change)), changes: [] } : { base, changes };
}

function withoutMatch(list: readonly unknown[], element: JsonObject, mergeKey: string): readonly unknown[] {
  const key = element[mergeKey];
  if (key === undefined) throw missingKey(element, mergeKey);
  return list.filter((item) => !isJsonObject(item) || !equalJson(item[mergeKey], key));
}

function missingKey(element: JsonObject, mergeKey: string): StrategicMergeError {
  return new StrategicMergeError(`map: ${JSON.stringify(element)} does not contain declared merge key: ${mergeKey}`);
}

function isSame(left: unknown, right: unknown, mergeKey: string | undefined): boolean {
  if (mergeKey === undefined) return equalJson(left, right);
  return isJsonObject(left) && isJsonObject(right) && equalJson(left[mergeKey], right[mergeKey]);
}

/** The patch's elements must follow each other as in the order asked for. */
function checkOrder(patch: readonly unknown[], order: readonly unknown[], mergeKey: string | undefined): void {
  const elements = patch.filter((element) => !hasDirective(element));
  if (order.length === 0) return;
  let at = 0;
  for (const wanted of order) {
    if (at < elements.length && isSame(elements[at], wanted, mergeKey)) at += 1;
  }
  if (at < elements.length) {
    throw new StrategicMergeError(
      `The order in patch list:\n${JSON.stringify(patch)}\n doesn't match $setElementOrder list:\n${JSON.stringify(order)}\n`,
    );
  }
}

interface Arrangement {
  readonly order: readonly unknown[];
  readonly live: readonly unknown[];
  readonly mergeKey: string | undefined;
}

function arrange(merged: readonly unknown[], { order, live, mergeKey }: Arrangement): unknown[] {
  const rank = (list: readonly unknown[], item: unknown): number =>
    list.findIndex((one) => isSame(one, item, mergeKey));
  const byRank = (list: readonly unknown[]) => (left: unknown, right: unknown) => rank(list, left) - rank(list, right);
  const ordered = merged.filter((item) => rank(order, item) >= 0).sort(byRank(order));
  const others = merged.filter((item) => rank(order, item) < 0).sort(byRank(live));
  const result: unknown[] = [];
  for (const item of ordered) {
    const place = rank(live, item);
    while (place >= 0 && others.length > 0 && isBefore(rank(live, others[0]), place)) result.push(others.shift());
    result.push(item);
  }
  return [...result, ...others];
}

const isBefore = (rank: number, place: number): boolean => rank >= 0 && rank < place;
