import { codeOf } from '../reasons/lookup.ts';
import type { Reason } from '../reasons/table.ts';
import type { Chain, Explanation, Step } from './model.ts';

/** For machines: what decides first, then the chain that it is about, then those of other workloads and endpoints. */
export function arrangeExplanation(explanation: Explanation): object {
  const { subject, verdict, chains, fixes, notes, ...rest } = explanation;
  const [primary, ...others] = chains.map(arrangeChain);
  const answer = { subject, verdict, ...withCodes(rest) };
  if (primary === undefined) return { ...answer, fixes, notes };
  const { steps, ...about } = primary;
  return { ...answer, ...about, chain: steps, fixes, others, notes };
}

const arrangeChain = (chain: Chain): Omit<Chain, 'steps'> & { readonly steps: readonly object[] } => ({
  ...chain,
  steps: chain.steps.map(arrangeStep),
});

/** Operands are there for sentences: machines have `object`, `at`, `reason`, `code` and `counts`. */
function arrangeStep({ operands: _operands, link, verdict, ...step }: Step): object {
  return { link, verdict, ...withCodes(step) };
}

interface Reasoned {
  readonly reason: Reason;
  readonly cause?: Reason;
}

/** Codes stand behind the reasons that they are of. */
function withCodes({ reason, cause, ...rest }: Reasoned): object {
  return {
    reason,
    code: codeOf(reason),
    ...(cause === undefined ? {} : { cause, causeCode: codeOf(cause) }),
    ...rest,
  };
}
