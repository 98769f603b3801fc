import { RawScalar } from '../../../../src/base/yaml-writer.ts';
import type { YamlValue } from '../../../../src/base/yaml-writer.ts';
import { asMapping, isList, textOf } from '../../../../src/core/prometheus-config/values.ts';

/** A document with one thing changed, and what that is: the path of a value, "+" for an item more, "-" for one less. */
export interface Mutation {
  readonly what: string;
  readonly document: YamlValue;
}

/** Every value changed, every item of a list left out, and each list with one more: one at a time. Keys are not left out. */
export function* mutate(value: YamlValue, path = ''): Generator<Mutation> {
  if (isList(value)) {
    for (const [at, item] of value.entries()) {
      yield { what: `- ${path}[]`, document: value.toSpliced(at, 1) };
      for (const { what, document } of mutate(item, `${path}[]`)) yield { what, document: value.with(at, document) };
    }
    if (value[0] !== undefined) yield { what: `+ ${path}[]`, document: [...value, value[0]] };
    return;
  }
  const text = textOf(value);
  if (text !== undefined) {
    yield { what: path, document: changeScalar(value, text) };
    return;
  }
  const fields = asMapping(value, path);
  for (const [key, inside] of Object.entries(fields))
    for (const { what, document } of mutate(inside ?? null, path === '' ? key : `${path}.${key}`))
      yield { what, document: { ...fields, [key]: document } };
}

/** The mapping without one of its keys, each in turn. */
export function* leaveOutKeys(value: YamlValue, path = ''): Generator<Mutation> {
  if (isList(value)) {
    for (const [at, item] of value.entries())
      for (const { what, document } of leaveOutKeys(item, `${path}[]`))
        yield { what, document: value.with(at, document) };
    return;
  }
  if (textOf(value) !== undefined) return;
  const fields = asMapping(value, path);
  for (const [key, inside] of Object.entries(fields)) {
    const here = path === '' ? key : `${path}.${key}`;
    yield {
      what: here,
      document: Object.fromEntries(Object.entries(fields).filter(([one]) => one !== key)),
    };
    for (const { what, document } of leaveOutKeys(inside ?? null, here))
      yield { what, document: { ...fields, [key]: document } };
  }
}

function changeScalar(value: YamlValue, text: string): YamlValue {
  const number = /^(\d+)(ms|s|m|h|d|[KMG]?i?B)$/.exec(text);
  if (number !== null) return `${Number(number[1]) + 1}${number[2]}`;
  if (!(value instanceof RawScalar)) return `${text}x`;
  if (/^(?:yes|true|on)$/i.test(text)) return new RawScalar('false');
  if (/^(?:no|false|off)$/i.test(text)) return new RawScalar('true');
  return new RawScalar(/^\d+(?:\.\d+)?$/.test(text) ? String(Number(text) + 1) : `${text}1`);
}
