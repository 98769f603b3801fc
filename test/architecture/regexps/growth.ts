import type { Step } from './automaton.ts';
import { buildSteps, describeCharacter } from './automaton.ts';
import { readRegexp } from './read-regexp.ts';

/** The steps of an expression that can still fail: once one that cannot has been reached, nothing is tried again. */
interface Graph {
  readonly steps: readonly Step[];
  readonly next: readonly (readonly number[])[];
  /** The steps in a cycle with each; none when it is in no cycle. */
  readonly cycles: readonly ReadonlySet<number>[];
}

/**
 * How the work of an engine that goes back and tries again can grow with a text, by the theory of ambiguous automata (Weber
 * and Seidl, "On the degree of ambiguity of finite automata", 1991): undefined when in proportion; else why not.
 */
export function explainGrowth(source: string, flags: string): string | undefined {
  const graph = buildGraph(buildSteps(readRegexp(source), flags));
  return findExponential(graph) ?? findPolynomial(graph);
}

function buildGraph(steps: readonly Step[]): Graph {
  const failing = findFailing(steps);
  const next = steps.map((step, at) => (failing.has(at) ? step.next.filter((to) => failing.has(to)) : []));
  const reached = next.map((_, at) => listReached(next, at));
  const cycles = reached.map((set, at) => new Set([...set].filter((to) => reached[to]?.has(at) === true)));
  return { steps, next, cycles };
}

/** All but those that can end the match wherever they lead. */
function findFailing(steps: readonly Step[]): ReadonlySet<number> {
  const failing = new Set<number>();
  for (let before = -1; before < failing.size;) {
    before = failing.size;
    for (const [at, { canEnd, next }] of steps.entries())
      if (!canEnd || next.some((to) => failing.has(to))) failing.add(at);
  }
  return failing;
}

function listReached(next: readonly (readonly number[])[], from: number): ReadonlySet<number> {
  const reached = new Set<number>();
  const waiting = [...(next[from] ?? [])];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    waiting.push(...(next[at] ?? []));
  }
  return reached;
}

/** Two ways from a step back to itself for one text. */
function findExponential({ steps, next, cycles }: Graph): string | undefined {
  for (const [at, cycle] of cycles.entries()) {
    if (cycle.size === 0) continue;
    const inside = (next[at] ?? []).filter((to) => cycle.has(to));
    if (new Set(inside).size < inside.length)
      return `"${steps[at]?.source ?? ''}" is repeated in two ways (exponential)`;
    const start: Tuple = [at, at];
    const seen = explore({ steps, next, start, keep: [cycle, cycle] });
    for (const tuple of seen.values()) {
      if (tuple[0] === tuple[1]) continue;
      const back = explore({ steps, next, start: tuple, keep: [cycle, cycle] });
      if (back.has(start.join())) return `"${sourceOf(steps, tuple)}" can trade places (exponential)`;
    }
  }
  return undefined;
}

/** A text that one cycle, another and the way between them all take: it can be shared out between the cycles anyhow. */
function findPolynomial({ steps, next, cycles }: Graph): string | undefined {
  for (const [first, one] of cycles.entries()) {
    if (one.size === 0) continue;
    for (const [last, other] of cycles.entries()) {
      if (other.size === 0 || one.has(last)) continue;
      const seen = explore({ steps, next, start: [first, first, last], keep: [one, undefined, other] });
      if (!seen.has([first, last, last].join())) continue;
      const shared = describeCharacter((steps[first]?.set ?? 0n) & (steps[last]?.set ?? 0n));
      return `"${sourceOf(steps, [first, last])}" can share a text of "${shared}" out between them (quadratic or worse)`;
    }
  }
  return undefined;
}

function sourceOf(steps: readonly Step[], tuple: Tuple): string {
  return tuple.map((at) => steps[at]?.source ?? '').join('" and "');
}

type Tuple = readonly number[];

interface Exploration {
  readonly steps: readonly Step[];
  readonly next: readonly (readonly number[])[];
  readonly start: Tuple;
  /** Which steps each place of the tuple may take. */
  readonly keep: readonly (ReadonlySet<number> | undefined)[];
}

/** Tuples of steps that one text leads to from `start`, by their names. */
function explore({ steps, next, start, keep }: Exploration): ReadonlyMap<string, Tuple> {
  const seen = new Map<string, Tuple>();
  const waiting: Tuple[] = [start];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    let tuples: Tuple[] = [[]];
    for (const [place, step] of at.entries()) {
      const ways = [...new Set(next[step] ?? [])].filter((to) => keep[place]?.has(to) ?? true);
      tuples = tuples.flatMap((tuple) => ways.map((to) => [...tuple, to]));
    }
    for (const tuple of tuples) {
      const set = tuple.reduce((all, to) => all & (steps[to]?.set ?? 0n), -1n);
      if (set === 0n || seen.has(tuple.join())) continue;
      seen.set(tuple.join(), tuple);
      waiting.push(tuple);
    }
  }
  return seen;
}
