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

/**
 * A mapping that stands in thousands of documents at the same depth: it is written once, and known by its identity to those
 * who look at documents before they are written.
 */
export class SharedMapping {
  readonly fields: YamlFields;
  #written: { readonly lead: string; readonly indent: string; readonly text: string } | undefined;

  constructor(fields: YamlFields) {
    this.fields = fields;
  }

  /** Its lines as an item of a list at that depth, behind what stands before the first one: the same string each time. */
  writeAt({ lead, indent }: Readonly<Place>, write: (fields: YamlFields) => string): string {
    if (this.#written?.indent !== indent || this.#written.lead !== lead)
      this.#written = { lead, indent, text: `${lead}${write(this.fields)}` };
    return this.#written.text;
  }
}

export type YamlValue =
  string | number | boolean | null | RawScalar | SharedMapping | readonly YamlValue[] | YamlMapping;

/**
 * Keys in the order in which they are written; undefined is left out. Keys from users go into a Map: an object would
 * move those that look like integers to the front.
 */
export type YamlMapping = YamlFields | ReadonlyMap<string, YamlValue>;

export interface YamlFields {
  readonly [key: string]: YamlValue | undefined;
}

/** Starts with a letter or a harmless sign, printable ASCII without blanks and colons. */
const plainWord = /^[A-Za-z_/$(][\x21-\x39\x3b-\x7e]*$/;
/** As `plainWord`, but with colons and single spaces. */
const plainText = /^[A-Za-z_/$(][\x21-\x7e]*(?: [\x21-\x7e]+)*$/;
/** Ends a plain scalar, or starts a comment. */
const indicators = /:(?: |$)| #/;
/** Words that some version of YAML reads as a boolean, null or a number. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
const longestReserved = 5;
const plainDuration = /^\d+(?:ms|[smhdwy])$/;

/** Allowed raw in JSON but not in YAML, or not for every reader. */
const unprintable = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;
/** Half a pair: no reader takes it. With the flag u, pairs do not match. */
const loneSurrogate = /\p{Surrogate}/gu;

const escapeCharacter = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function writeText(text: string): string {
  if (text.length > longestReserved || !reserved.test(text)) {
    if (plainWord.test(text)) return text;
    if (plainText.test(text) && !indicators.test(text)) return text;
    if (plainDuration.test(text)) return text;
  }
  return JSON.stringify(text.replace(loneSurrogate, '\ufffd')).replace(unprintable, escapeCharacter);
}

function writeScalar(value: string | number | boolean | null | RawScalar): string {
  return typeof value === 'string' ? writeText(value) : String(value);
}

/** Longer keys need the explicit form: readers look for the colon within 1024 characters. */
const longestImplicitKey = 512;

const isScalar = (value: YamlValue): value is string | number | boolean | null | RawScalar =>
  typeof value !== 'object' || value === null || value instanceof RawScalar;

const isMap = (mapping: YamlMapping): mapping is ReadonlyMap<string, YamlValue> => mapping instanceof Map;

const isList = (value: YamlValue): value is readonly YamlValue[] => Array.isArray(value);

/** What stands before the next entry, and before those after it. */
interface Place {
  lead: string;
  readonly indent: string;
}

/**
 * Collects lines. What stands before the next line is `lead`: the indentation, or that of a list item with its dashes.
 */
class LineWriter {
  readonly #lines: string[] = [];
  /** Which of the lines are those of mappings that others have, too. */
  readonly #shared: number[] = [];

  get text(): string {
    return this.#lines.join('');
  }

  /** The text cut so that what is shared is a piece of its own. */
  get pieces(): string[] {
    const pieces: string[] = [];
    let from = 0;
    const takeOwn = (to: number): void => {
      if (to > from) pieces.push(this.#lines.slice(from, to).join(''));
      from = to + 1;
    };
    for (const at of this.#shared) {
      takeOwn(at);
      pieces.push(this.#lines[at] ?? '');
    }
    takeOwn(this.#lines.length);
    return pieces;
  }

  writeFields(mapping: YamlMapping, indent: string, lead: string): void {
    const place = { lead, indent };
    const count = this.#lines.length;
    if (isMap(mapping)) for (const [key, value] of mapping) this.#writeEntry(key, value, place);
    else for (const key in mapping) this.#writeEntry(key, mapping[key], place);
    if (this.#lines.length === count) this.#lines.push(`${lead}{}\n`);
  }

  writeItems(items: readonly YamlValue[], indent: string, lead: string): void {
    let before = lead;
    for (const item of items) {
      this.#writeItem(item, `${before}- `, `${indent}  `);
      before = indent;
    }
    if (items.length === 0) this.#lines.push(`${lead}[]\n`);
  }

  #writeItem(value: YamlValue, lead: string, indent: string): void {
    if (isScalar(value)) this.#lines.push(`${lead}${writeScalar(value)}\n`);
    else if (isList(value)) this.writeItems(value, indent, lead);
    else if (value instanceof SharedMapping) {
      this.#shared.push(this.#lines.length);
      this.#lines.push(value.writeAt({ lead, indent }, (fields) => writeAlone(fields, indent)));
    } else this.writeFields(value, indent, lead);
  }

  /** @param place where the entry stands; changed to where the next one does */
  #writeEntry(key: string, value: YamlValue | undefined, place: Place): void {
    if (value === undefined) return;
    const { lead, indent } = place;
    place.lead = indent;
    const text = writeText(key);
    const head = text.length <= longestImplicitKey ? `${lead}${text}:` : `${lead}? ${text}\n${indent}:`;
    if (isScalar(value)) this.#lines.push(`${head} ${writeScalar(value)}\n`);
    else if (isList(value))
      this.#writeBlock(head, value.length === 0 ? '[]' : undefined, () => this.writeItems(value, indent, indent));
    else {
      const mapping = value instanceof SharedMapping ? value.fields : value;
      const inside = `${indent}  `;
      this.#writeBlock(head, isEmpty(mapping) ? '{}' : undefined, () => this.writeFields(mapping, inside, inside));
    }
  }

  #writeBlock(head: string, flow: string | undefined, writeInside: () => void): void {
    this.#lines.push(flow === undefined ? `${head}\n` : `${head} ${flow}\n`);
    if (flow === undefined) writeInside();
  }
}

/** The entries of a mapping whose first line somebody else has begun. */
function writeAlone(fields: YamlFields, indent: string): string {
  const writer = new LineWriter();
  writer.writeFields(fields, indent, '');
  return writer.text;
}

function isEmpty(mapping: YamlMapping): boolean {
  if (isMap(mapping)) return mapping.size === 0;
  for (const key in mapping) if (mapping[key] !== undefined) return false;
  return true;
}

/** The entries of a mapping, one a line, each behind `indent`; "" when there are none. */
export function writeYamlFields(mapping: YamlMapping, indent = ''): string {
  const writer = new LineWriter();
  if (!isEmpty(mapping)) writer.writeFields(mapping, indent, indent);
  return writer.text;
}

/** The items of a list, each line behind `indent`; "" when there are none. */
export function writeYamlItems(items: readonly YamlValue[], indent = ''): string {
  const writer = new LineWriter();
  if (items.length > 0) writer.writeItems(items, indent, indent);
  return writer.text;
}

/**
 * The same text in pieces: each mapping that is shared is the same string wherever it stands, so that thousands of such texts take
 * little memory.
 */
export function writeYamlPieces(items: readonly YamlValue[]): string[] {
  const writer = new LineWriter();
  if (items.length > 0) writer.writeItems(items, '', '');
  return writer.pieces;
}
