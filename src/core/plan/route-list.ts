import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';

/** A name that YAML takes for a number or a boolean is a name all the same. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** What tells an alert to take a route, as it is written. */
function describeMatchers({ matchers, match, match_re: matchRe }: JsonObject): string {
  const list = Array.isArray(matchers) ? (matchers as unknown[]).map(String) : [];
  const pairs = (map: unknown, operator: string): string[] =>
    isJsonObject(map) ? Object.entries(map).map(([key, value]) => `${key}${operator}${JSON.stringify(value)}`) : [];
  return [...list, ...pairs(match, '='), ...pairs(matchRe, '=~')].join(', ');
}

/**
 * The routes of an Alertmanager's configuration by the matchers on the way to them and their receiver; each without those
 * below it. Several that are called the same are numbered.
 * @param root the top route; anything else gives none.
 */
export function listRoutes(root: unknown): ReadonlyMap<string, unknown> {
  const routes = new Map<string, unknown>();
  const names = new Names();
  const waiting: { readonly route: JsonObject; readonly way: readonly string[]; readonly receiver: string }[] = [];
  if (isJsonObject(root)) waiting.push({ route: root, way: [], receiver: '' });
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { routes: below, ...own } = next.route;
    const receiver = textOf(own.receiver) || next.receiver;
    const way = [...next.way, `{${describeMatchers(own)}}`];
    routes.set(names.give(`${way.slice(1).join(' ') || 'top'} to ${receiver}`), own);
    const children = Array.isArray(below) ? (below as unknown[]).filter(isJsonObject) : [];
    for (const route of children.reverse()) waiting.push({ route, way, receiver });
  }
  return routes;
}

/** The names as they were given, from the second time on with a number. */
class Names {
  readonly #seen = new Map<string, number>();

  give(name: string): string {
    const number = (this.#seen.get(name) ?? 0) + 1;
    this.#seen.set(name, number);
    return number === 1 ? name : `${name} (${number})`;
  }
}
