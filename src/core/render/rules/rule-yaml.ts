import type { PrometheusRuleSpec, Rule, RuleGroup } from '../../../api/prometheus-rule.ts';
import type { Interruptible } from '../../../base/interruptible.ts';
import { sortEntries } from '../../../base/order.ts';
import { RawScalar, writeYamlItems } from '../../../base/yaml-writer.ts';
import type { YamlFields, YamlMapping } from '../../../base/yaml-writer.ts';

/** Where the keys of a group stand. */
const groupIndent = '  ';
/** Where the lines of a block stand, in blanks: below a field of a rule, and below one of a rule's map. */
const ruleIndent = ' '.repeat(6);
const mapIndent = ' '.repeat(8);

/**
 * A rule file: keys in alphabetical order, as the reference writes them (docs/reference/rendering.md 0.3). Texts of several
 * lines are blocks, so that people can read them. It may rest behind each rule. Empty texts mean "unset": Prometheus would refuse an empty duration.
 */
export function* writeRuleFile({ groups = [] }: PrometheusRuleSpec): Interruptible<string> {
  if (groups.length === 0) return '{}\n';
  const texts = ['groups:\n'];
  for (const group of groups) {
    texts.push(writeYamlItems([layGroup(group)]));
    const { rules = [] } = group;
    if (rules.length > 0) texts.push(`${groupIndent}rules:\n`);
    for (const rule of rules) {
      texts.push(writeYamlItems([layRule(rule)], groupIndent));
      yield;
    }
  }
  return texts.join('');
}

/** All but the rules, which are the last key. */
function layGroup(group: RuleGroup): YamlFields {
  return {
    interval: given(group.interval),
    labels: layMap(group.labels, ruleIndent),
    limit: group.limit,
    name: group.name,
    partial_response_strategy: given(group.partial_response_strategy),
    query_offset: given(group.query_offset),
  };
}

function layRule(rule: Rule): YamlFields {
  return {
    alert: given(rule.alert),
    annotations: layMap(rule.annotations, mapIndent),
    expr: typeof rule.expr === 'number' ? rule.expr : layText(rule.expr, ruleIndent),
    for: given(rule.for),
    keep_firing_for: given(rule.keep_firing_for),
    labels: layMap(rule.labels, mapIndent),
    record: given(rule.record),
  };
}

function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function layMap(map: Readonly<Record<string, string>> | undefined, indent: string): YamlMapping | undefined {
  if (map === undefined || Object.keys(map).length === 0) return undefined;
  return new Map([...sortEntries(map)].map(([key, value]) => [key, layText(value, indent)]));
}

/** Several lines that a literal block keeps as they are: nothing unprintable, no blank at the start, one line end at most. */
const blockText = /^[^\s][\t\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

function layText(text: string, indent: string): string | RawScalar {
  if (!text.includes('\n') || !blockText.test(text) || text.endsWith('\n\n')) return text;
  const isEnded = text.endsWith('\n');
  const lines = (isEnded ? text.slice(0, -1) : text).split('\n');
  const block = lines.map((line) => (line === '' ? '' : indent + line));
  return new RawScalar([isEnded ? '|' : '|-', ...block].join('\n'));
}
