import { codeOf } from '../reasons/lookup.ts';
import type { Reason } from '../reasons/table.ts';
import { holdFix } from './fix-rules.ts';
import type { Chain, Explanation, Fix, Step } from './model.ts';

/** For machines: what decides first, then the chain that it is about, then those of other workloads and endpoints. */
export function arrangeExplanation(explanation: Explanation): object {
  const { subject, verdict, chains, fixes, notes, ...rest } = explanation;
  const [primary, ...others] = chains.map(arrangeChain);
  const answer = { subject, verdict, ...withCodes(rest) };
  const edits = fixes.map(arrangeFix);
  if (primary === undefined) return { ...answer, fixes: edits, notes };
  const { steps, ...about } = primary;
  return { ...answer, ...about, chain: steps, fixes: edits, others, notes };
}

const arrangeChain = (chain: Chain): Omit<Chain, 'steps'> & { readonly steps: readonly object[] } => ({
  ...chain,
  steps: chain.steps.map(arrangeStep),
});

/** Operands are there for sentences: machines have `object`, `at`, `reason`, `code` and `counts`. */
function arrangeStep({ operands: _operands, link, verdict, ...step }: Step): object {
  const arranged = { ...step, fixes: step.fixes.map(arrangeFix) };
  return { link, verdict, ...withCodes(arranged) };
}

/** `applicable`: a program may make it unasked; else `held` says why not. */
export function arrangeFix(fix: Fix): object {
  const { isGuess: _isGuess, text, ...edit } = fix;
  const held = holdFix(fix);
  return { ...edit, text, applicable: held === undefined, ...(held === undefined ? {} : { held }) };
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
