import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './checker.ts';
import type { Expression } from './emptiness.ts';
import { aggregations, functions } from './functions.ts';
import { readString } from './literals.ts';
import { readSelector } from './read-selector.ts';
import type { Matcher, Selector } from './read-selector.ts';
import { readAggregation, readMatching } from './vector-matching.ts';
import type { Grouping, Matching } from './vector-matching.ts';

/** What is known of the labels of all that an expression gives, the metric's name aside. */
export interface OutputLabels {
  /** No result has a label of another name; undefined: it may have any. */
  readonly names: ReadonlySet<string> | undefined;
  /** Every result has these. */
  readonly fixed: ReadonlyMap<string, string>;
}

const anything: OutputLabels = { names: undefined, fixed: new Map() };
const none: OutputLabels = { names: new Set(), fixed: new Map() };

/**
 * Which labels the results of an expression can have, by the rules of Prometheus for selectors, aggregations, functions and
 * vector matching (https://prometheus.io/docs/prometheus/latest/querying/operators/). What is not known is left open.
 * @param expression checked before.
 * @param settle what else is known of the series.
 */
export function describeOutput({ text, node }: Expression, settle: SettleLabels = () => []): OutputLabels {
  return new OutputReader(text, settle).read(node) ?? none;
}

/** Labels that all series have which a selector can select, beside those that it asks for. */
export type SettleLabels = (selector: Selector) => Iterable<readonly [name: string, value: string]>;

/** Labels of one operand; undefined: it is a scalar. */
type Operand = OutputLabels | undefined;

class OutputReader {
  readonly #text: string;
  readonly #settle: SettleLabels;

  constructor(text: string, settle: SettleLabels) {
    this.#text = text;
    this.#settle = settle;
  }

  read(node: SyntaxNode): Operand {
    switch (node.name) {
      case 'BinaryExpr':
        return this.#readChain(node);
      case 'VectorSelector':
        return this.#readSelector(node);
      case 'FunctionCall':
        return this.#readCall(node);
      case 'AggregateExpr':
        return this.#readAggregation(node);
      case 'NumberDurationLiteral':
      case 'StringLiteral':
        return undefined;
      case 'UnaryExpr':
        return node.lastChild === null ? anything : this.read(node.lastChild);
      default: {
        const [inner] = childrenOf(node);
        return inner === undefined ? anything : this.read(inner);
      }
    }
  }

