import type { SyntaxNode } from '@lezer/common';
import type { Checker } from './checker.ts';
import { childrenOf, textOf } from './checker.ts';
import { checkString } from './selectors.ts';

/** Words that Prometheus reads as something else even where a label name is expected, unless they are quoted. */
const notLabelNames = new Set(['inf', 'nan', 'without']);

/** Reads the label names in the parentheses of by, without, on, ignoring, group_left and group_right. */
export function checkGrouping(checker: Checker, node: SyntaxNode): string[] {
  const labels: string[] = [];
  for (const child of childrenOf(node)) {
    const quoted = child.name === 'QuotedLabelName';
    const label = quoted ? checkString(checker, child) : textOf(checker, child);
    if (label === undefined) continue;
    if (!quoted && notLabelNames.has(label.toLowerCase())) {
      checker.report(`Unexpected "${label}": want a label name, quote it if it is one`, child.from);
    } else if (label === '' || label.includes('\uFFFD')) {
      checker.report(`Invalid label name ${textOf(checker, child)}: want text in UTF-8 that is not empty`, child.from);
    } else labels.push(label);
  }
  return labels;
}
