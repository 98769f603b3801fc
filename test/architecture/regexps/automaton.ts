import type { RegexpTree } from './read-regexp.ts';

/** A character that a match consumes, on the way from one state to another. */
export interface Step {
  readonly set: bigint;
  readonly source: string;
  /** Steps that can come next, one entry for each way to get there without consuming anything. */
  readonly next: number[];
  /** The match can end here whatever follows. */
  canEnd: boolean;
}

interface State {
  readonly free: { readonly to: number; readonly isSure: boolean }[];
  step: { readonly to: number; readonly index: number } | undefined;
}

/** Characters that stand for all: every ASCII one and some that classes treat in their own ways. */
const sample = [
  ...Array.from({ length: 128 }, (_, code) => code),
  ...[0x85, 0xa0, 0xb5, 0xe9, 0x130, 0x212a, 0x3b1, 0x4e2d, 0x2028, 0x2029, 0xfeff, 0xfffd, 0xd800, 0x1f600],
].map((code) => String.fromCodePoint(code));

const everything = (1n << BigInt(sample.length)) - 1n;

export function describeCharacter(set: bigint): string {
  const printable = sample.find((character, at) => (set >> BigInt(at)) & 1n && /[!-~]/.test(character));
  return printable ?? sample.find((_, at) => (set >> BigInt(at)) & 1n) ?? '';
}

/** As a repetition goes on for ever or not: that is all that matters for how the work grows. */
const mostCopies = 3;

class Builder {
  readonly steps: Step[] = [];
  readonly states: State[] = [];
  readonly #flags: string;

  constructor(flags: string) {
    this.#flags = flags.replace(/[gym]/g, '');
  }

  addState(): number {
    this.states.push({ free: [], step: undefined });
    return this.states.length - 1;
  }

  join(from: number, to: number, isSure = true): void {
    this.states[from]?.free.push({ to, isSure });
  }

  addStep(from: number, to: number, source: string, set = this.#setOf(source)): void {
    const state = this.states[from];
    if (state === undefined) return;
    this.steps.push({ set, source, next: [], canEnd: false });
    state.step = { to, index: this.steps.length - 1 };
  }

  #setOf(source: string): bigint {
    const pattern = new RegExp(`^(?:${source})$`, this.#flags);
    return sample.reduce((set, character, at) => (pattern.test(character) ? set | (1n << BigInt(at)) : set), 0n);
  }

  /** Builds a tree behind a state and gives the state in which it ends. */
  add(tree: RegexpTree, from: number, isLineStart: boolean): number {
    const to = this.addState();
    switch (tree.kind) {
      case 'character':
        this.addStep(from, to, tree.source);
        break;
      case 'start':
        if (isLineStart) this.addStep(from, to, '\\n');
        else this.join(from, to, false);
        break;
      case 'condition':
        this.join(from, to, false);
        break;
      case 'look':
        // What it reads is read again behind it; here both are followed.
        this.join(from, to, false);
        this.add(tree.inner, from, isLineStart);
        break;
      case 'sequence':
        this.join(
          tree.items.reduce((at, item) => this.add(item, at, isLineStart), from),
          to,
        );
        break;
      case 'alternatives':
        for (const item of tree.items) {
          const begin = this.addState();
          this.join(from, begin);
          this.join(this.add(item, begin, isLineStart), to);
        }
        break;
      case 'repeat':
        this.#repeat(tree, from, to, isLineStart);
    }
    return to;
  }

  #repeat(
    { inner, least, most }: Extract<RegexpTree, { kind: 'repeat' }>,
    from: number,
    to: number,
    isLineStart: boolean,
  ): void {
    let at = from;
    for (let count = 0; count < Math.min(least, mostCopies) - (most === Infinity && least > 0 ? 1 : 0); count += 1)
      at = this.add(inner, at, isLineStart);
    if (most === Infinity) {
      const begin = this.addState();
      this.join(at, begin);
      const end = this.add(inner, begin, isLineStart);
      this.join(end, begin);
      this.join(least > 0 ? end : begin, to);
      return;
    }
    this.join(at, to);
    for (let count = 0; count < Math.min(most - least, mostCopies); count += 1) {
      at = this.add(inner, at, isLineStart);
      this.join(at, to);
    }
  }
}

/** The steps of an expression. The first stands for the characters before a match, when it may begin anywhere. */
export function buildSteps(tree: RegexpTree, flags: string): readonly Step[] {
  const builder = new Builder(flags);
  const begin = builder.addState();
  const isFree = !flags.includes('y') && (flags.includes('m') || !startsAtStart(tree));
  if (isFree) builder.addStep(begin, begin, '(before)', everything);
  const first = builder.addState();
  builder.join(begin, first);
  const end = builder.add(tree, first, flags.includes('m'));
  for (const { step } of builder.states) {
    const own = step === undefined ? undefined : builder.steps[step.index];
    if (step !== undefined && own !== undefined) follow(builder, { state: step.to, end, isSure: true, own, seen: [] });
  }
  return builder.steps;
}

interface Walk {
  readonly state: number;
  readonly end: number;
  readonly isSure: boolean;
  readonly own: Step;
  readonly seen: readonly number[];
}

function follow(builder: Builder, walk: Walk): void {
  const { state, end, isSure, own, seen } = walk;
  // Once around again is another way, as in (a*)*; twice around tells nothing new.
  if (seen.filter((one) => one === state).length > 1) return;
  if (state === end && isSure) own.canEnd = true;
  const { free = [], step } = builder.states[state] ?? {};
  if (step !== undefined) own.next.push(step.index);
  for (const one of free)
    follow(builder, { ...walk, state: one.to, isSure: isSure && one.isSure, seen: [...seen, state] });
}

function startsAtStart(tree: RegexpTree): boolean {
  if (tree.kind === 'start') return true;
  if (tree.kind === 'alternatives') return tree.items.every(startsAtStart);
  const [first] = tree.kind === 'sequence' ? tree.items : [];
  return first !== undefined && startsAtStart(first);
}
