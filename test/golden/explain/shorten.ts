import { isDeepStrictEqual } from 'node:util';

/** A step of a chain as `stoker explain -o json` gives it. */
interface Step {
  readonly link: string;
  readonly verdict: string;
  readonly reason: string;
  readonly object?: unknown;
}

interface Chain {
  readonly monitor?: unknown;
  readonly object?: unknown;
}

export interface Answer extends Chain {
  readonly chain: readonly Step[];
  readonly others: readonly (Chain & { readonly steps: readonly Step[] })[];
}

/** What a step that was not reached says of itself: nothing. */
const notReached = {
  verdict: 'skipped',
  reason: 'NotReached',
  code: 'STK2103',
  at: '',
  compared: '',
  found: '',
  fixes: [],
};

/** Steps that say what is known already, one after the other, are one line: "port, endpoints: not reached". */
function shortenSteps(steps: readonly Step[], { monitor, object }: Chain, base: readonly Step[]): unknown[] {
  const about = monitor ?? object;
  const known = (step: Step): string | undefined => {
    const { link } = step;
    if (isDeepStrictEqual(step, { link, ...notReached, object: about })) return 'not reached';
    return base.some((one) => isDeepStrictEqual(step, one)) ? 'as in all-is-well' : undefined;
  };
  const lines: unknown[] = [];
  let run: { links: string[]; why: string } | undefined;
  const end = (): void => {
    if (run !== undefined) lines.push(`${run.links.join(', ')}: ${run.why}`);
    run = undefined;
  };
  for (const step of steps) {
    const why = known(step);
    if (why !== run?.why) end();
    if (why === undefined) lines.push(step);
    else run = { why, links: [...(run?.links ?? []), step.link] };
  }
  end();
  return lines;
}

/** An answer without what says nothing about the case; nothing is lost: each step that is not written out is named. */
export function shorten(answer: Answer, base: readonly Step[]): unknown {
  return {
    ...answer,
    chain: shortenSteps(answer.chain, answer, base),
    others: answer.others.map((other) => ({
      ...other,
      steps: shortenSteps(other.steps, { object: answer.object, ...other }, base),
    })),
  };
}
