import type { RelabelConfig } from '../../api/parts/relabel.ts';
import type { Version } from '../../base/version.ts';
import { isValidLabelName, isValidNameTemplate } from './label-names.ts';
import type { NameScheme } from './label-names.ts';
import type { RegexpCache } from './regexp-cache.ts';

/** What relabel rules are judged by. */
export interface RelabelRules {
  readonly version: Version;
  readonly regexps: RegexpCache;
}

/** What is wrong with a rule, and the field of the rule that says so. */
export interface RelabelFault {
  readonly field: keyof RelabelConfig;
  readonly message: string;
}

/** Actions that have come since Prometheus 2.0. */
const actionsSince: Readonly<Record<string, string>> = {
  lowercase: '2.36.0',
  uppercase: '2.36.0',
  keepequal: '2.41.0',
  dropequal: '2.41.0',
};
const needTarget = ['replace', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal'];
const copyWhole = ['lowercase', 'uppercase', 'keepequal', 'dropequal'];
/** A field's value when nothing is said. */
const defaults = { separator: ';', regex: '(.*)', replacement: '$1', modulus: 0, targetLabel: '' };

const schemeOf = (version: Version): NameScheme => (version.isAtLeast('3.0.0') ? 'utf8' : 'legacy');

/** Any UTF-8 text from Prometheus 3 on, `[a-zA-Z_][a-zA-Z0-9_]*` before. */
export function isLabelName(name: string, version: Version): boolean {
  return isValidLabelName(name, schemeOf(version));
}

/** Fields of which the empty text is written too, and means something. */
const writtenEmpty = ['separator', 'replacement'];

function differs(rule: RelabelConfig, field: keyof typeof defaults): boolean {
  const value = rule[field];
  if (value === undefined || value === defaults[field]) return false;
  return writtenEmpty.includes(field) || (value !== '' && value !== 0);
}

function checkTarget(rule: RelabelConfig, action: string, version: Version): RelabelFault | undefined {
  const target = rule.targetLabel ?? '';
  if (!needTarget.includes(action)) return undefined;
  if (target === '') return { field: 'targetLabel', message: `Cannot ${action} without targetLabel` };
  if (isLabelName(target, version)) return undefined;
  return { field: 'targetLabel', message: `Cannot ${action} into "${target}": it is no valid label name` };
}

function checkReplacement(rule: RelabelConfig, action: string, version: Version): RelabelFault | undefined {
  const { replacement } = rule;
  if (replacement === undefined) return undefined;
  if (copyWhole.includes(action) && replacement !== defaults.replacement)
    return { field: 'replacement', message: `Cannot use replacement "${replacement}" with ${action}: leave it out` };
  if (action !== 'labelmap' || isValidNameTemplate(replacement, schemeOf(version))) return undefined;
  return { field: 'replacement', message: `Cannot map labels to "${replacement}": it makes no valid label name` };
}

function checkUnused(rule: RelabelConfig, action: string): RelabelFault | undefined {
  const unusable = (field: keyof RelabelConfig): RelabelFault => ({
    field,
    message: `Cannot use ${field} with ${action}: leave it out`,
  });
  if (action === 'keepequal' || action === 'dropequal') {
    const used = (['regex', 'modulus', 'separator', 'replacement'] as const).find((field) => differs(rule, field));
    return used && unusable(used);
  }
  if (action !== 'labeldrop' && action !== 'labelkeep') return undefined;
  if ((rule.sourceLabels ?? []).length > 0) return unusable('sourceLabels');
  const used = (['targetLabel', 'modulus', 'separator', 'replacement'] as const).find((field) => differs(rule, field));
  return used && unusable(used);
}

function checkRegex({ regex }: RelabelConfig, regexps: RegexpCache): RelabelFault | undefined {
  if (regex === undefined || regex === '') return undefined;
  const fault = regexps.explainInvalid(regex);
  return fault === undefined ? undefined : { field: 'regex', message: fault };
}

function checkSince(action: string, version: Version): RelabelFault | undefined {
  const since = actionsSince[action];
  if (since === undefined || version.isAtLeast(since)) return undefined;
  return { field: 'action', message: `Cannot ${action} with Prometheus ${version.toString()}: it needs ${since}` };
}

/** What Prometheus would refuse in one rule (docs/reference/rendering.md 3.7), the first fault only; undefined when nothing. */
export function explainInvalidRule(rule: RelabelConfig, { version, regexps }: RelabelRules): RelabelFault | undefined {
  const action = (rule.action ?? '').toLowerCase() || 'replace';
  const modulus = rule.modulus ?? 0;
  return (
    checkSince(action, version) ??
    checkRegex(rule, regexps) ??
    (action === 'hashmod' && modulus === 0
      ? { field: 'modulus', message: 'Cannot hashmod with modulus 0' }
      : undefined) ??
    checkTarget(rule, action, version) ??
    checkReplacement(rule, action, version) ??
    checkUnused(rule, action)
  );
}
