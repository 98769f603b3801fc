import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../promql/checker.ts';
import { foldChain, lastOf } from '../promql/chains.ts';
import { listArguments, nameOfCall } from '../promql/call-arguments.ts';
import type { Expression } from '../promql/emptiness.ts';
import { readSelector } from '../promql/read-selector.ts';
import type { Selector } from '../promql/read-selector.ts';
import { readAggregation, readMatching } from '../promql/vector-matching.ts';
import type { LabelChoice } from './kept-labels.ts';
import { allLabels, intersect, noLabels } from './kept-labels.ts';
import { mixesShards } from './shard-mixing.ts';
import type { TargetShape } from './target-shapes.ts';

/** The targets whose series a selector may select, each with the name of its job; none where it selects nothing. */
export type FindTargets = (selector: Selector) => ReadonlyMap<TargetShape, string>;

/** A part of an expression that gives something else in each shard than over all of them. */
export interface Split {
  readonly kind: 'aggregation' | 'join' | 'absence' | 'default';
  /** The operator, as written. */
  readonly text: string;
  /** The jobs of the targets. */
  readonly jobs: readonly string[];
}

/** What is known of a part of an expression. */
interface Part {
  /** The targets that it is worked out from; none: it is the same in each shard. */
  readonly targets: ReadonlyMap<TargetShape, string>;
  /** Those labels of its targets that its series have. */
  readonly labels: LabelChoice;
  readonly isScalar?: boolean;
}

const constant: Part = { targets: new Map(), labels: allLabels };
const isConstant = ({ targets }: Part): boolean => targets.size === 0;

const absences = new Set(['absent', 'absent_over_time']);
/** Give some of the series that they are given. */
const choices = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);

/**
 * The first part of an expression that shards evaluate wrongly, each with its own targets. All series of one target are in one
 * shard: what looks at each series, or puts together those of one target, is the same everywhere.
 */
export function findSplit(expression: Expression, find: FindTargets): Split | undefined {
  const finder = new SplitFinder(expression.text, find);
  finder.judge(expression.node);
  return finder.found;
}

class SplitFinder {
  found: Split | undefined;
  readonly #text: string;
  readonly #find: FindTargets;

  constructor(text: string, find: FindTargets) {
    this.#text = text;
    this.#find = find;
  }

  judge(node: SyntaxNode): Part {
    if (this.found !== undefined) return constant;
    switch (node.name) {
      case 'BinaryExpr':
        return foldChain(
          node,
          (leftmost) => this.judge(leftmost),
          (left, link) => this.#join(link, left, this.judge(lastOf(link))),
        );
      case 'VectorSelector':
        return { targets: this.#find(readSelector(this.#text, node)), labels: allLabels };
      case 'FunctionCall':
        return this.#call(node);
      case 'AggregateExpr':
        return this.#aggregate(node);
      case 'UnaryExpr':
        return this.judge(lastOf(node));
      case 'NumberDurationLiteral':
      case 'StringLiteral':
        return constant;
      default: {
        const [inner] = childrenOf(node);
        return inner === undefined ? constant : this.judge(inner);
      }
    }
  }

  #report(kind: Split['kind'], text: string, { targets }: Part): Part {
    this.found ??= { kind, text, jobs: [...new Set(targets.values())].sort() };
    return constant;
  }

  #call(node: SyntaxNode): Part {
    const name = nameOfCall(this.#text, node);
    const given = listArguments(node);
    const parts = (name === 'info' ? given.slice(0, 1) : given).map((one) => this.judge(one));
    const part = parts.find((one) => !isConstant(one)) ?? constant;
    if (absences.has(name)) return hasOwn(part) ? this.#report('absence', `${name}()`, part) : constant;
    if (name === 'scalar') return { ...part, labels: noLabels, isScalar: true };
    if (name === 'vector') return { ...part, isScalar: false };
    const written = name.startsWith('label_') ? given[1] : undefined;
    if (written === undefined) return part;
    const label = this.#text.slice(written.from + 1, written.to - 1);
    return { ...part, labels: intersect(part.labels, { except: new Set([label]) }) };
  }

  #aggregate(node: SyntaxNode): Part {
    const { operator, grouping, text } = readAggregation(this.#text, node);
    const parts = listArguments(node).map((one) => this.judge(one));
    const part = parts.find((one) => !isConstant(one)) ?? constant;
    const labels = intersect(part.labels, grouping);
    if (mixesShards(labels, [...part.targets.keys()], true)) return this.#report('aggregation', text, part);
    return choices.has(operator) ? part : { targets: part.targets, labels };
  }

  #join(link: SyntaxNode, left: Part, right: Part): Part {
    const { operator, text, grouping, many } = readMatching(this.#text, link);
    const both = {
      targets: new Map([...left.targets, ...right.targets]),
      labels: intersect(left.labels, right.labels),
    };
    if (isConstant(left) || isConstant(right)) return this.#joinConstant(operator, text, [left, right]);
    const key = intersect(both.labels, grouping);
    if (hasOwn(left) && hasOwn(right) && mixesShards(key, [...both.targets.keys()], false))
      return this.#report('join', text, both);
    if (operator === 'or') return both;
    const isLeft = many === 'left' || operator === 'and' || operator === 'unless' || right.isScalar === true;
    return { targets: both.targets, labels: isLeft ? left.labels : many === 'right' ? right.labels : key };
  }

  /** What each shard has: nothing is missing beside it, but it stands in for what is missing. */
  #joinConstant(operator: string, text: string, [left, right]: readonly [Part, Part]): Part {
    if (operator === 'unless' && !isConstant(right))
      return hasOwn(right) ? this.#report('absence', text, right) : constant;
    if (operator === 'or' && !isConstant(left)) return hasOwn(left) ? this.#report('default', text, left) : left;
    return isConstant(left) ? right : left;
  }
}

/** Whether some shard may be without its targets. */
function hasOwn({ targets }: Part): boolean {
  return [...targets.keys()].some((target) => !target.findPlacement().isEverywhere);
}
