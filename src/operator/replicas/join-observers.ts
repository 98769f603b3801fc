import type { DesiredObserver } from '../../controllers/workload/desired-observer.ts';

/** Shows everything to each of them; undefined when there is none. */
export function joinObservers(...some: readonly (DesiredObserver | undefined)[]): DesiredObserver | undefined {
  const all = some.filter((one) => one !== undefined);
  if (all.length === 0) return undefined;
  return {
    observe: (desired) => {
      for (const one of all) one.observe(desired);
    },
    wrote: (desired) => {
      for (const one of all) one.wrote?.(desired);
    },
    forget: (kind, key) => {
      for (const one of all) one.forget(kind, key);
    },
  };
}
