import { GoRegexp } from '../../../base/go-regexp.ts';
import type { YamlValue } from '../../../base/yaml-writer.ts';
import { isValidLabelName, isValidNameTemplate } from '../../relabel/label-names.ts';
import type { NameScheme } from '../../relabel/label-names.ts';
import { relabelActions, relabelDefaults } from '../../relabel/rule.ts';
import type { RelabelRule, RelabelSemantics } from '../../relabel/rule.ts';
import { ConfigError, Section, isNull } from './section.ts';

/** A rule, and which of its keys were written: some checks go by that. */
interface WrittenRule {
  readonly rule: RelabelRule;
  readonly hasRegex: boolean;
  readonly hasSourceLabels: boolean;
}

/**
 * Reads one entry of relabel_configs and checks it as Prometheus does (contract/discovery.md 4.1, 4.2).
 *
 * @throws {ConfigError} with Prometheus' message.
 */
export function readRelabelRule(value: YamlValue, semantics: RelabelSemantics): RelabelRule {
  const section = new Section(value, 'relabel.plain');
  const action = readAction(section);
  const sourceLabels = section.texts('source_labels');
  const names: NameScheme = semantics.dotNewline ? 'utf8' : 'legacy';
  for (const name of sourceLabels ?? [])
    if (!isValidLabelName(name, names)) throw new ConfigError(`"${name}" is not a valid label name`);
  const rule: RelabelRule = {
    action,
    sourceLabels: sourceLabels ?? [],
    separator: section.text('separator', relabelDefaults.separator),
    regex: section.text('regex', relabelDefaults.regex),
    modulus: section.count('modulus'),
    targetLabel: section.text('target_label', ''),
    replacement: section.text('replacement', relabelDefaults.replacement),
  };
  section.finish();
  checkRegex(rule, semantics);
  checkRule(
    { rule, hasRegex: section.has('regex'), hasSourceLabels: sourceLabels !== undefined },
    semantics.nameScheme,
  );
  return rule;
}

function readAction(section: Section): RelabelRule['action'] {
  const written = section.get('action');
  if (written !== undefined && isNull(written)) throw new ConfigError('relabel action cannot be empty');
  const text = section.text('action', relabelDefaults.action);
  if (text === '') throw new ConfigError('relabel action cannot be empty');
  const action = relabelActions.find((one) => one === text.toLowerCase());
  if (action === undefined) throw new ConfigError(`unknown relabel action "${text}"`);
  return action;
}

function checkRegex({ regex }: RelabelRule, { dotNewline }: RelabelSemantics): void {
  try {
    GoRegexp.compileAnchored(regex, { dotNewline });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError(error.message, { cause: error });
  }
}

const needTarget = ['replace', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal'];
const takeWhole = ['lowercase', 'uppercase', 'keepequal', 'dropequal'];

function checkRule(written: WrittenRule, scheme: NameScheme): void {
  const { action, modulus, targetLabel } = written.rule;
  if (action === 'hashmod' && modulus === 0n)
    throw new ConfigError('relabel configuration for hashmod requires non-zero modulus');
  if (needTarget.includes(action) && targetLabel === '')
    throw new ConfigError(`relabel configuration for ${action} action requires 'target_label' value`);
  checkNames(written.rule, scheme);
  checkUnused(written);
}

function checkNames({ action, targetLabel, replacement }: RelabelRule, scheme: NameScheme): void {
  const isTemplate = action === 'replace' && targetLabel.includes('$');
  const isTargetValid = isTemplate ? isValidNameTemplate(targetLabel, scheme) : isValidLabelName(targetLabel, scheme);
  const invalidTarget = new ConfigError(`"${targetLabel}" is invalid 'target_label' for ${action} action`);
  if (action !== 'hashmod' && needTarget.includes(action) && !isTargetValid) throw invalidTarget;
  if (takeWhole.includes(action) && replacement !== relabelDefaults.replacement)
    throw new ConfigError(`'replacement' can not be set for ${action} action`);
  if (action === 'labelmap' && !isValidNameTemplate(replacement, scheme))
    throw new ConfigError(`"${replacement}" is invalid 'replacement' for labelmap action`);
  if (action === 'hashmod' && !isTargetValid) throw invalidTarget;
}

/** Fields that an action does not use must not be written; a regex counts as written even where it is the default. */
function checkUnused({ rule, hasRegex, hasSourceLabels }: WrittenRule): void {
  const { action, modulus, separator, replacement, targetLabel } = rule;
  const hasOther =
    modulus !== 0n || separator !== relabelDefaults.separator || replacement !== relabelDefaults.replacement;
  if ((action === 'keepequal' || action === 'dropequal') && (hasRegex || hasOther)) {
    const allowed = "'source_labels' and `target_label`";
    throw new ConfigError(`${action} action requires only ${allowed}, and no other fields`);
  }
  const isOnNames = action === 'labeldrop' || action === 'labelkeep';
  if (isOnNames && (hasSourceLabels || targetLabel !== '' || hasOther))
    throw new ConfigError(`${action} action requires only 'regex', and no other fields`);
}
