import type { Interruptible } from '../../../../base/interruptible.ts';
import { writeYamlFields, writeYamlItems } from '../../../../base/yaml-writer.ts';
import type { YamlFields } from '../../../../base/yaml-writer.ts';
import { convertRoute, readChild } from './convert/convert-routing.ts';
import type { RoutingScope } from './convert/convert-routing.ts';
import { sanitizeSection } from './sanitize.ts';
import type { SanitizeScope } from './sanitize.ts';
import { route as routeSection } from './sections/routing-sections.ts';

export interface ChildRouteTools {
  readonly routing: RoutingScope;
  readonly sanitizing: Omit<SanitizeScope, 'path'>;
  /** @throws {ConfigFault} when Alertmanager would refuse a route, whatever is below it. */
  readonly requireLoadable: (route: YamlFields, path: string) => void;
}

/** Where a list of routes stands: in the configuration, and in its text. */
export interface RoutePlace {
  /** Of the route that they are below, such as "route.routes[1]". */
  readonly path: string;
  /** Blanks before the dash of each. */
  readonly indent: string;
}

/**
 * Routes and those below them as items of a list, one after the other: an object may have ten thousand. It may rest behind each.
 * @throws {ConfigFault}
 */
export function* renderChildRoutes(
  children: readonly unknown[],
  place: RoutePlace,
  tools: ChildRouteTools,
): Interruptible<string> {
  const { routing, sanitizing, requireLoadable } = tools;
  const texts: string[] = [];
  for (const [at, child] of children.entries()) {
    const path = `${place.path}.routes[${at}]`;
    const { routes = [], ...own } = readChild(child);
    const clean = sanitizeSection(routeSection, convertRoute(own, routing), { ...sanitizing, path });
    requireLoadable(clean, path);
    const inner = { path, indent: `${place.indent}  ` };
    const below = routes.length === 0 ? '' : yield* renderChildRoutes(routes, inner, tools);
    texts.push(writeRouteItem(clean, below, place.indent));
    yield;
  }
  return texts.join('');
}

/** A route as an item of a list. @param below the text of the routes below it. */
export function writeRouteItem(fields: YamlFields, below: string, indent: string): string {
  if (below === '') return writeYamlItems([fields], indent);
  const inside = `${indent}  `;
  const before = pickRouteFields(fields, 'before');
  const head = Object.keys(before).length === 0 ? `${indent}- ` : `${writeYamlItems([before], indent)}${inside}`;
  return `${head}routes:\n${below}${writeYamlFields(pickRouteFields(fields, 'after'), inside)}`;
}

/** The fields of a route on one side of its `routes`. */
export function pickRouteFields(fields: YamlFields, side: 'before' | 'after'): YamlFields {
  const order = Object.keys(routeSection.fields);
  const middle = order.indexOf('routes');
  const names = side === 'before' ? order.slice(0, middle) : order.slice(middle + 1);
  return Object.fromEntries(
    names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]] as const),
  );
}
