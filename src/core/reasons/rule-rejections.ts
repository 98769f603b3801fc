import type { Entries } from './entry.ts';

/** Why a PrometheusRule is left out. */
export const ruleRejections = {
  InvalidGroupName: {
    code: 'STK5401',
    meaning: 'A group of rules has no name',
    example: 'Cannot use an empty group name: set one',
    mend: 'Set name of the group.',
  },
  DuplicateGroup: {
    code: 'STK5402',
    meaning: 'Two groups of the object have the same name',
    example: 'Cannot use group name "checkout": another group of this object has it',
    mend: 'Rename one of them, or join them.',
  },
  InvalidRuleKind: {
    code: 'STK5403',
    meaning: 'A rule is neither a recording rule nor an alert, or both',
    example: 'Cannot use a rule with both record "shop:up:sum" and alert "ShopDown": set one of them',
    mend: 'Set record or alert.',
  },
  InvalidExpression: {
    code: 'STK5404',
    meaning: 'The expression is no PromQL that the workload takes',
    example: '1:35: Cannot parse expression: found "by", want "," or ")"',
    mend: 'Correct the expression at the line and column that the message begins with.',
  },
  InvalidDuration: {
    code: 'STK5405',
    meaning: 'A duration of a rule or group cannot be used',
    example: 'Cannot parse duration "5 minutes": want something like 30s, 1h30m or 1d',
    mend: 'Write a duration such as 5m.',
  },
  FieldNotAllowed: {
    code: 'STK5406',
    meaning: 'A recording rule has a field that only alerts have',
    example: 'Cannot use for in recording rule "shop:up:sum": only alerts have it',
    mend: 'Remove the field.',
  },
  InvalidMetricName: {
    code: 'STK5407',
    meaning: 'A recording rule records under a name that no metric can have',
    example: 'Cannot record "shop:up{job="a"}": braces belong into expr or labels',
    mend: 'Use letters, digits, "_" and ":"; labels go into labels.',
  },
  InvalidLabelValue: {
    code: 'STK5408',
    meaning: 'The value of a label is no valid UTF-8',
    example: 'Cannot use value of label "team": it is not valid UTF-8',
    mend: 'Write the value again: a lone half of a character is in it.',
  },
  InvalidAnnotationName: {
    code: 'STK5409',
    meaning: 'The name of an annotation cannot be used',
    example: 'Cannot use annotation name "": want UTF-8 that is not empty',
    mend: 'Give the annotation a name.',
  },
  InvalidTemplate: {
    code: 'STK5410',
    meaning: 'A template of an alert or a notification cannot be parsed',
    example: 'Cannot parse template: line 1: an action is not closed with "}}"',
    mend: 'Correct the template: each {{ needs its }}, each if, range and with its end, and functions are those of the program.',
  },
  RulesTooLarge: {
    code: 'STK5411',
    meaning: 'The rules of one object do not fit into a ConfigMap',
    example: 'Cannot use rules of 600000 bytes: a rule file may have 524288, divide the object',
    mend: 'Divide the object into several.',
  },
} as const satisfies Entries;
