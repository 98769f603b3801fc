import type { PrometheusRuleSpec, Rule, RuleGroup } from '../../api/prometheus-rule.ts';
import { parseDuration } from '../../base/durations.ts';
import { checkPromql } from '../promql/check-promql.ts';
import type { PromqlOptions } from '../promql/types.ts';
import { isValidLabelName, isWellFormed } from '../relabel/label-names.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import { checkAlertTemplate } from '../templates/prometheus-template.ts';
import type { Findings } from '../findings.ts';

/** How names and expressions are judged. */
export interface RuleLanguage {
  readonly names: NameScheme;
  readonly promql: PromqlOptions;
}

type Texts = Readonly<Record<string, string>>;

/**
 * Everything for which Prometheus' rule file parser refuses a file (docs/reference/rendering.md 3.8), in the order of the
 * groups. Empty durations are taken for unset. It may rest behind each rule.
 */
export function* checkRuleGroups({ groups = [] }: PrometheusRuleSpec, language: RuleLanguage): Findings {
  const names = new Set<string>();
  for (const [index, group] of groups.entries()) {
    const field = `spec.groups[${index}]`;
    if (group.name === '') {
      yield { reason: 'InvalidGroupName', field: `${field}.name`, message: 'Cannot use an empty group name: set one' };
    } else if (names.has(group.name)) {
      const message = `Cannot use group name "${group.name}": another group of this object has it`;
      yield { reason: 'DuplicateGroup', field: `${field}.name`, message };
    }
    names.add(group.name);
    yield* checkGroup(group, field, language);
  }
}

function* checkGroup(group: RuleGroup, field: string, language: RuleLanguage): Findings {
  yield* checkDuration(group.interval, `${field}.interval`);
  yield* checkDuration(group.query_offset, `${field}.query_offset`);
  yield* checkLabels(group.labels ?? {}, `${field}.labels`, language);
  for (const [index, rule] of (group.rules ?? []).entries()) {
    yield* checkRule(rule, `${field}.rules[${index}]`, language);
    yield;
  }
}

function* checkRule(rule: Rule, field: string, language: RuleLanguage): Findings {
  yield* checkKind(rule, field);
  yield* checkExpression(rule, `${field}.expr`, language);
  yield* checkDuration(rule.for, `${field}.for`);
  yield* checkDuration(rule.keep_firing_for, `${field}.keep_firing_for`);
  if (isSet(rule.record)) yield* checkRecording(rule, rule.record, { field, language });
  yield* checkLabels(rule.labels ?? {}, `${field}.labels`, language);
  yield* checkAnnotations(rule.annotations ?? {}, `${field}.annotations`, language);
  if (!isSet(rule.alert)) return;
  yield* checkTemplates(rule.labels ?? {}, `${field}.labels`);
  yield* checkTemplates(rule.annotations ?? {}, `${field}.annotations`);
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function* checkKind({ record, alert }: Rule, field: string): Findings {
  if (isSet(record) === isSet(alert)) {
    const found = isSet(record) ? `both record "${record}" and alert "${alert ?? ''}"` : 'neither record nor alert';
    yield { reason: 'InvalidRuleKind', field, message: `Cannot use a rule with ${found}: set one of them` };
  }
}

function* checkExpression({ expr }: Rule, field: string, { promql }: RuleLanguage): Findings {
  for (const { line, column, message } of checkPromql(String(expr), promql).errors) {
    yield { reason: 'InvalidExpression', field, message: `${line}:${column}: ${message}` };
  }
}

function* checkDuration(text: string | undefined, field: string): Findings {
  if (!isSet(text)) return;
  try {
    parseDuration(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    yield { reason: 'InvalidDuration', field, message: error.message };
  }
}

interface Place {
  readonly field: string;
  readonly language: RuleLanguage;
}

function* checkRecording(rule: Rule, record: string, { field, language }: Place): Findings {
  for (const key of ['annotations', 'for', 'keep_firing_for'] as const) {
    if (!isUsed(rule, key)) continue;
    const message = `Cannot use ${key} in recording rule "${record}": only alerts have it`;
    yield { reason: 'FieldNotAllowed', field: `${field}.${key}`, message };
  }
  if (!isValidMetricName(record, language.names)) {
    const message = `Cannot record "${record}": it is no metric name${language.names === 'legacy' ? ', want letters, digits, "_" and ":"' : ''}`;
    yield { reason: 'InvalidMetricName', field: `${field}.record`, message };
  } else if (/[{}]/.test(record)) {
    const message = `Cannot record "${record}": braces belong into expr or labels`;
    yield { reason: 'InvalidMetricName', field: `${field}.record`, message };
  }
}

/** A duration of zero counts as none; one that cannot be read is told of elsewhere. */
function isUsed(rule: Rule, key: 'annotations' | 'for' | 'keep_firing_for'): boolean {
  if (key === 'annotations') return Object.keys(rule.annotations ?? {}).length > 0;
  try {
    return isSet(rule[key]) && parseDuration(rule[key]) > 0;
  } catch {
    return true;
  }
}

function isValidMetricName(name: string, names: NameScheme): boolean {
  return names === 'utf8' ? isWellFormed(name) : /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name);
}

function* checkLabels(labels: Texts, field: string, { names }: RuleLanguage): Findings {
  for (const [name, value] of Object.entries(labels)) {
    if (!isValidLabelName(name, names) || name === '__name__') {
      yield { reason: 'InvalidLabelName', field: `${field}.${name}`, message: describeName('label', name, names) };
    }
    if (!isWellFormed(value)) {
      const message = `Cannot use value of label "${name}": it is not valid UTF-8`;
      yield { reason: 'InvalidLabelValue', field: `${field}.${name}`, message };
    }
  }
}

function* checkAnnotations(annotations: Texts, field: string, { names }: RuleLanguage): Findings {
  for (const name of Object.keys(annotations)) {
    if (isValidLabelName(name, names)) continue;
    const message = describeName('annotation', name, names);
    yield { reason: 'InvalidAnnotationName', field: `${field}.${name}`, message };
  }
}

function describeName(what: string, name: string, names: NameScheme): string {
  if (name === '__name__') return 'Cannot use label "__name__": it holds the name of the metric';
  const way = names === 'legacy' ? 'want letters, digits and "_"' : 'want UTF-8 that is not empty';
  return `Cannot use ${what} name "${name}": ${way}`;
}

function* checkTemplates(texts: Texts, field: string): Findings {
  for (const [name, text] of Object.entries(texts)) {
    try {
      checkAlertTemplate(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      yield { reason: 'InvalidTemplate', field: `${field}.${name}`, message: error.message };
    }
  }
}
