/** Expressions as rules have them: operators, aggregations, functions, absent(), offsets, subqueries. */
import type { SeededRandom } from '../discovery/seeded-random.ts';

const labels = ['job', 'instance', 'namespace', 'team', 'handler', 'code'];

export class RandomRules {
  readonly #random: SeededRandom;
  readonly #makeSelector: () => string;

  constructor(random: SeededRandom, makeSelector: () => string) {
    this.#random = random;
    this.#makeSelector = makeSelector;
  }

  make(): string {
    return this.#vector(3);
  }

  #labels(): string {
    return labels.filter(() => this.#random.chance(0.4)).join(', ');
  }

  #vector(depth: number): string {
    const random = this.#random;
    if (depth === 0 || random.chance(0.15)) return this.#leaf();
    const inner = (): string => this.#vector(depth - 1);
    return random.pick([this.#aggregate, this.#join, this.#join, this.#call, this.#compare]).call(this, inner);
  }

  #leaf(): string {
    const selector = this.#makeSelector();
    return this.#random.pick([
      selector,
      selector,
      `rate(${selector}[30s])`,
      `${selector} offset 1s`,
      `max_over_time(${selector}[5s:1s])`,
      `absent(${selector})`,
      `absent_over_time(${selector}[2s])`,
      'vector(1)',
    ]);
  }

  #aggregate(inner: () => string): string {
    const by = this.#random.pick(['', ` by (${this.#labels()})`, ` without (${this.#labels()})`]);
    const operator = this.#random.pick(['sum', 'count', 'max', 'group', 'topk', 'count_values', 'quantile']);
    const parameters: Readonly<Record<string, string>> = { topk: '2, ', count_values: '"value", ', quantile: '0.5, ' };
    return `${operator}${by} (${parameters[operator] ?? ''}${inner()})`;
  }

  #join(inner: () => string): string {
    const operator = this.#random.pick(['+', '/', '>', '== bool', 'and', 'or', 'unless', 'or', 'unless']);
    const matching = this.#random.pick(['', '', ` on (${this.#labels()})`, ` ignoring (${this.#labels()})`]);
    return `(${inner()} ${operator}${matching} ${inner()})`;
  }

  #call(inner: () => string): string {
    return this.#random.pick([
      `abs(${inner()})`,
      `-${this.#leaf()}`,
      `label_replace(${inner()}, "team", "x", "job", ".*")`,
      `histogram_quantile(0.9, ${inner()})`,
      `clamp_min(${inner()}, scalar(${inner()}))`,
      `vector(scalar(${inner()}))`,
      `last_over_time((${inner()})[3s:1s])`,
      `sort(${inner()})`,
    ]);
  }

  #compare(inner: () => string): string {
    return `(${inner()} ${this.#random.pick(['> 0', '>= bool 0', '!= -1', '* 2', '< 1e9'])})`;
  }
}
