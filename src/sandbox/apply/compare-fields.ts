/** What changed between two objects, field by field (structured-merge-diff, typed.Compare). */
import { equalJson, isJsonObject } from '../../base/json.ts';
import { memberSchema } from '../schema/schema.ts';
import type { Schema } from '../schema/schema.ts';
import { emptySet, leafSet, makeSet } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { indexItems, isAssociative, isGranular } from './list-items.ts';

export interface Comparison {
  /** Fields that are new or have another value. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

const same: Comparison = { changed: emptySet, removed: emptySet };

/** Undefined stands for an absent value. */
export function compareFields(before: unknown, after: unknown, schema: Schema | undefined): Comparison {
  if (before === after) return same;
  const shape = after ?? before;
  const steps = isLeaf(before, after, schema) ? undefined : pairUp(before, after, { shape, schema });
  if (steps === undefined) return compareLeaf(before, after);
  const pairs = steps.map(({ step, left, right, inner }) => [step, compareFields(left, right, inner)] as const);
  const changed = makeSet(
    before === undefined,
    pairs.map(([step, one]) => [step, one.changed] as const),
  );
  const removed = makeSet(
    after === undefined,
    pairs.map(([step, one]) => [step, one.removed] as const),
  );
  return { changed, removed };
}

function compareLeaf(before: unknown, after: unknown): Comparison {
  if (after === undefined) return { changed: emptySet, removed: leafSet };
  return before !== undefined && equalJson(before, after) ? same : { changed: leafSet, removed: emptySet };
}

const isVoid = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) ? Object.keys(value).length === 0 : value === undefined || value === null;
};

/** Scalars, atomic lists and objects, and pairs of which both are empty are compared as a whole. */
function isLeaf(before: unknown, after: unknown, schema: Schema | undefined): boolean {
  const shapes = [before, after].filter((value) => value !== undefined && value !== null);
  if (isVoid(before) && isVoid(after)) return true;
  if (shapes.every(isJsonObject)) return schema !== undefined && !isGranular(schema);
  if (shapes.every(Array.isArray)) return schema === undefined || !isAssociative(schema);
  return true;
}

interface Pair {
  readonly step: string;
  readonly left: unknown;
  readonly right: unknown;
  readonly inner: Schema | undefined;
}

function pairUp(before: unknown, after: unknown, kind: { shape: unknown; schema: Schema | undefined }): Pair[] {
  const { shape, schema } = kind;
  if (Array.isArray(shape) && schema !== undefined) {
    const left = indexItems(Array.isArray(before) ? before : [], schema);
    const right = indexItems(Array.isArray(after) ? after : [], schema);
    const steps = new Set([...left.keys(), ...right.keys()]);
    return [...steps].map((step) => ({ step, left: left.get(step), right: right.get(step), inner: schema.items }));
  }
  const left = isJsonObject(before) ? before : {};
  const right = isJsonObject(after) ? after : {};
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].map((name) => ({
    step: `f:${name}`,
    left: left[name],
    right: right[name],
    inner: schema === undefined ? undefined : memberSchema(schema, name),
  }));
}
