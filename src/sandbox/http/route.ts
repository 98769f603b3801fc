/** What a path means. */
import type { Verb } from '../fault-hook.ts';

export interface ResourceRoute {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
}

/** Splits the path of a resource; undefined for all others (discovery, health, OpenAPI). */
export function parseResourcePath(path: string): ResourceRoute | undefined {
  const steps = path
    .split('/')
    .filter((step) => step !== '')
    .map(decode);
  const [root, ...rest] = steps;
  if (root === 'api' && rest.length >= 2) return parseBelow('', rest[0] ?? '', rest.slice(1));
  if (root === 'apis' && rest.length >= 3) return parseBelow(rest[0] ?? '', rest[1] ?? '', rest.slice(2));
  return undefined;
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function parseBelow(group: string, version: string, steps: readonly string[]): ResourceRoute | undefined {
  const [first = '', second = '', third] = steps;
  const scoped =
    first === 'namespaces' && third !== undefined && !(steps.length === 3 && ['status', 'finalize'].includes(third));
  const [resource = '', name = '', subresource = '', ...more] = scoped ? steps.slice(2) : steps;
  if (more.length > 0) return undefined;
  return { group, version, resource, namespace: scoped ? second : '', name, subresource };
}

const verbs: Readonly<Record<string, Verb>> = { POST: 'create', PUT: 'update', PATCH: 'patch' };

export function verbOf(method: string, route: Pick<ResourceRoute, 'name'> | undefined, watch: boolean): Verb {
  if (route === undefined) return 'other';
  if (method === 'GET' || method === 'HEAD') return watch ? 'watch' : route.name === '' ? 'list' : 'get';
  if (method === 'DELETE') return route.name === '' ? 'deletecollection' : 'delete';
  return verbs[method] ?? 'other';
}
