/** Validation of metadata, the same for every kind (apimachinery, pkg/api/validation). */
import type { ObjectMeta, OwnerReference } from '../../api/meta.ts';
import type { ApiObject } from '../api.ts';
import { forbiddenField, invalid, required } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { checkLabelName, checkLabelValue, checkName, checkQualifiedName } from './names.ts';
import type { NameFormat } from './strategy.ts';
import { annotationBytes } from '../limits.ts';

export function validateObjectMeta(object: ApiObject, namespaced: boolean, format: NameFormat): FieldError[] {
  const { name = '', namespace = '', generateName = '' } = object.metadata;
  const errors = validateGenerateName(generateName, format);
  if (name === '') errors.push(required('metadata.name', 'name or generateName is required'));
  else for (const detail of checkName(name, format)) errors.push(invalid('metadata.name', name, detail));
  if (namespaced && namespace !== '') {
    for (const detail of checkLabelName(namespace)) errors.push(invalid('metadata.namespace', namespace, detail));
  }
  return [
    ...errors,
    ...validateLabels(object.metadata.labels, 'metadata.labels'),
    ...validateAnnotations(object.metadata.annotations),
    ...validateOwners(object.metadata.ownerReferences ?? []),
    ...validateFinalizers(object.metadata),
  ];
}

function validateGenerateName(generateName: string, format: NameFormat): FieldError[] {
  if (generateName === '') return [];
  const masked = generateName.endsWith('-') ? `${generateName.slice(0, -1)}a` : generateName;
  return checkName(masked, format).map((detail) => invalid('metadata.generateName', generateName, detail));
}

export function validateLabels(labels: Readonly<Record<string, string>> | undefined, field: string): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...checkQualifiedName(key).map((detail) => invalid(field, key, detail)),
    ...checkLabelValue(value).map((detail) => invalid(field, value, detail)),
  ]);
}

function validateAnnotations(annotations: Readonly<Record<string, string>> | undefined): FieldError[] {
  const entries = Object.entries(annotations ?? {});
  const size = entries.reduce((sum, [key, value]) => sum + key.length + Buffer.byteLength(value), 0);
  const names = entries.flatMap(([key]) =>
    checkQualifiedName(key.toLowerCase()).map((detail) => invalid('metadata.annotations', key, detail)),
  );
  if (size <= annotationBytes) return names;
  const message = `Too long: may not be more than ${annotationBytes} bytes`;
  return [...names, { reason: 'FieldValueTooLong', field: 'metadata.annotations', message }];
}

function validateOwners(owners: readonly OwnerReference[]): FieldError[] {
  const errors = owners.flatMap((owner, at) => {
    const parts = ['apiVersion', 'kind', 'name', 'uid'] as const;
    const missing = parts.filter((part) => owner[part] === '');
    return missing.map((part) =>
      invalid(
        `metadata.ownerReferences[${at}].${part}`,
        '',
        `${part === 'apiVersion' ? 'version' : part} must not be empty`,
      ),
    );
  });
  const controllers = owners.filter(({ controller }) => controller === true);
  const [first, second] = controllers;
  if (first === undefined || second === undefined) return errors;
  const detail = `Only one reference can have Controller set to true. Found "true" in references for ${first.kind}/${first.name} and ${second.kind}/${second.name}`;
  return [...errors, invalid('metadata.ownerReferences', owners, detail)];
}

function validateFinalizers({ finalizers = [] }: ObjectMeta): FieldError[] {
  const errors = finalizers.flatMap((name) =>
    checkQualifiedName(name).map((detail) => invalid('metadata.finalizers', name, detail)),
  );
  if (!finalizers.includes('orphan') || !finalizers.includes('foregroundDeletion')) return errors;
  return [
    ...errors,
    invalid('metadata.finalizers', finalizers, 'finalizers orphan and foregroundDeletion cannot be both set'),
  ];
}

/** A deleted object takes no new finalizers. */
export function validateMetaUpdate(object: ApiObject, old: ApiObject): FieldError[] {
  if (old.metadata.deletionTimestamp === undefined) return [];
  const before = old.metadata.finalizers ?? [];
  const added = (object.metadata.finalizers ?? []).filter((name) => !before.includes(name));
  if (added.length === 0) return [];
  const shown = `[]string{${added.map((name) => JSON.stringify(name)).join(', ')}}`;
  return [
    forbiddenField(
      'metadata.finalizers',
      `no new finalizers can be added if the object is being deleted, found new finalizers ${shown}`,
    ),
  ];
}
