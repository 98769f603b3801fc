import type { EventType, State } from 'js-yaml';

/** A value of a document and where it stands, as offsets into the text. */
export interface YamlNode {
  readonly start: number;
  readonly end: number;
  readonly value: unknown;
  /** Items of a sequence; keys and values of a mapping, one after the other. */
  readonly children: readonly YamlNode[];
}

/** A name of a mapping with its value; undefined where nothing stands behind the name. */
export interface YamlMember {
  readonly name: string;
  readonly key: YamlNode;
  readonly value: YamlNode | undefined;
}

/**
 * The members of a mapping, from its nodes. Keys without a value have no node after them: only a colon makes the next node a
 * value.
 */
export function pairMembers(text: string, nodes: readonly YamlNode[]): YamlMember[] {
  const members: YamlMember[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const [key, next] = [nodes[at], nodes[at + 1]];
    if (key === undefined) break;
    // What js-yaml reports where a mapping ends.
    if (key.end <= key.start) continue;
    const hasValue = next !== undefined && /^\s*:/.test(text.slice(key.end, Math.max(next.start, next.end)));
    members.push({ name: String(key.value), key, value: hasValue ? next : undefined });
    if (hasValue) at += 1;
  }
  return members;
}

interface OpenNode {
  readonly start: number;
  readonly children: YamlNode[];
}

const blank = /(?:[ \t\r\n]|#[^\r\n]*)*/y;

/**
 * Builds the tree of the nodes that js-yaml reports while it parses. It tries things out (a scalar is first read as the
 * key of a mapping), so what it reports again replaces what was reported from there on.
 */
export class YamlTreeBuilder {
  /** One for each document, empty ones included. */
  readonly roots: YamlNode[] = [];
  readonly #open: OpenNode[] = [];
  /** The node that an alias stands for, by its value. */
  readonly #origins = new Map<object, YamlNode>();

  readonly listen = (event: EventType, state: State): void => {
    if (event === 'open') this.#openNode(state);
    else this.#closeNode(state);
  };

  /** The node itself, or the one with the anchor when it is an alias. */
  resolve(node: YamlNode): YamlNode {
    const { value, children } = node;
    return children.length > 0 || !isCollection(value) ? node : (this.#origins.get(value) ?? node);
  }

  #openNode({ input, position }: State): void {
    blank.lastIndex = position;
    const start = position + (blank.exec(input)?.[0].length ?? 0);
    const siblings = this.#open.at(-1)?.children ?? [];
    for (let last = siblings.at(-1); isRepeated(last, start); last = siblings.at(-1)) siblings.pop();
    this.#open.push({ start, children: [] });
  }

  #closeNode({ position, result }: State): void {
    const opened = this.#open.pop();
    if (opened === undefined) return;
    const value: unknown = result;
    const node = { start: opened.start, end: position, value, children: childrenOf(opened, value) };
    if (isCollection(value) && node.children.length > 0 && !this.#origins.has(value)) this.#origins.set(value, node);
    (this.#open.at(-1)?.children ?? this.roots).push(node);
  }
}

/** A collection in flow style is first read as a key; it stays a child of itself when it turns out to be none. */
function childrenOf({ children }: OpenNode, value: unknown): readonly YamlNode[] {
  if (!isCollection(value)) return [];
  const [only] = children;
  return children.length === 1 && only?.value === value ? only.children : children;
}

/** An empty value stands where the node after it stands, and stays. */
function isRepeated(sibling: YamlNode | undefined, start: number): boolean {
  return sibling !== undefined && sibling.start >= start && sibling.end > sibling.start;
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
