import type { Action, Script } from './action.ts';

export interface ShrinkOptions {
  /** Whether the script still fails, in the way that is looked for. */
  readonly fails: (script: Script) => Promise<boolean>;
  /** How often `fails` is asked at most. */
  readonly budget: number;
}

/**
 * A shorter script that fails like the given one: delta debugging over the list of actions, then pauses are taken away.
 * What is left cannot lose any single action, unless the budget was used up before.
 */
export async function shrinkScript(script: Script, { fails, budget }: ShrinkOptions): Promise<Script> {
  let left = budget;
  const test = async (actions: readonly Action[]): Promise<boolean> => {
    left -= 1;
    return left >= 0 && (await fails({ ...script, actions }));
  };
  const few = await removeActions(script.actions, test);
  return { ...script, actions: await removePauses(few, test) };
}

type Test = (actions: readonly Action[]) => Promise<boolean>;

/** Takes away halves, quarters and so on, as long as the rest fails. */
async function removeActions(actions: readonly Action[], test: Test): Promise<readonly Action[]> {
  let kept = actions;
  for (let size = Math.ceil(kept.length / 2); size >= 1;) {
    const before = kept;
    for (let from = kept.length - size; from > -size; from -= size) {
      const rest = [...kept.slice(0, Math.max(0, from)), ...kept.slice(from + size)];
      if (rest.length < kept.length && (await test(rest))) kept = rest;
    }
    // At size 1 again and again, until no single action can go.
    if (size > 1) size = Math.floor(size / 2);
    else if (kept === before) break;
  }
  return kept;
}

async function removePauses(actions: readonly Action[], test: Test): Promise<readonly Action[]> {
  let kept = actions;
  for (const [at, action] of actions.entries()) {
    if (action.thenMs === 0) continue;
    const shorter = kept.with(at, { ...action, thenMs: 0 });
    if (await test(shorter)) kept = shorter;
  }
  return kept;
}
