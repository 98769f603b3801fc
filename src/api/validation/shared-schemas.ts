import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';

const silent = new Set(['description', 'default', 'since', 'deprecated', 'nullable']);

/**
 * The same schema with equal objects in `$defs` and references to them, so that a validator is compiled once for each:
 * a Prometheus names a key of a Secret 300 times. What says nothing about validity is left out.
 */
export function shareSchemas(schema: object): JsonObject {
  const numbers = new Map<string, number>();
  const definitions: JsonObject = {};
  const share = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(share);
    if (!isJsonObject(node)) return node;
    const copy = copyNode(node, share);
    if (node.properties === undefined) return copy;
    const text = JSON.stringify(copy);
    const number = numbers.get(text) ?? numbers.size;
    if (!numbers.has(text)) {
      numbers.set(text, number);
      definitions[number] = copy;
    }
    return { $ref: `#/$defs/${number}` };
  };
  return { ...(share(schema) as JsonObject), $defs: definitions };
}

function copyNode(node: JsonObject, share: (inner: unknown) => unknown): JsonObject {
  const copy: JsonObject = {};
  for (const [key, value] of Object.entries(node)) {
    if (silent.has(key) || key.startsWith('x-kubernetes-')) continue;
    const isTable = key === 'properties' && isJsonObject(value);
    copy[key] = isTable
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, share(one)]))
      : share(value);
  }
  return copy;
}
