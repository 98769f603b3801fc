import type { Expression } from '../../../../src/base/go-regexp/syntax-tree.ts';

type Continue = (at: number) => boolean;

/** An engine that goes back and tries again, as JavaScript's does, and counts the characters that it looks at. */
class Backtracker {
  steps = 0;
  readonly #points: readonly number[];

  constructor(text: string) {
    this.#points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  }

  run(expression: Expression): boolean {
    return this.#match(expression, 0, (at) => at === this.#points.length);
  }

  #match(expression: Expression, at: number, next: Continue): boolean {
    switch (expression.kind) {
      case 'character':
        return this.#takes(expression, at) && next(at + 1);
      case 'loop':
        return this.#matchLoop(expression, at, next);
      case 'optional': {
        const tries = [() => this.#match(expression.inner, at, next), () => next(at)];
        return (expression.lazy ? tries.reverse() : tries).some((one) => one());
      }
      case 'group':
        return this.#match(expression.inner, at, next);
      case 'sequence': {
        const [first, ...rest] = expression.items;
        if (first === undefined) return next(at);
        return this.#match(first, at, (after) => this.#match({ kind: 'sequence', items: rest }, after, next));
      }
      case 'alternatives':
        return expression.items.some((item) => this.#match(item, at, next));
    }
  }

  #matchLoop(loop: Extract<Expression, { kind: 'loop' }>, at: number, next: Continue): boolean {
    const first = loop.mayBeEmpty ? at : at + 1;
    let last = at;
    while (this.#takes(loop, last)) last += 1;
    for (let end = last; end >= first; end -= 1) if (next(end)) return true;
    return false;
  }

  #takes({ set }: Extract<Expression, { kind: 'character' | 'loop' }>, at: number): boolean {
    this.steps += 1;
    const point = this.#points[at];
    return point !== undefined && set.some(([from, to]) => point >= from && point <= to);
  }
}

/** Characters looked at until it is known whether the whole of `text` matches. */
export function countSteps(expression: Expression, text: string): number {
  const engine = new Backtracker(text);
  engine.run(expression);
  return engine.steps;
}
