import { cloneJson, isJsonObject, setMember } from '../../src/base/json.ts';
import type { JsonObject } from '../../src/base/json.ts';
import type { SeededRandom } from '../e2e/discovery/seeded-random.ts';
import { makeText, makeValue, prototypeKeys } from './values.ts';

/** One place in an object: its holder and the step from there. */
interface Place {
  readonly holder: JsonObject | unknown[];
  readonly step: string | number;
}

function listPlaces(holder: JsonObject | unknown[], places: Place[] = []): Place[] {
  const steps = Array.isArray(holder) ? [...holder.keys()] : Object.keys(holder);
  for (const step of steps) {
    places.push({ holder, step });
    const value = read({ holder, step });
    if (places.length < 2000 && (Array.isArray(value) || isJsonObject(value))) listPlaces(value, places);
  }
  return places;
}

const read = ({ holder, step }: Place): unknown => (holder as JsonObject)[step];

function write({ holder, step }: Place, value: unknown): void {
  if (Array.isArray(holder)) holder[Number(step)] = value;
  else setMember(holder, String(step), value);
}

function remove({ holder, step }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(step), 1);
  else Reflect.deleteProperty(holder, step);
}

/** A text with a piece cut out, put in or repeated. */
function bendText(text: string, random: SeededRandom): string {
  const at = random.integer(0, text.length);
  const end = random.integer(at, text.length);
  const middle = random.pick(['', makeText(random), text.slice(at, end).repeat(2), text.slice(at, end).toUpperCase()]);
  return text.slice(0, at) + middle + text.slice(end);
}

function bend(value: unknown, random: SeededRandom): unknown {
  if (typeof value === 'string') return random.chance(0.8) ? bendText(value, random) : Number(value);
  if (typeof value === 'number') return random.pick([String(value), -value, value * 1e9, value + 0.5, [value]]);
  if (typeof value === 'boolean') return random.pick([String(value), Number(value), null]);
  if (Array.isArray(value))
    return random.pick([
      value[0] ?? null,
      Object.fromEntries(value.entries()),
      [...value, ...cloneJson(value)],
      [value],
    ]);
  if (isJsonObject(value))
    return random.pick([[value], Object.entries(value), Object.keys(value), JSON.stringify(value)]);
  return [value];
}

type Mutation = (place: Place, random: SeededRandom, places: readonly Place[]) => void;

const mutations: readonly Mutation[] = [
  (place, random) => write(place, makeValue(random)),
  (place, random) => write(place, makeValue(random)),
  (place, random) => write(place, bend(read(place), random)),
  (place, random) => write(place, bend(read(place), random)),
  (place) => remove(place),
  (place, random, places) => write(place, cloneJson(read(random.pick(places)))),
  ({ holder }, random) => addKey(holder, random),
  (place, random) => {
    const value = read(place);
    remove(place);
    if (!Array.isArray(place.holder)) setMember(place.holder, random.pick([...prototypeKeys, makeText(random)]), value);
  },
];

function addKey(holder: Place['holder'], random: SeededRandom): void {
  if (Array.isArray(holder)) holder.push(makeValue(random));
  else setMember(holder, random.chance(0.7) ? random.pick(prototypeKeys) : makeText(random), makeValue(random));
}

/** A copy of an object with some of its places changed; mostly in its spec, where most of it is. */
export function mutate(object: JsonObject, random: SeededRandom): JsonObject {
  const copy = cloneJson(object);
  for (let left = random.pick([1, 1, 1, 2, 3, 6]); left > 0; left -= 1) {
    const places = listPlaces(copy);
    if (places.length === 0) return copy;
    random.pick(mutations)(random.pick(places), random, places);
  }
  return copy;
}
