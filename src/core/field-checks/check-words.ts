import type { Findings } from '../findings.ts';
import { reject } from './check-scope.ts';

/** The part of a JSON schema that says which texts there are. */
interface WordNode {
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly properties?: Readonly<Record<string, WordNode>>;
  readonly items?: WordNode;
}

const reason = 'InvalidValue';

function* checkText(node: WordNode, text: string, field: string): Findings {
  if (text !== '' && node.enum?.includes(text) === false)
    yield reject({ field, reason }, `Cannot use "${text}": want one of ${node.enum.join(', ')}`);
}

/**
 * Texts must be among the words that the schema gives their fields, and none of a list may be empty where the schema says
 * so (docs/reference/versions.md): objects that were stored before a CRD was changed are not checked by anybody else. An
 * empty text that is not one of several means "unset".
 * @param field path of the value.
 */
export function* checkWords(schema: object, value: unknown, field: string): Findings {
  const node: WordNode = schema;
  if (typeof value === 'string') yield* checkText(node, value, field);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) yield* checkItems(node.items ?? {}, value, field);
  else yield* checkInside(node.properties ?? {}, value, field);
}

function* checkItems(node: WordNode, items: readonly unknown[], field: string): Findings {
  for (const [at, item] of items.entries()) {
    const path = `${field}[${at}]`;
    if (item === '' && (node.minLength ?? 0) > 0)
      yield reject({ field: path, reason }, 'Cannot use an empty text: leave it out');
    yield* checkWords(node, item, path);
  }
}

function* checkInside(properties: Readonly<Record<string, WordNode>>, value: object, field: string): Findings {
  for (const [name, inside] of Object.entries(value)) {
    const node = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (node !== undefined) yield* checkWords(node, inside, `${field}.${name}`);
  }
}
