import { loadBounded, manifestSchema } from './yaml.ts';
import { YamlTreeBuilder, pairMembers } from './yaml-tree.ts';
import type { YamlMember, YamlNode } from './yaml-tree.ts';

/** A place in a text, both numbers counted from 1; columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One document with the places of its fields. */
export interface LocatedDocument {
  readonly value: unknown;
  /** Which one of the file, empty ones counted. */
  readonly index: number;
  /**
   * Where a field stands, or the nearest that is there of those around it.
   * @param path such as `spec.endpoints[0].port`; names that are no words may be quoted (`labels["a/b"]`) or not.
   * @param part the name of the field, or its value when that stands on a line with something of its own.
   */
  locate(path: string, part: 'name' | 'value'): Position;
}

/**
 * All documents in `text`, YAML or JSON, empty ones left out, as `parseYamlDocuments` reads them.
 * @param file named in errors.
 * @throws {YamlError}
 */
export function parseLocatedDocuments(text: string, file: string): LocatedDocument[] {
  const tree = new YamlTreeBuilder();
  const plain = text.replace(/^\ufeff/, '');
  const values = loadBounded(plain, { schema: manifestSchema, file, listener: tree.listen });
  const lines = listLineStarts(plain);
  return values.flatMap((value, at) => {
    const root = tree.roots[at];
    if (value == null || root === undefined) return [];
    const finder = new FieldFinder(plain, tree);
    return [{ value, index: at, locate: (path, part) => positionOf(lines, finder.find(root, path, part)) }];
  });
}

/** Where the lines start, as offsets. */
function listLineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];
}

function positionOf(lines: readonly number[], offset: number): Position {
  let [low, high] = [0, lines.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 };
}

/** A way from a node to one inside it. */
interface Step {
  readonly offset: number;
  readonly node: YamlNode | undefined;
  readonly rest: string;
}

const index = /^\[(\d+)\]\.?/;
const quoted = /^\[("(?:[^"\\]|\\.)*")\]\.?/;

class FieldFinder {
  readonly #text: string;
  readonly #tree: YamlTreeBuilder;
  readonly #members = new WeakMap<YamlNode, readonly YamlMember[]>();

  constructor(text: string, tree: YamlTreeBuilder) {
    this.#text = text;
    this.#tree = tree;
  }

  find(root: YamlNode, path: string, part: 'name' | 'value'): number {
    let place: Step = { offset: root.start, node: root, rest: path };
    while (place.rest !== '' && place.node !== undefined) {
      const next: Step | undefined = this.#step(this.#tree.resolve(place.node), place.rest);
      if (next === undefined) return place.offset;
      place = next;
    }
    const { node, offset } = place;
    const isShown = part === 'value' && node !== undefined && node.end > node.start && node.children.length === 0;
    return isShown && place.rest === '' ? node.start : offset;
  }

  #step(node: YamlNode, path: string): Step | undefined {
    if (!Array.isArray(node.value)) return this.#stepToMember(node, path);
    const [text, number] = index.exec(path) ?? [''];
    const item = number === undefined ? undefined : node.children[Number(number)];
    return item === undefined ? undefined : { offset: item.start, node: item, rest: path.slice(text.length) };
  }

  /** The member that the path goes on with; the longest, because names may have dots in them. */
  #stepToMember(node: YamlNode, path: string): Step | undefined {
    let best: Step | undefined;
    for (const { name, key, value } of this.#membersOf(node)) {
      const rest = restAfter(path, name);
      if (rest === undefined || (best !== undefined && best.rest.length <= rest.length)) continue;
      best = { offset: key.start, node: value, rest };
    }
    return best ?? this.#stepToMerged(node, path);
  }

  #stepToMerged(node: YamlNode, path: string): Step | undefined {
    for (const { name, value } of this.#membersOf(node)) {
      if (name !== '<<' || value === undefined) continue;
      const sources = Array.isArray(value.value) ? value.children : [value];
      for (const source of sources) {
        const step = this.#stepToMember(this.#tree.resolve(source), path);
        if (step !== undefined) return step;
      }
    }
    return undefined;
  }

  #membersOf(node: YamlNode): readonly YamlMember[] {
    const known = this.#members.get(node) ?? pairMembers(this.#text, node.children);
    this.#members.set(node, known);
    return known;
  }
}

/** What is left of a path after a name; undefined when it does not start with that name. */
function restAfter(path: string, name: string): string | undefined {
  const [text, json] = quoted.exec(path) ?? [];
  if (text !== undefined && json !== undefined && JSON.parse(json) === name) return path.slice(text.length);
  if (!path.startsWith(name)) return undefined;
  const rest = path.slice(name.length);
  if (rest === '' || rest.startsWith('[')) return rest;
  return rest.startsWith('.') ? rest.slice(1) : undefined;
}
