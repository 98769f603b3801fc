import type { GoRegexp } from '../../base/go-regexp.ts';
import type { LabelBuilder } from './label-builder.ts';
import { rememberedNames } from '../limits.ts';

/** Remembers an answer by name. */
function remember<T>(decide: (name: string) => T): (name: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found.answer;
    if (known.size >= rememberedNames) known.clear();
    const answer = decide(name);
    known.set(name, { answer });
    return answer;
  };
}

/** The actions that look at the names of all labels. They read the labels as they were before the rule. */
export function compileNameAction(
  action: 'labelmap' | 'labeldrop' | 'labelkeep',
  regexp: GoRegexp,
  replacement: string,
): (labels: LabelBuilder) => true {
  if (action === 'labelmap') return compileLabelMap(regexp, replacement);
  const matches = remember((name) => regexp.matches(name));
  const droppedWhen = action === 'labeldrop';
  return (labels) => {
    for (const name of labels.toMap().keys()) if (matches(name) === droppedWhen) labels.delete(name);
    return true;
  };
}

/**
 * Copies labels to the names that the replacement gives, in order of their names: where several come to one name the last
 * wins. A real Prometheus takes them in random order (docs/reference/discovery.md 0.3, ND6).
 */
function compileLabelMap(regexp: GoRegexp, replacement: string): (labels: LabelBuilder) => true {
  const template = regexp.compileTemplate(replacement);
  const rename = remember((name) => {
    const match = regexp.match(name);
    return match === undefined ? undefined : template.expand(match);
  });
  return (labels) => {
    const before = [...labels.toMap()].filter(([name]) => rename(name) !== undefined);
    for (const [name, value] of before.sort(([a], [b]) => (a < b ? -1 : 1))) labels.set(rename(name) ?? '', value);
    return true;
  };
}
