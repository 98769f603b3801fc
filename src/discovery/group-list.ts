import { isValidLabelName } from '../core/relabel/label-names.ts';
import type { PlainGroup } from '../core/targets/sd-config.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the list of groups that files and HTTP answers hold: `[{"targets": […], "labels": {…}}]`.
 *
 * @param value parsed JSON or YAML.
 * @throws {SyntaxError} when it is anything else; Prometheus refuses the whole list then.
 */
export function readGroupList(value: unknown): readonly PlainGroup[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new SyntaxError('Cannot read target groups: want a list');
  return value.map(readGroup);
}

function readGroup(value: unknown, index: number): PlainGroup {
  const where = `target group ${index}`;
  if (!isRecord(value)) throw new SyntaxError(`Cannot read ${where}: want a map`);
  const { targets, labels, ...unknown } = value;
  const [key] = Object.keys(unknown);
  if (key !== undefined) throw new SyntaxError(`Cannot read ${where}: key "${key}" is not known`);
  const addresses = targets ?? [];
  if (!Array.isArray(addresses) || !addresses.every((one) => typeof one === 'string'))
    throw new SyntaxError(`Cannot read ${where}: want a list of addresses in "targets"`);
  return { targets: addresses, labels: readLabels(labels ?? {}, where) };
}

function readLabels(labels: unknown, where: string): Readonly<Record<string, string>> {
  if (!isRecord(labels)) throw new SyntaxError(`Cannot read ${where}: want a map in "labels"`);
  for (const [name, value] of Object.entries(labels)) {
    if (!isValidLabelName(name, 'utf8'))
      throw new SyntaxError(`Cannot read ${where}: "${name}" is not a valid label name`);
    if (typeof value !== 'string')
      throw new SyntaxError(`Cannot read ${where}: the value of label "${name}" is no text`);
  }
  return labels as Readonly<Record<string, string>>;
}
