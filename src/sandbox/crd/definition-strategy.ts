/** CustomResourceDefinitions as objects: defaults and validation. */
import { isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { invalid, required } from '../strategies/field-error.ts';
import type { FieldError } from '../strategies/field-error.ts';
import { ensureObject, objectAt, objectsAt, setDefaults, textAt } from '../strategies/read-json.ts';
import type { Strategy } from '../strategies/strategy.ts';
import { findNonStructural } from './structural.ts';

function applyDefaults(object: ApiObject): void {
  const spec = ensureObject(object, 'spec');
  const names = ensureObject(spec, 'names');
  setDefaults(names, { singular: textAt(names, 'kind').toLowerCase(), listKind: `${textAt(names, 'kind')}List` });
  setDefaults(ensureObject(spec, 'conversion'), { strategy: 'None' });
}

function validate(object: ApiObject): FieldError[] {
  const spec = objectAt(object, 'spec');
  const names = objectAt(spec, 'names');
  const errors: FieldError[] = [];
  const expected = `${textAt(names, 'plural')}.${textAt(spec, 'group')}`;
  if (object.metadata.name !== expected) {
    errors.push(invalid('metadata.name', object.metadata.name, 'must be spec.names.plural+"."+spec.group'));
  }
  for (const name of ['group', 'scope']) if (textAt(spec, name) === '') errors.push(required(`spec.${name}`));
  for (const name of ['plural', 'kind']) if (textAt(names, name) === '') errors.push(required(`spec.names.${name}`));
  const versions = objectsAt(spec, 'versions');
  const stored = versions.filter(({ storage }) => storage === true);
  if (stored.length !== 1) {
    errors.push(
      invalid(
        'spec.versions',
        versions.map(({ name }) => name),
        'must have exactly one version marked as storage version',
      ),
    );
  }
  return [...errors, ...validateSchemas(versions)];
}

function validateSchemas(versions: readonly JsonObject[]): FieldError[] {
  return versions.flatMap((version, at) => {
    const schema = objectAt(version, 'schema').openAPIV3Schema;
    // One version alone, or equal schemas, are named as the old top-level field: the real server converts them first.
    const field =
      versions.length === 1 ? 'spec.validation.openAPIV3Schema' : `spec.versions[${at}].schema.openAPIV3Schema`;
    if (!isJsonObject(schema)) return [required(`spec.versions[${at}].schema.openAPIV3Schema`, 'schemas are required')];
    return findNonStructural(schema, field);
  });
}

export const definitionStrategy: Strategy = {
  countsGenerations: true,
  deletionFinalizers: ['customresourcecleanup.apiextensions.k8s.io'],
  applyDefaults,
  prepareForCreate: (object) => {
    const stored = objectsAt(objectAt(object, 'spec'), 'versions').filter(({ storage }) => storage === true);
    object.status = { storedVersions: stored.map(({ name }) => name) };
  },
  validate,
  validateUpdate: (object, old) => {
    const fixed = ['group', 'scope'].filter((name) => objectAt(object, 'spec')[name] !== objectAt(old, 'spec')[name]);
    return fixed.map((name) => invalid(`spec.${name}`, objectAt(object, 'spec')[name], 'field is immutable'));
  },
};
