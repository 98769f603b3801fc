/**
 * A small, fast, deterministic writer of block YAML. What it writes means the same to YAML 1.1 readers (Go's yaml.v2, which
 * Prometheus uses) and to YAML 1.2 readers: strings that any of them could take for something else are double-quoted.
 */

/** A scalar to be written as it was read, so that a document passes through without changing its meaning. */
export class RawScalar {
  /** What js-yaml sees when such a scalar is a key of a mapping. */
  readonly [Symbol.toStringTag] = 'RawScalar';
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toString(): string {
    return this.source;
  }
}

export type YamlValue = string | number | boolean | null | RawScalar | readonly YamlValue[] | YamlMapping;

/**
 * Keys in the order in which they are written; undefined is left out. Keys from users go into a Map: an object would
 * move those that look like integers to the front.
 */
export type YamlMapping = YamlFields | ReadonlyMap<string, YamlValue>;

export interface YamlFields {
  readonly [key: string]: YamlValue | undefined;
}

/** Starts with a letter or a harmless sign, printable ASCII, single spaces. */
const plainText = /^[A-Za-z_/$(][\x21-\x7e]*(?: [\x21-\x7e]+)*$/;
/** Ends a plain scalar, or starts a comment. */
const indicators = /:(?: |$)| #/;
/** Words that some version of YAML reads as a boolean, null or a number. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
const plainDuration = /^\d+(?:ms|[smhdwy])$/;

/** Allowed raw in JSON but not in YAML, or not for every reader. */
const unprintable = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;
/** Half a pair: no reader takes it. With the flag u, pairs do not match. */
const loneSurrogate = /\p{Surrogate}/gu;

const escapeCharacter = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function writeText(text: string): string {
  if (plainText.test(text) && !indicators.test(text) && !reserved.test(text)) return text;
  if (plainDuration.test(text)) return text;
  return JSON.stringify(text.replace(loneSurrogate, '\ufffd')).replace(unprintable, escapeCharacter);
}

function writeScalar(value: string | number | boolean | null | RawScalar): string {
  return typeof value === 'string' ? writeText(value) : String(value);
}

/** Longer keys need the explicit form: readers look for the colon within 1024 characters. */
const longestImplicitKey = 512;

function writeKey(key: string, indent: string): string {
  const text = writeText(key);
  return text.length <= longestImplicitKey ? `${indent}${text}:` : `${indent}? ${text}\n${indent}:`;
}

const isScalar = (value: YamlValue): value is string | number | boolean | null | RawScalar =>
  typeof value !== 'object' || value === null || value instanceof RawScalar;

const isMap = (mapping: YamlMapping): mapping is ReadonlyMap<string, YamlValue> => mapping instanceof Map;

const isList = (value: YamlValue): value is readonly YamlValue[] => Array.isArray(value);

function writeEntry(key: string, value: YamlValue, indent: string): string {
  const head = writeKey(key, indent);
  if (isScalar(value)) return `${head} ${writeScalar(value)}\n`;
  if (isList(value)) return value.length === 0 ? `${head} []\n` : `${head}\n${writeYamlItems(value, indent)}`;
  const inside = writeYamlFields(value, `${indent}  `);
  return inside === '' ? `${head} {}\n` : `${head}\n${inside}`;
}

/** The entries of a mapping, one a line, each behind `indent`; "" when there are none. */
export function writeYamlFields(mapping: YamlMapping, indent = ''): string {
  let lines = '';
  if (isMap(mapping)) {
    for (const [key, value] of mapping) lines += writeEntry(key, value, indent);
    return lines;
  }
  for (const key in mapping) {
    const value = mapping[key];
    if (value !== undefined) lines += writeEntry(key, value, indent);
  }
  return lines;
}

/** Text of one value behind "- ": blocks lose the indentation of their first line. */
function writeItem(value: YamlValue, indent: string): string {
  if (isScalar(value)) return `${writeScalar(value)}\n`;
  const block = isList(value) ? writeYamlItems(value, indent) : writeYamlFields(value, indent);
  if (block === '') return isList(value) ? '[]\n' : '{}\n';
  return block.slice(indent.length);
}

/** The items of a list, each behind `indent` and "- "; "" when there are none. */
export function writeYamlItems(items: readonly YamlValue[], indent = ''): string {
  let lines = '';
  for (const item of items) lines += `${indent}- ${writeItem(item, `${indent}  `)}`;
  return lines;
}
