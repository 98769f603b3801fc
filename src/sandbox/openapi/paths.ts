/** The paths of OpenAPI documents, as far as clients read them: which kind, which action, which query parameters. */
import type { JsonObject } from '../../base/json.ts';
import type { Resource } from '../registry/resource.ts';

export interface Operation {
  readonly method: 'get' | 'put' | 'post' | 'patch' | 'delete';
  readonly action: string;
  readonly parameters: readonly string[];
}

export interface Path {
  readonly path: string;
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
  readonly operations: readonly Operation[];
}

const writing = ['dryRun', 'fieldManager', 'fieldValidation'];
const listing = [
  'allowWatchBookmarks',
  'continue',
  'fieldSelector',
  'labelSelector',
  'limit',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'timeoutSeconds',
  'watch',
];
const deleting = ['dryRun', 'gracePeriodSeconds', 'orphanDependents', 'propagationPolicy'];

const collection: readonly (Operation & { verb: string })[] = [
  { verb: 'list', method: 'get', action: 'list', parameters: listing },
  { verb: 'create', method: 'post', action: 'post', parameters: writing },
  { verb: 'deletecollection', method: 'delete', action: 'deletecollection', parameters: [...listing, ...deleting] },
];
const single: readonly (Operation & { verb: string })[] = [
  { verb: 'get', method: 'get', action: 'get', parameters: [] },
  { verb: 'update', method: 'put', action: 'put', parameters: writing },
  { verb: 'patch', method: 'patch', action: 'patch', parameters: [...writing, 'force'] },
  { verb: 'delete', method: 'delete', action: 'delete', parameters: deleting },
];

export function listPaths({ group, version, plural, kind, namespaced, verbs }: Resource): Path[] {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const base = `${root}${namespaced ? '/namespaces/{namespace}' : ''}/${plural}`;
  const served = (table: readonly (Operation & { verb: string })[]): Operation[] =>
    table.filter(({ verb }) => verbs.includes(verb));
  return [
    { path: base, kind: { group, version, kind }, operations: served(collection) },
    { path: `${base}/{name}`, kind: { group, version, kind }, operations: served(single) },
  ].filter(({ operations }) => operations.length > 0);
}

/** The paths object of a document; `schemaOf` gives a parameter its schema (v3) or its type (v2). */
export function renderPaths(paths: readonly Path[], describeParameter: (name: string) => JsonObject): JsonObject {
  const rendered = paths.map(({ path, kind, operations }) => {
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
      ...describeParameter(name),
      in: 'path',
      required: true,
    }));
    const items = operations.map(({ method, action, parameters: names }) => [
      method,
      {
        parameters: names.map((name) => ({ ...describeParameter(name), in: 'query' })),
        responses: { '200': { description: 'OK' } },
        'x-kubernetes-action': action,
        'x-kubernetes-group-version-kind': kind,
      },
    ]);
    return [path, { ...(Object.fromEntries(items) as JsonObject), parameters }];
  });
  return Object.fromEntries(rendered) as JsonObject;
}
