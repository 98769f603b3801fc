import { cloneJson, isJsonObject } from '../../src/base/json.ts';
import type { FuzzInput } from './input.ts';

/** Tries that one crash may take. */
const budget = 80;

type Fails = (input: FuzzInput) => Promise<boolean>;

/** The smallest input that still crashes alike, as text: objects are left out, then fields. */
export async function shrinkInput(input: FuzzInput, fails: Fails): Promise<string> {
  if (input.text !== undefined) return JSON.stringify(input.text).slice(0, 2000);
  let left = budget;
  let best = input.objects.map((object) => ({ object }));
  let mutated = new Set(input.mutated.map((at) => best[at]));
  const assemble = (list: typeof best): FuzzInput => ({
    objects: list.map(({ object }) => object),
    mutated: [...list.keys()].filter((at) => mutated.has(list[at])),
  });
  const attempt = async (list: typeof best): Promise<boolean> => (left -= 1) > 0 && (await fails(assemble(list)));
  for (const one of [...best]) {
    const without = best.filter((other) => other !== one);
    if (await attempt(without)) best = without;
  }
  for (let at = 0; at < best.length; at += 1) {
    const smaller = async (object: unknown): Promise<boolean> => {
      const entry = { object };
      const before = mutated;
      if (mutated.has(best[at])) mutated = new Set([...mutated, entry]);
      const list = best.with(at, entry);
      if (await attempt(list)) best = list;
      else mutated = before;
      return best === list;
    };
    await dropFields(best[at]?.object, smaller);
  }
  return JSON.stringify(best.map(({ object }) => object)).slice(0, 2000);
}

/** Leaves out fields and items, those outside first. */
async function dropFields(object: unknown, isEnough: (object: unknown) => Promise<boolean>): Promise<void> {
  let current = cloneJson(object);
  const visit = async (path: readonly (string | number)[]): Promise<void> => {
    const holder = follow(current, path);
    if (!Array.isArray(holder) && !isJsonObject(holder)) return;
    const steps = Array.isArray(holder) ? [...holder.keys()].reverse() : Object.keys(holder);
    for (const step of steps) {
      const without = cloneJson(current);
      const inside = follow(without, path);
      if (Array.isArray(inside)) inside.splice(Number(step), 1);
      else Reflect.deleteProperty(inside as object, step);
      if (await isEnough(without)) current = without;
      else await visit([...path, step]);
    }
  };
  await visit([]);
}

const follow = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], value);
