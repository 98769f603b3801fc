import type { YamlNode } from './yaml-tree.ts';
import { pairMembers } from './yaml-tree.ts';
import type { YamlMember } from './yaml-tree.ts';
import { dumpFlowYaml, dumpYaml } from './yaml.ts';

/**
 * Cuts and inserts in the text of a YAML document, by the places of its nodes. What is written is block style, with the
 * indentation of its surroundings; what is not touched keeps comments, quotes and order.
 */

/** A text with a part of it in another wording. */
const splice = (text: string, [start, end]: readonly [number, number], wording: string): string =>
  text.slice(0, start) + wording + text.slice(end);

const startOfLine = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at;
}

const columnOf = (text: string, offset: number): string => ' '.repeat(offset - startOfLine(text, offset));

export function isFlow(text: string, { start, children, value }: YamlNode): boolean {
  return typeof value === 'object' && value !== null && (children.length === 0 || /[{[]/.test(text[start] ?? ''));
}

/** Where what a node says ends: blanks and comments behind it are not part of it. */
function endOf(text: string, node: YamlNode): number {
  const { start, end, children, value } = node;
  const last = children.at(-1);
  if (last === undefined || isFlow(text, node)) return start + text.slice(start, end).trimEnd().length;
  if (Array.isArray(value)) return endOf(text, last);
  const member = pairMembers(text, children).at(-1);
  return member === undefined ? end : endOfMember(text, member);
}

function endOfMember(text: string, { key, value }: YamlMember): number {
  const colon = text.indexOf(':', key.start + text.slice(key.start, key.end).trimEnd().length) + 1;
  return value === undefined || value.end <= value.start ? colon : endOf(text, value);
}

/** Lines of a value behind "key:" or "-", each but the first indented. */
const indentLines = (lines: string, indent: string): string =>
  lines
    .trimEnd()
    .split('\n')
    .map((line, at) => (at === 0 || line === '' ? line : indent + line))
    .join('\n');

/** " value" or "\n  - item", as it stands behind the colon of a key at that indentation. */
const writeBehindKey = (value: unknown, indent: string): string => indentLines(dumpYaml({ k: value }).slice(2), indent);

/** The value of a key in another wording. */
export function replaceMember(text: string, member: YamlMember, value: unknown): string {
  const { key } = member;
  const name = text.slice(key.start, key.end).trimEnd();
  const wording = `${name}:${writeBehindKey(value, columnOf(text, key.start))}`;
  return splice(text, [key.start, endOfMember(text, member)], wording);
}

/** Another member behind the last one. */
export function addMember(text: string, mapping: YamlNode, [name, value]: readonly [string, unknown]): string {
  const at = endOfLine(text, endOf(text, mapping));
  const indent = columnOf(text, mapping.start);
  return splice(text, [at, at], `\n${indent}${indentLines(dumpYaml({ [name]: value }), indent)}`);
}

/** Whole lines go, or what stands behind the dash of an item. */
export function removeMember(text: string, members: readonly YamlMember[], at: number): string {
  const [member, next] = [members[at], members[at + 1]];
  if (member === undefined) return text;
  const from = startOfLine(text, member.key.start);
  if (text.slice(from, member.key.start).trim() !== '' && next !== undefined)
    return splice(text, [member.key.start, next.key.start], '');
  return splice(text, [from, endOfLine(text, endOfMember(text, member)) + 1], '');
}

/** A value in the place of an item. */
export function replaceItem(text: string, item: YamlNode, value: unknown): string {
  return splice(text, [item.start, endOf(text, item)], indentLines(dumpYaml(value), columnOf(text, item.start)));
}

/** Another item behind the last one. */
export function appendItem(text: string, list: YamlNode, value: unknown): string {
  const at = endOfLine(text, endOf(text, list));
  const indent = columnOf(text, list.start);
  return splice(text, [at, at], `\n${indent}- ${indentLines(dumpYaml(value), `${indent}  `)}`);
}

/** The lines of an item go with its dash. */
export function removeItem(text: string, item: YamlNode): string {
  const dash = text.lastIndexOf('-', item.start - 1);
  return splice(text, [startOfLine(text, dash), endOfLine(text, endOf(text, item)) + 1], '');
}

/** A collection in flow style in another wording. */
export function replaceFlow(text: string, node: YamlNode, value: unknown): string {
  return splice(text, [node.start, endOf(text, node)], dumpFlowYaml(value));
}

/** A document behind the last one. */
export function appendDocument(text: string, value: unknown): string {
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${end}---\n${dumpYaml(value)}`;
}

/** The text from the separator before a document to the one behind it is left out. */
export function cutDocument(text: string, { start, end }: YamlNode): string {
  const before = [...text.slice(0, start).matchAll(/^---(?=\s|$)/gm)].at(-1)?.index ?? 0;
  const after = /^(?:---|\.\.\.)(?=\s|$)/m.exec(text.slice(end));
  return splice(text, [before, after === null ? text.length : end + after.index], '');
}
