import type { Explanation } from './model.ts';

/** For machines: what decides first, then the chain that it is about, then those of other workloads and endpoints. */
export function arrangeExplanation({ chains, fixes, notes, ...rest }: Explanation): object {
  const [primary, ...others] = chains;
  if (primary === undefined) return { ...rest, fixes, notes };
  const { steps, ...about } = primary;
  return { ...rest, ...about, chain: steps, fixes, others, notes };
}
