/** ConfigMaps and Secrets. */
import { equalJson, isJsonObject } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import { forbiddenField, invalid, required, tooLong } from './field-error.ts';
import type { FieldError } from './field-error.ts';
import { objectAt, setDefaults } from './read-json.ts';
import type { Strategy } from './strategy.ts';
import { configurationBytes } from '../limits.ts';

const keyForm = /^[-._a-zA-Z0-9]+$/;
const wrongKey =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

function validateKeys(data: JsonObject, field: string): FieldError[] {
  return Object.keys(data).flatMap((key) => {
    const place = `${field}[${key}]`;
    if (key.length > 253) return [invalid(place, key, 'must be no more than 253 characters')];
    if (key === '.' || key === '..') return [invalid(place, key, `must not be '${key}'`)];
    return keyForm.test(key) ? [] : [invalid(place, key, wrongKey)];
  });
}

/** Nothing but metadata changes once `immutable` is set. */
function validateImmutable(object: ApiObject, old: ApiObject, members: readonly string[]): FieldError[] {
  if (old.immutable !== true) return [];
  const detail = 'field is immutable when `immutable` is set';
  const changed = members.filter((name) => !equalJson(objectAt(object, name), objectAt(old, name)));
  return [...(object.immutable === true ? [] : ['immutable']), ...changed].map((name) => forbiddenField(name, detail));
}

const textSize = (data: JsonObject): number =>
  Object.values(data).reduce<number>((sum, value) => sum + Buffer.byteLength(String(value)), 0);
const byteSize = (data: JsonObject): number =>
  Object.values(data).reduce<number>((sum, value) => sum + Math.floor((String(value).length * 3) / 4), 0);

export const configMapStrategy: Strategy = {
  validate: (object) => {
    const data = objectAt(object, 'data');
    const binaryData = objectAt(object, 'binaryData');
    const both = Object.keys(data).filter((key) => key in binaryData);
    const errors = [...validateKeys(data, 'data'), ...validateKeys(binaryData, 'binaryData')];
    errors.push(...both.map((key) => invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')));
    if (textSize(data) + byteSize(binaryData) > configurationBytes) errors.push(tooLong('', configurationBytes));
    return errors;
  },
  validateUpdate: (object, old) => validateImmutable(object, old, ['data', 'binaryData']),
};

/** Keys that a type of Secret must have. */
const neededKeys: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

export const secretStrategy: Strategy = {
  applyDefaults: (object) => {
    const { stringData } = object;
    if (isJsonObject(stringData)) {
      const encoded = Object.entries(stringData).map(([key, text]) => [
        key,
        Buffer.from(String(text)).toString('base64'),
      ]);
      object.data = { ...objectAt(object, 'data'), ...(Object.fromEntries(encoded) as JsonObject) };
    }
    delete object.stringData;
    setDefaults(object, { type: 'Opaque' });
  },
  validate: (object) => {
    const data = objectAt(object, 'data');
    const needed = neededKeys[String(object.type)] ?? [];
    const errors = validateKeys(data, 'data');
    if (byteSize(data) > configurationBytes) errors.push(tooLong('data', configurationBytes));
    return [...errors, ...needed.filter((key) => !(key in data)).map((key) => required(`data[${key}]`))];
  },
  validateUpdate: (object, old) => [
    ...(object.type === old.type ? [] : [invalid('type', object.type, 'field is immutable')]),
    ...validateImmutable(object, old, ['data']),
  ],
};
