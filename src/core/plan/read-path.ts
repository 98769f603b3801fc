import { isJsonObject } from '../../base/json.ts';

const step = /\["(?<quoted>[^"]*)"\]|\[(?<element>[^\]"]*)\]|(?<plain>[^.[\]]+)/g;

/** The element of that name, else the one at that index. */
function readElement(list: readonly unknown[], key: string): unknown {
  const named = list.find((item) => isJsonObject(item) && item.name === key);
  return named ?? list[/^\d+$/.test(key) ? Number(key) : -1];
}

/** The value at a path as differences name them, such as `spec.containers[prometheus].image`; undefined when there is none. */
export function readPath(object: unknown, path: string): unknown {
  let value = object;
  for (const { groups = {} } of path.matchAll(step)) {
    const key = groups.quoted ?? groups.element ?? groups.plain ?? '';
    if (Array.isArray(value)) value = readElement(value as unknown[], key);
    else if (isJsonObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}
