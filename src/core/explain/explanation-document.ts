import type { Chain, Explanation, Step } from './model.ts';

/** For machines: what decides first, then the chain that it is about, then those of other workloads and endpoints. */
export function arrangeExplanation({ chains, fixes, notes, ...rest }: Explanation): object {
  const [primary, ...others] = chains.map(arrangeChain);
  if (primary === undefined) return { ...rest, fixes, notes };
  const { steps, ...about } = primary;
  return { ...rest, ...about, chain: steps, fixes, others, notes };
}

/** Operands are there for sentences: machines have `object`, `at`, `reason` and `counts`. */
const arrangeChain = (chain: Chain): Chain => ({ ...chain, steps: chain.steps.map(arrangeStep) });

const arrangeStep = ({ operands: _operands, ...step }: Step): Step => step;
