import { equalJson, isJsonObject } from './json.ts';
import {
  addMember,
  appendItem,
  cutDocument,
  isFlow,
  removeItem,
  removeMember,
  replaceFlow,
  replaceItem,
  replaceMember,
} from './yaml-splice.ts';
import { YamlTreeBuilder, pairMembers } from './yaml-tree.ts';
import type { YamlNode } from './yaml-tree.ts';
import { loadBounded, manifestSchema } from './yaml.ts';

/** Names of fields and indexes of lists. */
type Path = readonly (string | number)[];

/** A text that cannot be made to say what is wanted without rewriting more of it than is meant: anchors, odd layouts. */
export class YamlEditError extends Error {
  override readonly name = 'YamlEditError';
}

/** A value in a text: which document, empty ones counted, and where in it. */
export interface YamlPlace {
  readonly document: number;
  readonly path: Path;
}

/**
 * The text, saying `wanted` at a place and everything else as before: comments, quotes, order and indentation of what stays
 * are kept. Read again, it gives exactly that, or nothing is given.
 * @throws {YamlEditError | YamlError}
 */
export function editYaml(text: string, { document, path }: YamlPlace, wanted: unknown): string {
  if (text.includes('\r\n'))
    return editYaml(text.replaceAll('\r\n', '\n'), { document, path }, wanted).replaceAll('\n', '\r\n');
  const before = parse(text);
  const documents = before.values.map((value, at) => (at === document ? withValue(value, path, wanted) : value));
  const edited = edit({ text, document }, path, wanted);
  return requireSame(edited, documents);
}

/** The text without one of its documents. @throws {YamlEditError | YamlError} */
export function removeDocument(text: string, document: number): string {
  const { values, roots } = parse(text);
  const root = roots[document];
  if (root === undefined) throw new RangeError(`There is no document ${document}`);
  const rest = values.filter((value, at) => at !== document && value != null);
  return requireSame(cutDocument(text, root), rest);
}

function requireSame(text: string, wanted: readonly unknown[]): string {
  const isThere = (value: unknown): boolean => value != null;
  if (equalJson(parseOrNone(text).filter(isThere), wanted.filter(isThere))) return text;
  throw new YamlEditError('Cannot edit this text in place: anchors or its layout are in the way');
}

function parseOrNone(text: string): readonly unknown[] {
  try {
    return parse(text).values;
  } catch {
    return [];
  }
}

interface Parsed {
  readonly values: readonly unknown[];
  readonly roots: readonly YamlNode[];
}

function parse(text: string): Parsed {
  const tree = new YamlTreeBuilder();
  const values = loadBounded(text, { schema: manifestSchema, listener: tree.listen });
  return { values, roots: tree.roots };
}

/** A copy with another value at a path that is there. */
function withValue(value: unknown, [first, ...rest]: Path, wanted: unknown): unknown {
  if (first === undefined) return wanted;
  if (Array.isArray(value))
    return (value as readonly unknown[]).map((item, at) => (at === first ? withValue(item, rest, wanted) : item));
  if (!isJsonObject(value)) throw new YamlEditError(`Cannot edit "${String(first)}": it is in no mapping`);
  return { ...value, [first]: withValue(value[first], rest, wanted) };
}

interface Target {
  readonly text: string;
  readonly document: number;
}

/** Differences between what is there and what is wanted are made one by one, the text being read again after each. */
function edit(target: Target, path: Path, wanted: unknown): string {
  const { node, value } = locate(target, path);
  if (equalJson(value, wanted)) return target.text;
  if (node === undefined || node.children.length === 0) return replace(target, path, wanted);
  if (isFlow(target.text, node)) return replaceFlow(target.text, node, wanted);
  if (isJsonObject(value) && isJsonObject(wanted) && Object.keys(wanted).some((name) => Object.hasOwn(value, name)))
    return editMapping(target, path, [value, wanted]);
  if (Array.isArray(value) && Array.isArray(wanted) && wanted.length > 0)
    return editList(target, path, [value as unknown[], wanted as unknown[]]);
  return replace(target, path, wanted);
}

type Change<T> = readonly [before: T, wanted: T];

function editMapping(target: Target, path: Path, [before, wanted]: Change<Record<string, unknown>>): string {
  let { text } = target;
  for (const name of Object.keys(before).filter((one) => !Object.hasOwn(wanted, one)))
    text = removeName({ ...target, text }, path, name);
  for (const [name, value] of Object.entries(wanted)) {
    if (Object.hasOwn(before, name)) text = edit({ ...target, text }, [...path, name], value);
    else text = addMember(text, requireNode({ ...target, text }, path), [name, value]);
  }
  return text;
}

function removeName(target: Target, path: Path, name: string): string {
  const members = pairMembers(target.text, requireNode(target, path).children);
  return removeMember(
    target.text,
    members,
    members.findIndex((one) => one.name === name),
  );
}

function editList(target: Target, path: Path, [before, wanted]: Change<readonly unknown[]>): string {
  let { text } = target;
  const gone = findGone(before, wanted);
  if (gone !== undefined) return removeItem(text, requireNode(target, [...path, gone]));
  if (wanted.length < before.length) return replace(target, path, wanted);
  for (const [at, value] of wanted.entries())
    text =
      at < before.length
        ? edit({ ...target, text }, [...path, at], value)
        : appendItem(text, requireNode({ ...target, text }, path), value);
  return text;
}

/** The index of the only item that is not wanted any more. */
function findGone(before: readonly unknown[], wanted: readonly unknown[]): number | undefined {
  if (wanted.length !== before.length - 1) return undefined;
  const at = before.findIndex((item, index) => !equalJson(item, wanted[index]));
  return equalJson(before.slice(at + 1), wanted.slice(at)) ? at : undefined;
}

/** The whole value in other words; in flow style the collection around it. */
function replace(target: Target, path: Path, wanted: unknown): string {
  const { text } = target;
  const last = path.at(-1);
  if (last === undefined) throw new YamlEditError('Cannot edit a whole document');
  const parent = requireNode(target, path.slice(0, -1));
  if (isFlow(text, parent)) {
    const { value } = locate(target, path.slice(0, -1));
    return replaceFlow(text, parent, withValue(value, [last], wanted));
  }
  if (typeof last === 'number') return replaceItem(text, requireNode(target, path), wanted);
  const member = pairMembers(text, parent.children).find(({ name }) => name === last);
  if (member === undefined) throw new YamlEditError(`Cannot edit "${last}": it comes from an anchor`);
  return replaceMember(text, member, wanted);
}

function requireNode(target: Target, path: Path): YamlNode {
  const { node } = locate(target, path);
  if (node === undefined) throw new YamlEditError('Cannot edit what comes from an anchor');
  return node;
}

interface Located {
  /** Undefined for what comes from an anchor or a merge. */
  readonly node: YamlNode | undefined;
  readonly value: unknown;
}

function locate({ text, document }: Target, path: Path): Located {
  const { roots, values } = parse(text);
  let place: Located = { node: roots[document], value: values[document] };
  for (const part of path) place = step(text, place, part);
  return place;
}

function step(text: string, { node, value }: Located, part: string | number): Located {
  const inside = (value as Readonly<Record<string | number, unknown>> | undefined)?.[part];
  if (node === undefined) return { node, value: inside };
  if (Array.isArray(node.value)) return { node: node.children[Number(part)], value: inside };
  return { node: pairMembers(text, node.children).find(({ name }) => name === part)?.value, value: inside };
}
