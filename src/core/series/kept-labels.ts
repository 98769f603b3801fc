import type { Grouping } from '../promql/vector-matching.ts';

/** Some of the labels of series: only those names, or all but those. */
export type LabelChoice = Grouping;

export const allLabels: LabelChoice = { except: new Set() };
export const noLabels: LabelChoice = { only: new Set() };

export function hasLabel(choice: LabelChoice, name: string): boolean {
  return 'only' in choice ? choice.only.has(name) : !choice.except.has(name);
}

/** The labels that both have. */
export function intersect(one: LabelChoice, other: LabelChoice): LabelChoice {
  if ('only' in one) return { only: new Set([...one.only].filter((name) => hasLabel(other, name))) };
  if ('only' in other) return intersect(other, one);
  return { except: new Set([...one.except, ...other.except]) };
}
