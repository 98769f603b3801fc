import { isJsonObject } from '../../base/json.ts';

type Member = readonly [spelled: string, value: unknown];

/** The members of a value as paths of differences spell the step to them; elements by name and by index. */
function listMembers(value: unknown): Member[] {
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    const named = list.flatMap((item): Member[] =>
      isJsonObject(item) && typeof item.name === 'string' ? [[`[${item.name}]`, item]] : [],
    );
    return [...named, ...list.map((item, index): Member => [`[${index}]`, item])];
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]): Member[] => [
    [`.${key}`, item],
    [`["${key}"]`, item],
  ]);
}

/** The value at a path as differences name them, such as `spec.containers[prometheus].image`; undefined when there is none. */
export function readPath(object: unknown, path: string): unknown {
  let value = object;
  let rest = path.startsWith('[') ? path : `.${path}`;
  while (rest !== '') {
    const found = listMembers(value).find(([spelled]) => isFirst(spelled, rest));
    if (found === undefined) return undefined;
    value = found[1];
    rest = rest.slice(found[0].length);
  }
  return value;
}

/** Whether the path begins with that whole step. */
const isFirst = (spelled: string, path: string): boolean =>
  path.startsWith(spelled) && ['', '.', '['].includes(path.charAt(spelled.length));
