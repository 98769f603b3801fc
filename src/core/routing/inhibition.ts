import type { InhibitRule } from '../alertmanager-config/read-routing.ts';
import type { Labels, Matching } from './matching.ts';

/** What one rule says of an alert, given another that fires. */
export type InhibitVerdict =
  | { readonly verdict: 'inhibits' }
  /** The other alert is none that the rule lets inhibit. */
  | { readonly verdict: 'no source' }
  /** Both alerts match both sides: neither inhibits the other. */
  | { readonly verdict: 'both sides' }
  | { readonly verdict: 'not equal'; readonly label: string };

/** What a rule says of an alert that its target side matches. */
function judgePair(rule: InhibitRule, labels: Labels, pair: Pair): InhibitVerdict {
  const { other, matching } = pair;
  if (!matching.matchesAll(rule.source, other)) return { verdict: 'no source' };
  const isBoth = matching.matchesAll(rule.source, labels) && matching.matchesAll(rule.target, other);
  if (isBoth) return { verdict: 'both sides' };
  const label = rule.equal.find((name) => (labels.get(name) ?? '') !== (other.get(name) ?? ''));
  return label === undefined ? { verdict: 'inhibits' } : { verdict: 'not equal', label };
}

interface Pair {
  readonly other: Labels;
  readonly matching: Matching;
}

/** A rule that is about an alert, and what it makes of each other one that fires. */
export interface JudgedRule {
  readonly rule: InhibitRule;
  /** In the order of the other alerts. */
  readonly verdicts: readonly InhibitVerdict[];
}

/**
 * The rules whose target side matches an alert; it is hidden when one of them says `inhibits`. An absent label is equal to an
 * empty one.
 * @param firing labels of other alerts that fire.
 */
export function judgeInhibition(
  rules: readonly InhibitRule[],
  labels: Labels,
  { firing, matching }: { readonly firing: readonly Labels[]; readonly matching: Matching },
): JudgedRule[] {
  return rules
    .filter((rule) => matching.matchesAll(rule.target, labels))
    .map((rule) => ({ rule, verdicts: firing.map((other) => judgePair(rule, labels, { other, matching })) }));
}
