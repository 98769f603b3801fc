import type { LabelSelector, LabelSelectorRequirement } from '../../api/meta.ts';
import type { Rejection } from '../rejection.ts';
import { compareBytes } from '../../base/order.ts';
import type { Findings } from '../findings.ts';

/** Checks labels against a selector. */
export type LabelMatcher = (labels: Readonly<Record<string, string>>) => boolean;

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
const namePattern = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const valuePattern = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const prefixPattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** A label key: a name of at most 63 characters, behind a DNS subdomain and "/" or not. */
function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  const prefix = key.slice(0, Math.max(0, slash));
  if (slash >= 0 && (prefix.length > 253 || !prefixPattern.test(prefix))) return false;
  return namePattern.test(key.slice(slash + 1));
}

const invalid = (field: string, message: string): Rejection => ({ reason: 'InvalidLabelSelector', field, message });

function* checkRequirement(requirement: LabelSelectorRequirement, field: string): Findings {
  const { key, operator } = requirement;
  const values = requirement.values ?? [];
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (!operators.includes(operator))
    yield invalid(`${field}.operator`, `Cannot use operator "${operator}": want one of ${operators.join(', ')}`);
  else if (takesValues && values.length === 0)
    yield invalid(`${field}.values`, `Cannot match ${operator} without values`);
  else if (!takesValues && values.length > 0)
    yield invalid(`${field}.values`, `Cannot use values with ${operator}: leave them out`);
  if (!isLabelKey(key)) yield invalid(`${field}.key`, `Cannot use label key "${key}": it is not valid in Kubernetes`);
  for (const value of values) yield* checkValue(value, `${field}.values`);
}

function* checkValue(value: string, field: string): Findings {
  if (!valuePattern.test(value))
    yield invalid(field, `Cannot use label value "${value}": it is not valid in Kubernetes`);
}

/** Operators, keys and values as Kubernetes has them (docs/reference/rendering.md 3.2). `field` is the path of the selector. */
export function* checkLabelSelector(selector: LabelSelector, field: string): Findings {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (!isLabelKey(key))
      yield invalid(`${field}.matchLabels`, `Cannot use label key "${key}": it is not valid in Kubernetes`);
    yield* checkValue(value, `${field}.matchLabels.${key}`);
  }
  for (const [at, requirement] of (selector.matchExpressions ?? []).entries())
    yield* checkRequirement(requirement, `${field}.matchExpressions[${at}]`);
}

function compileRequirement({ key, operator, ...rest }: LabelSelectorRequirement): LabelMatcher {
  const values = rest.values ?? [];
  switch (operator) {
    case 'In':
      return (labels) => Object.hasOwn(labels, key) && values.includes(labels[key] ?? '');
    case 'NotIn':
      return (labels) => !Object.hasOwn(labels, key) || !values.includes(labels[key] ?? '');
    case 'Exists':
      return (labels) => Object.hasOwn(labels, key);
    default:
      return (labels) => !Object.hasOwn(labels, key);
  }
}

/** The selector as a predicate. `{}` matches everything. The selector must have passed `checkLabelSelector`. */
export function compileLabelSelector(selector: LabelSelector): LabelMatcher {
  const wanted = Object.entries(selector.matchLabels ?? {});
  const requirements = (selector.matchExpressions ?? []).map(compileRequirement);
  return (labels) =>
    wanted.every(([key, value]) => labels[key] === value) && requirements.every((matches) => matches(labels));
}

function writeRequirement({ key, operator, values }: LabelSelectorRequirement): string {
  const list = `(${[...(values ?? [])].sort(compareBytes).join(',')})`;
  if (operator === 'In') return `${key} in ${list}`;
  if (operator === 'NotIn') return `${key} notin ${list}`;
  return operator === 'Exists' ? key : `!${key}`;
}

/** The selector as one string, its terms sorted by key, as the API server reads it; "" matches everything. */
export function writeLabelSelector(selector: LabelSelector): string {
  const labels = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({ key, text: `${key}=${value}` }));
  const expressions = (selector.matchExpressions ?? []).map((one) => ({ key: one.key, text: writeRequirement(one) }));
  return [...labels, ...expressions]
    .sort((a, b) => compareBytes(a.key, b.key))
    .map(({ text }) => text)
    .join(',');
}