  #readSelector(node: SyntaxNode): OutputLabels {
    const selector = readSelector(this.#text, node);
    return { names: undefined, fixed: new Map([...this.#settle(selector), ...fixLabels(selector.matchers)]) };
  }

  /** A chain such as `a or b or c …` leans to the left as deep as it is long: it is walked, not recursed into. */
  #readChain(node: SyntaxNode): Operand {
    const spine: SyntaxNode[] = [];
    let leftmost: SyntaxNode | null = node;
    while (leftmost?.name === 'BinaryExpr') {
      spine.push(leftmost);
      leftmost = leftmost.firstChild;
    }
    let left: Operand = leftmost === null ? anything : this.read(leftmost);
    for (const link of spine.reverse()) left = this.#combine(link, left);
    return left;
  }

  #combine(node: SyntaxNode, left: Operand): Operand {
    const [, operator] = childrenOf(node);
    const right = node.lastChild === null ? undefined : this.read(node.lastChild);
    if (left === undefined || right === undefined) return left ?? right;
    switch (operator?.name) {
      case 'Or':
        return unite(left, right);
      case 'And':
      case 'Unless':
        return left;
      default:
        return combineMatched(readMatching(this.#text, node), left, right);
    }
  }

  #readAggregation(node: SyntaxNode): Operand {
    const { operator, grouping } = readAggregation(this.#text, node);
    const body = node.getChild('FunctionCallBody');
    const given = body === null ? [] : childrenOf(body);
    const vector = given.at((aggregations.get(operator)?.parameters.length ?? 1) - 1);
    const inner = (vector && this.read(vector)) ?? anything;
    if (choosing.has(operator)) return inner;
    const grouped = choose(inner, grouping);
    return operator === 'count_values' ? include(grouped, new Set(this.#readText(given[0]))) : grouped;
  }

  #readCall(node: SyntaxNode): Operand {
    const [identifier, body] = childrenOf(node);
    const name = identifier === undefined ? '' : this.#textOf(identifier);
    if (scalars.has(name)) return undefined;
    if (name === 'info') return anything;
    const given = body === undefined ? [] : childrenOf(body);
    const parameters = functions.get(name)?.parameters ?? [];
    const argument = given[parameters.findIndex((type) => type === 'vector' || type === 'matrix')];
    const inner = (argument && this.read(argument)) ?? none;
    if (absences.has(name)) return this.#describeAbsence(argument);
    if (rewriting.has(name)) return include(inner, new Set(this.#readText(given[1])));
    return name.startsWith('histogram_') ? drop(inner, new Set(['le'])) : inner;
  }

  /** What is absent has the labels that it was asked for, and no others. */
  #describeAbsence(argument: SyntaxNode | undefined): OutputLabels {
    let node = argument ?? null;
    while (node !== null && node.name !== 'VectorSelector') node = node.firstChild;
    const fixed = node === null ? new Map<string, string>() : fixLabels(readSelector(this.#text, node).matchers);
    return { names: new Set(fixed.keys()), fixed };
  }

  #readText(node: SyntaxNode | undefined): string[] {
    const literal = node && readString(this.#textOf(node));
    return literal !== undefined && 'value' in literal ? [literal.value] : [];
  }

  #textOf({ from, to }: SyntaxNode): string {
    return this.#text.slice(from, to);
  }
}

/** Give the series that they choose as these are. */
const choosing = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);
const absences = new Set(['absent', 'absent_over_time']);
/** Write a label whose name is their second argument. */
const rewriting = new Set(['label_replace', 'label_join']);
const scalars = new Set(['scalar', 'time', 'pi', 'start', 'end', 'range', 'step']);

/** A label that must be empty is not there. */
function fixLabels(matchers: readonly Matcher[]): Map<string, string> {
  const equal = matchers.filter(({ operator, name, value }) => operator === '=' && name !== '__name__' && value !== '');
  return new Map(equal.map(({ name, value }) => [name, value]));
}

const filterFixed = ({ fixed }: OutputLabels, holds: (name: string) => boolean): Map<string, string> =>
  new Map([...fixed].filter(([name]) => holds(name)));

/** What arithmetic and comparisons leave of the labels of both sides; `group_left (a)` takes `a` from the other side. */
function combineMatched({ grouping, many, included }: Matching, left: OutputLabels, right: OutputLabels): OutputLabels {
  if (many !== undefined) return include(many === 'left' ? left : right, included);
  const isOn = 'only' in grouping;
  const isPlain = !isOn && grouping.except.size === 0;
  const both = { ...left, fixed: new Map([...right.fixed, ...left.fixed]) };
  return choose(isOn || isPlain ? both : left, grouping);
}

const choose = (labels: OutputLabels, grouping: Grouping): OutputLabels =>
  'only' in grouping ? keep(labels, grouping.only) : drop(labels, grouping.except);

const keep = (labels: OutputLabels, names: ReadonlySet<string>): OutputLabels => ({
  names: new Set([...names].filter((name) => labels.names?.has(name) ?? true)),
  fixed: filterFixed(labels, (name) => names.has(name)),
});

const drop = (labels: OutputLabels, names: ReadonlySet<string>): OutputLabels => ({
  names: labels.names && new Set([...labels.names].filter((name) => !names.has(name))),
  fixed: filterFixed(labels, (name) => !names.has(name)),
});

/** Labels whose values nothing is known of. */
const include = (labels: OutputLabels, names: ReadonlySet<string>): OutputLabels => ({
  names: labels.names && new Set([...labels.names, ...names]),
  fixed: filterFixed(labels, (name) => !names.has(name)),
});

const unite = (a: OutputLabels, b: OutputLabels): OutputLabels => ({
  names: a.names && b.names && new Set([...a.names, ...b.names]),
  fixed: filterFixed(a, (name) => a.fixed.get(name) === b.fixed.get(name)),
});
