import type { SyntaxNode } from '@lezer/common';
import type { Checker, Operand } from './checker.ts';
import { childrenOf, textOf } from './checker.ts';
import type { Signature } from './functions.ts';
import { aggregations, functions } from './functions.ts';
import { checkGrouping } from './grouping.ts';
import { checkVectorSelector } from './selectors.ts';
import { typeNames } from './types.ts';

/** One call: of a function or of an aggregation. */
interface Call {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly signature: Signature;
  readonly arguments: readonly SyntaxNode[];
}

/** Checks a function's arguments: how many, and of which types. */
export function checkFunction(checker: Checker, node: SyntaxNode): Operand {
  const [identifier, body] = childrenOf(node);
  const name = identifier === undefined ? '' : textOf(checker, identifier);
  const signature = functions.get(name);
  if (signature === undefined || body === undefined) {
    checker.report(`Unknown function "${name}"`, node.from);
    return { type: 'vector', from: node.from };
  }
  const call: Call = { node, name, signature, arguments: childrenOf(body) };
  checkExperimental(checker, call);
  checkCount(checker, call);
  checkArguments(checker, call);
  return { type: signature.returns, from: node.from };
}

/** Checks an aggregation's parameter, expression and grouping labels. */
export function checkAggregation(checker: Checker, node: SyntaxNode): Operand {
  const children = childrenOf(node);
  const operator = children.find((child) => child.name === 'AggregateOp');
  const body = children.find((child) => child.name === 'FunctionCallBody');
  const modifier = children.find((child) => child.name === 'AggregateModifier');
  const name = operator === undefined ? '' : textOf(checker, operator);
  const signature = aggregations.get(name.toLowerCase());
  if (signature !== undefined && body !== undefined) {
    const call: Call = { node, name, signature, arguments: childrenOf(body) };
    checkExperimental(checker, call);
    if (checkCount(checker, call)) checkArguments(checker, call);
  }
  const labels = modifier?.lastChild;
  if (labels?.name === 'GroupingLabels') checkGrouping(checker, labels);
  return { type: 'vector', from: node.from };
}

function checkExperimental(checker: Checker, { node, name, signature }: Call): void {
  if (!signature.experimental || checker.options.experimentalFunctions) return;
  checker.report(`Function "${name}" is experimental: enable it with feature promql-experimental-functions`, node.from);
}

function checkCount(checker: Checker, call: Call): boolean {
  const { least, most } = call.signature;
  const found = call.arguments.length;
  if (found >= least && found <= most) return true;
  const wanted = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
  checker.report(`Wrong number of arguments of "${call.name}": found ${found}, want ${wanted}`, call.node.from);
  return false;
}

function checkArguments(checker: Checker, call: Call): void {
  const { parameters, most } = call.signature;
  for (const [index, argument] of call.arguments.entries()) {
    const beyond = index >= parameters.length;
    const wanted = beyond && most <= parameters.length ? undefined : (parameters[index] ?? parameters.at(-1));
    if (wanted === undefined) return;
    const isInfoSelector = call.name === 'info' && index === 1;
    const operand = isInfoSelector ? checkInfoSelector(checker, argument) : checker.check(argument);
    if (operand.type === wanted) continue;
    checker.report(
      `Wrong type of argument ${index + 1} of "${call.name}": found ${typeNames[operand.type]}, want ${typeNames[wanted]}`,
      operand.from,
    );
  }
}

/** The second argument of info() is matchers only: it may match everything, and has no metric name. */
function checkInfoSelector(checker: Checker, node: SyntaxNode): Operand {
  let selector: SyntaxNode | null = node;
  while (selector?.name === 'OffsetExpr' || selector?.name === 'StepInvariantExpr') selector = selector.firstChild;
  if (selector?.name !== 'VectorSelector' || selector.firstChild?.name === 'Identifier') {
    checker.report('Invalid argument 2 of "info": want label matchers in braces, without a metric name', node.from);
    return { type: 'vector', from: node.from };
  }
  return selector === node ? checkVectorSelector(checker, node, true) : checker.check(node);
}
