/** A row of the table of built-in resources, and what follows from it. */
import { mergeSchemaOf } from '../../base/merge-keys.ts';
import type { Schema } from '../schema/schema.ts';
import { plainStrategy } from '../strategies/cluster-kinds.ts';
import type { Strategy } from '../strategies/strategy.ts';
import { columnsOf } from '../table/columns.ts';
import type { Conversion, Resource, Review, ScalePaths } from './resource.ts';

export interface Row {
  /** "group/version" or "v1". */
  readonly in: string;
  readonly plural: string;
  readonly kind: string;
  readonly cluster?: true;
  readonly short?: readonly string[];
  readonly categories?: readonly string[];
  readonly status?: true;
  readonly scale?: ScalePaths;
  readonly fields?: readonly string[];
  readonly strategy?: Strategy;
  /** Name in the type table when it is not the kind. */
  readonly type?: string;
  readonly verbs?: readonly string[];
  readonly collection?: string;
  readonly conversion?: Conversion;
  readonly review?: Review;
  readonly deprecation?: string;
}

const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

const rowDefaults = {
  short: [],
  categories: [],
  fields: [],
  strategy: plainStrategy,
  scale: undefined,
} satisfies Partial<Record<keyof Row, unknown>>;

/** @throws {Error} when the type table lacks the kind. */
export function completeRow(given: Row, types: ReadonlyMap<string, Schema>): Resource {
  const { conversion, review, ...row } = { ...rowDefaults, ...given };
  const [version = '', group = ''] = row.in.split('/').reverse();
  const { kind, plural, type = kind, collection = group === '' ? plural : `${plural}.${group}` } = row;
  const schema = types.get(type);
  if (schema === undefined) throw new Error(`The type table lacks ${type}`);
  return {
    group,
    version,
    plural,
    kind,
    namespaced: row.cluster !== true,
    singular: kind.toLowerCase(),
    listKind: `${kind}List`,
    shortNames: row.short,
    categories: row.categories,
    verbs: row.verbs ?? (review === undefined ? allVerbs : ['create']),
    storage: true,
    collection,
    ...(row.deprecation === undefined ? {} : { deprecation: row.deprecation }),
    status: row.status === true,
    scale: row.scale,
    schema,
    mergeSchema: mergeSchemaOf(group, kind),
    strategy: row.strategy,
    columns: columnsOf(kind),
    selectableFields: row.fields,
    custom: false,
    ...(conversion === undefined ? {} : { conversion }),
    ...(review === undefined ? {} : { review }),
  };
}
