/** From a definition to the resources it serves. */
import { equalJson, isJsonObject } from '../../base/json.ts';
import { plainMergeSchema } from '../../base/merge-keys.ts';
import type { ApiObject } from '../api.ts';
import type { Resource } from '../registry/resource.ts';
import { applySchemaDefaults, pruneUnknown } from '../schema/prune.ts';
import type { Schema } from '../schema/schema.ts';
import type { FieldError } from '../strategies/field-error.ts';
import type { Strategy } from '../strategies/strategy.ts';
import { ageColumn, nameColumn, renderAge } from '../table/cells.ts';
import type { Column } from '../table/column.ts';
import { parseJsonPath } from '../table/json-path.ts';
import type { Definition, DefinitionVersion, PrinterColumn } from './definition.ts';
import { describeEmbedded } from './embedded.ts';
import { Patterns } from './patterns.ts';
import { RuleChecker, hasRules } from './rules.ts';
import { validateSchema } from './validate-schema.ts';

const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

/** One resource for each served version; `objectMeta` is the built-in schema of metadata. */
export function createCustomResources(definition: Definition, objectMeta: Schema): Resource[] {
  const rules = new RuleChecker();
  const { group, plural, singular, kind, listKind, namespaced, shortNames, categories } = definition;
  return definition.versions
    .filter(({ served, storage }) => served || storage)
    .map((version) => ({
      group,
      version: version.name,
      plural,
      singular,
      kind,
      listKind,
      namespaced,
      shortNames,
      categories,
      verbs: version.served ? verbs : [],
      storage: version.storage,
      collection: `${plural}.${group}`,
      status: version.status,
      scale: version.scale,
      schema: withMetadata(version.schema, objectMeta),
      mergeSchema: plainMergeSchema,
      strategy: createStrategy(describeEmbedded(version.schema, objectMeta), rules),
      columns: columnsOf(version),
      selectableFields: version.selectableFields,
      custom: true,
      ...(version.deprecation === undefined ? {} : { deprecation: version.deprecation }),
    }));
}

function withMetadata(schema: Schema, objectMeta: Schema): Schema {
  const text: Schema = { type: 'string' };
  return { ...schema, properties: { ...schema.properties, apiVersion: text, kind: text, metadata: objectMeta } };
}

function createStrategy(schema: Schema, rules: RuleChecker): Strategy {
  const own = withoutMetadata(schema);
  const ruled = hasRules(own);
  const patterns = new Patterns();
  return {
    countsGenerations: true,
    needsResourceVersion: true,
    prune: (object) => pruneUnknown(object, own),
    applyDefaults: (object) => applySchemaDefaults(object, own),
    validate: (object, old) => {
      const errors = ratchet(validateSchema(withoutType(object), own, '', patterns), object, old);
      if (!ruled) return errors;
      if (errors.some(({ reason }) => blocking.has(reason))) return [...errors, notChecked];
      const broken = rules.check(object, old, { schema: own, path: '' });
      return [...errors, ...broken.map((error) => ({ ...error, field: error.field.replace(/^\./, '') }))];
    },
  };
}

/** With one of these rules would look at what is no value of the schema. */
const blocking: ReadonlySet<string> = new Set([
  ...[
    'FieldValueNotSupported',
    'FieldValueRequired',
    'FieldValueTooLong',
    'FieldValueTooMany',
    'FieldValueTypeInvalid',
  ],
]);

const notChecked: FieldError = {
  reason: 'FieldValueInvalid',
  field: '<nil>',
  message:
    'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
};

/** metadata has rules of its own. */
function withoutMetadata(schema: Schema): Schema {
  const { metadata: _metadata, ...properties } = schema.properties ?? {};
  return {
    ...schema,
    properties,
    required: (schema.required ?? []).filter((name) => !['metadata', 'kind', 'apiVersion'].includes(name)),
  };
}

function withoutType({ metadata: _metadata, ...rest }: ApiObject): Record<string, unknown> {
  return rest;
}

/** What was invalid before and has not changed is let pass. */
function ratchet(errors: FieldError[], object: ApiObject, old: ApiObject | undefined): FieldError[] {
  if (old === undefined) return errors;
  return errors.filter(({ field }) => {
    const steps = field.split(/[.[\]]/).filter((step) => step !== '');
    const [now, before] = [object, old].map((one) => steps.reduce<unknown>(readStep, one));
    return now === undefined || !equalJson(now, before);
  });
}

function readStep(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isJsonObject(value) ? value[step] : undefined;
}

function columnsOf({ columns }: DefinitionVersion): Column[] {
  if (columns.length === 0) return [nameColumn, { ...ageColumn, type: 'date' }];
  return [nameColumn, ...columns.map(createColumn)];
}

function createColumn({ jsonPath, ...column }: PrinterColumn): Column {
  const read = parseJsonPath(jsonPath);
  return {
    ...column,
    value: (object, clock) => {
      const found = read?.(object) ?? [];
      const [first] = found;
      if (first === undefined || first === null)
        return column.type === 'date' && jsonPath === '.metadata.creationTimestamp' ? '<unknown>' : null;
      return renderCell(column.type, found, clock);
    },
  };
}

function renderCell(type: string, found: readonly unknown[], clock: { now(): number }): unknown {
  const [first] = found;
  if (type === 'date') return typeof first === 'string' ? renderAge(first, clock) : null;
  if (type === 'string') return found.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(',');
  return typeof first === type || (type === 'integer' && typeof first === 'number') ? first : null;
}
