import { SharedMapping } from '../../base/yaml-writer.ts';
import type { YamlValue } from '../../base/yaml-writer.ts';
import { isValidLabelName, isValidNameTemplate } from '../relabel/label-names.ts';
import type { NameScheme } from '../relabel/label-names.ts';
import { relabelActions, relabelDefaults } from '../relabel/rule.ts';
import type { RelabelRule, RelabelSemantics } from '../relabel/rule.ts';
import { text } from './scalars.ts';
import { listOf } from './shape.ts';
import type { KeyReader, LoadContext } from './shape.ts';
import { ConfigError, asMapping, describeValue, integerOf, isList, isNull } from './values.ts';

/** A rule, and which of its keys were written: some checks go by that. */
interface WrittenRule {
  readonly rule: RelabelRule;
  readonly hasRegex: boolean;
  readonly hasSourceLabels: boolean;
}

const keys = new Set(['action', 'source_labels', 'separator', 'regex', 'modulus', 'target_label', 'replacement']);

/**
 * Reads one entry of relabel_configs and checks it as Prometheus does (docs/reference/discovery.md 4.1, 4.2). Configurations have
 * hundreds of thousands of them: only what is written costs anything.
 *
 * @throws {ConfigError} with Prometheus' message.
 */
function readRelabelRule(value: YamlValue, { semantics, regexps }: LoadContext): RelabelRule {
  const written = asMapping(value, 'relabel.plain');
  for (const key in written) if (!keys.has(key)) throw new ConfigError(`field ${key} not found in type relabel.plain`);
  const { modulus, source_labels: labels } = written;
  const rule: RelabelRule = {
    action: readAction(written['action']),
    sourceLabels: isNull(labels) ? [] : readLabels(labels, semantics),
    separator: readText(written['separator'], relabelDefaults.separator),
    regex: readText(written['regex'], relabelDefaults.regex),
    modulus: isNull(modulus) ? 0n : readModulus(modulus),
    targetLabel: readText(written['target_label'], ''),
    replacement: readText(written['replacement'], relabelDefaults.replacement),
  };
  const fault = regexps.findFault(rule.regex, semantics.dotNewline);
  if (fault !== undefined) throw new ConfigError(fault);
  checkRule({ rule, hasRegex: written['regex'] !== undefined, hasSourceLabels: !isNull(labels) }, semantics.nameScheme);
  return rule;
}

const rule: KeyReader<RelabelRule> = (value, context) => {
  if (!(value instanceof SharedMapping)) return readRelabelRule(value, context);
  let known = context.knownRules.get(value);
  if (known === undefined) {
    known = readRelabelRule(value, context);
    context.knownRules.set(value, known);
  }
  return known;
};

/** A list of rules. @param empty what Prometheus says of one that is null. */
export const relabelRules = (empty: string): KeyReader<RelabelRule[]> => listOf(rule, empty);

function readText(value: YamlValue | undefined, absent: string): string {
  if (value === undefined) return absent;
  return isNull(value) ? '' : text(value);
}

function readLabels(value: YamlValue, { dotNewline }: RelabelSemantics): readonly string[] {
  if (!isList(value)) throw new ConfigError(`cannot unmarshal ${describeValue(value)} into model.LabelNames`);
  const names = value.map((one) => (isNull(one) ? '' : text(one)));
  for (const name of names)
    if (!isValidLabelName(name, dotNewline ? 'utf8' : 'legacy'))
      throw new ConfigError(`"${name}" is not a valid label name`);
  return names;
}

function readModulus(value: YamlValue): bigint {
  const number = integerOf(value);
  if (number === undefined || number < 0n || number >= 1n << 64n)
    throw new ConfigError(`cannot unmarshal ${describeValue(value)} into uint64`);
  return number;
}

function readAction(value: YamlValue | undefined): RelabelRule['action'] {
  if (value === undefined) return relabelDefaults.action;
  const written = isNull(value) ? '' : text(value);
  if (written === '') throw new ConfigError('relabel action cannot be empty');
  const action =
    relabelActions.find((one) => one === written) ?? relabelActions.find((one) => one === written.toLowerCase());
  if (action === undefined) throw new ConfigError(`unknown relabel action "${written}"`);
  return action;
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
  const isBad = needTarget.includes(action) && !isTargetValid;
  const invalidTarget = `"${targetLabel}" is invalid 'target_label' for ${action} action`;
  if (isBad && action !== 'hashmod') throw new ConfigError(invalidTarget);
  if (takeWhole.includes(action) && replacement !== relabelDefaults.replacement)
    throw new ConfigError(`'replacement' can not be set for ${action} action`);
  if (action === 'labelmap' && !isValidNameTemplate(replacement, scheme))
    throw new ConfigError(`"${replacement}" is invalid 'replacement' for labelmap action`);
  if (isBad) throw new ConfigError(invalidTarget);
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
