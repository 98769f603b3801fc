import type { SyntaxNode } from '@lezer/common';
import { parseAndCheck } from './check-promql.ts';
import { childrenOf } from './checker.ts';
import { readMatcher, writeMatcher } from './read-selector.ts';
import type { PromqlError, PromqlOptions } from './types.ts';

/** A label that every series must carry with one value. */
export interface EnforcedLabel {
  readonly name: string;
  readonly value: string;
}

/** The rewritten expression, or why it cannot be rewritten: a text that is no expression is never half changed. */
export type EnforcedPromql = { readonly text: string } | { readonly errors: readonly PromqlError[] };

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Restricts every selector of an expression to series with a label, as prom-label-proxy does (docs/reference/rendering.md
 * 3.8): matchers on that label are dropped and the enforced one comes last. All other text stays as it was written.
 */
export function enforceLabel(text: string, label: EnforcedLabel, options: PromqlOptions): EnforcedPromql {
  const { expression, errors } = parseAndCheck(text, options);
  if (expression === undefined || errors.length > 0) return { errors };
  const edits: Edit[] = [];
  const cursor = expression.cursor();
  do {
    if (cursor.name === 'VectorSelector') edits.push(restrictSelector(text, cursor.node, label));
  } while (cursor.next());
  return { text: applyEdits(text, edits) };
}

function restrictSelector(text: string, node: SyntaxNode, label: EnforcedLabel): Edit {
  const matcher = writeMatcher({ ...label, operator: '=' });
  const braces = node.getChild('LabelMatchers');
  if (braces === null) return { from: node.to, to: node.to, text: `{${matcher}}` };
  const matchers = childrenOf(braces);
  const kept = matchers.filter((child) => readMatcher(text, child)?.name !== label.name);
  const last = matchers.at(-1);
  if (last === undefined) return { from: braces.from + 1, to: braces.from + 1, text: matcher };
  if (kept.length === matchers.length) return { from: last.to, to: last.to, text: `,${matcher}` };
  const rewritten = [...kept.map((child) => text.slice(child.from, child.to)), matcher];
  return { from: braces.from, to: braces.to, text: `{${rewritten.join(',')}}` };
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let written = '';
  let at = 0;
  for (const edit of edits) {
    written += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return written + text.slice(at);
}
