import type { Random } from './random.ts';
import type { ValueSchema } from './schema.ts';

/** A place in an object where something can be put instead. */
interface Spot {
  readonly path: string;
  readonly schema: ValueSchema;
  readonly value: unknown;
  readonly put: (value: unknown) => void;
}

export interface Damage {
  readonly path: string;
  /** Which check was broken. */
  readonly check: string;
}

type Json = Record<string, unknown>;

/** Breaks one check of the schema at a random place of the object, which is changed. */
export function breakObject(schema: ValueSchema, object: Json, random: Random): Damage | undefined {
  const chances = [...listSpots('', schema, object, () => undefined)].flatMap((spot) =>
    listDamages(spot).map((damage) => ({ spot, ...damage })),
  );
  if (chances.length === 0) return undefined;
  // Each check gets the same chance, however often it occurs.
  const check = random.pick([...new Set(chances.map((one) => one.check))]);
  const chance = random.pick(chances.filter((one) => one.check === check));
  chance.apply();
  return { path: chance.spot.path, check };
}

function* listSpots(path: string, schema: ValueSchema, value: unknown, put: Spot['put']): Generator<Spot> {
  if (path.startsWith('.spec.')) yield { path, schema, value, put };
  if (Array.isArray(value)) yield* listItemSpots(path, schema, value);
  else if (typeof value === 'object' && value !== null) yield* listMemberSpots(path, schema, value as Json);
}

function* listItemSpots(path: string, { items }: ValueSchema, list: unknown[]): Generator<Spot> {
  if (items === undefined) return;
  for (const [index, item] of list.entries()) {
    yield* listSpots(`${path}[${index}]`, items, item, (other) => (list[index] = other));
  }
}

function* listMemberSpots(path: string, schema: ValueSchema, object: Json): Generator<Spot> {
  for (const [name, member] of Object.entries(object)) {
    const inner = schema.properties?.[name] ?? schema.additionalProperties;
    if (inner === undefined || name === 'metadata') continue;
    yield* listSpots(`${path}.${name}`, inner, member, (other) => (object[name] = other));
  }
}

interface Chance {
  readonly check: string;
  readonly apply: () => void;
}

function listDamages(spot: Spot): Chance[] {
  return [...listValueDamages(spot), ...listMemberDamages(spot)];
}

function listValueDamages({ path, schema, value, put }: Spot): Chance[] {
  const replace = (check: string, isPossible: boolean, other: () => unknown): Chance[] =>
    isPossible ? [{ check, apply: () => put(other()) }] : [];
  const isKeyed = /set|map/.test(schema['x-kubernetes-list-type'] ?? '');
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  return [
    ...replace('type', schema.type !== undefined, () => (schema.type === 'boolean' ? 'yes' : true)),
    ...replace('int-or-string', schema['x-kubernetes-int-or-string'] === true, () => ['a']),
    // A null in a field is dropped like an absent one; in a list it stays.
    ...replace('null', schema.type !== undefined && path.endsWith(']'), () => null),
    ...replace('enum', schema.enum !== undefined, () => 'no-such-word'),
    ...replace('pattern', schema.pattern !== undefined && schema.type === 'string', () => '*? not this'),
    ...replace('minimum', schema.minimum !== undefined, () => Number(schema.minimum) - 1),
    ...replace('maximum', schema.maximum !== undefined, () => Number(schema.maximum) + 1),
    ...replace('format', schema.format === 'int32' && schema.maximum === undefined, () => 2 ** 31),
    ...replace('whole', schema.type === 'integer', () => 1.5),
    ...replace('minLength', schema.minLength !== undefined, () => ''),
    ...replace('minItems', schema.minItems !== undefined, () => []),
    ...replace('duplicate', isKeyed && list.length > 0, () => [...list, list[0]]),
  ];
}

function listMemberDamages({ schema, value }: Spot): Chance[] {
  if (typeof value !== 'object' || value === null || schema.properties === undefined) return [];
  const object = value as Json;
  const present = (schema.required ?? []).filter((name) => name in object);
  return [
    { check: 'unknown', apply: () => (object.noSuchField = 1) },
    ...present.map((name) => ({ check: 'required', apply: () => Reflect.deleteProperty(object, name) })),
  ];
}
