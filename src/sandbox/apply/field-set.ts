/**
 * Sets of fields, as managedFields hold them: a tree whose steps are "f:NAME", "k:{KEYS}" or "v:VALUE". A node may be a member
 * of the set itself and may have members below.
 */
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';

export interface FieldSet {
  readonly member: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const emptySet: FieldSet = { member: false, children: new Map() };
export const leafSet: FieldSet = { member: true, children: new Map() };

export function isEmptySet({ member, children }: FieldSet): boolean {
  return !member && children.size === 0;
}

/** A set that loses its empty branches as it is made. */
export function makeSet(member: boolean, children: Iterable<readonly [string, FieldSet]>): FieldSet {
  return { member, children: new Map([...children].filter(([, child]) => !isEmptySet(child))) };
}

export function unite(left: FieldSet, right: FieldSet): FieldSet {
  if (isEmptySet(left)) return right;
  if (isEmptySet(right)) return left;
  const children = new Map(left.children);
  for (const [step, child] of right.children) children.set(step, unite(children.get(step) ?? emptySet, child));
  return { member: left.member || right.member, children };
}

/** Members of `left` that are no members of `right`. */
export function subtract(left: FieldSet, right: FieldSet): FieldSet {
  if (isEmptySet(right)) return left;
  const children = [...left.children].map(
    ([step, child]) => [step, subtract(child, right.children.get(step) ?? emptySet)] as const,
  );
  return makeSet(left.member && !right.member, children);
}

export function intersect(left: FieldSet, right: FieldSet): FieldSet {
  const children = [...left.children].map(
    ([step, child]) => [step, intersect(child, right.children.get(step) ?? emptySet)] as const,
  );
  return makeSet(left.member && right.member, children);
}

/** Without the branches that `paths` lead to; a path is a list of steps. */
export function withoutBranches(set: FieldSet, paths: readonly (readonly string[])[]): FieldSet {
  const gone = new Set(paths.filter((path) => path.length === 1).map(([step]) => step));
  const children = [...set.children]
    .filter(([step]) => !gone.has(step))
    .map(([step, child]) => {
      const inner = paths.filter((path) => path.length > 1 && path[0] === step).map((path) => path.slice(1));
      return [step, inner.length === 0 ? child : withoutBranches(child, inner)] as const;
    });
  return makeSet(set.member, children);
}

export function equalSets(left: FieldSet, right: FieldSet): boolean {
  return isEmptySet(subtract(left, right)) && isEmptySet(subtract(right, left));
}

/** The members as lists of steps: at each node its own first, then those below, by name. */
export function membersOf(set: FieldSet, steps: readonly string[] = []): string[][] {
  const children = [...set.children].sort(([left], [right]) => (left < right ? -1 : 1));
  const own = children.filter(([, { member }]) => member).map(([step]) => [...steps, step]);
  return [...own, ...children.flatMap(([step, child]) => membersOf(child, [...steps, step]))];
}

/** ".spec.ports[port=80,protocol="TCP"].name": how messages show a path. */
export function renderPath(steps: readonly string[]): string {
  return steps.map(renderStep).join('');
}

function renderStep(step: string): string {
  const value = step.slice(2);
  if (step.startsWith('f:')) return `.${value}`;
  if (step.startsWith('v:')) return `[=${value}]`;
  const keys = JSON.parse(value) as JsonObject;
  return `[${Object.keys(keys)
    .map((key) => `${key}=${JSON.stringify(keys[key])}`)
    .join(',')}]`;
}

/** FieldsV1 JSON. */
export function encodeFieldSet(set: FieldSet): JsonObject {
  const result: JsonObject = {};
  if (set.member && set.children.size > 0) result['.'] = {};
  const steps = [...set.children].sort(([left], [right]) => (left < right ? -1 : 1));
  for (const [step, child] of steps) result[step] = encodeFieldSet(child);
  return result;
}

/** Reads FieldsV1 JSON; undefined when it is malformed. */
export function decodeFieldSet(fields: unknown, top = true): FieldSet | undefined {
  if (!isJsonObject(fields)) return undefined;
  const steps = Object.keys(fields).filter((step) => step !== '.');
  const children = new Map<string, FieldSet>();
  for (const step of steps) {
    const child = /^[fkvi]:/.test(step) ? decodeFieldSet(fields[step], false) : undefined;
    if (child === undefined) return undefined;
    children.set(step, child);
  }
  return { member: '.' in fields || (steps.length === 0 && !top), children };
}
