/** What of a plain value was read: paths such as "scope.namespaces". Lists and empty maps are read as a whole. */
export interface Recorded<T> {
  readonly value: T;
  readonly paths: ReadonlySet<string>;
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

export function recordReads<T extends object>(plain: T): Recorded<T> {
  const paths = new Set<string>();
  const wrap = <V extends object>(value: V, prefix: string): V =>
    new Proxy(value, {
      get(target, property, receiver) {
        const inner: unknown = Reflect.get(target, property, receiver);
        if (typeof property === 'symbol') return inner;
        paths.add(`${prefix}${property}`);
        return isMap(inner) ? wrap(inner, `${prefix}${property}.`) : inner;
      },
    });
  return { value: wrap(structuredClone(plain), ''), paths };
}

/** "a.b" → JSON of each value at the end of a path. */
export function flatten(value: unknown, path = ''): Map<string, string> {
  if (!isMap(value) || Object.keys(value).length === 0) return new Map([[path, JSON.stringify(value)]]);
  const inner = Object.entries(value).flatMap(([key, one]) => [...flatten(one, path === '' ? key : `${path}.${key}`)]);
  return new Map(inner);
}
