import yaml from 'js-yaml';
import { deepestYaml, mostMergedKeys } from './limits.ts';
import { explainTooLarge, explainTooLong } from './yaml-bounds.ts';
import { RawScalar } from './yaml-writer.ts';
import type { YamlValue } from './yaml-writer.ts';

/** Text that is no YAML; the message starts with `FILE:LINE:COLUMN` as far as they are known, counted from 1. */
export class YamlError extends SyntaxError {
  override readonly name = 'YamlError';
}

type Listener = NonNullable<yaml.LoadOptions['listener']>;

/** What the types of js-yaml leave out. */
interface BoundedOptions extends yaml.LoadOptions {
  readonly maxDepth: number;
  readonly maxTotalMergeKeys: number;
}

/** How a text is to be read. */
export interface YamlReading {
  readonly schema: yaml.Schema;
  /** Named in errors. */
  readonly file?: string | undefined;
  readonly listener?: Listener;
}

/**
 * The one door for YAML of users: all documents in `text`, with bounds on what they may cost.
 * @throws {YamlError}
 */
export function loadBounded(text: string, { schema, file, listener }: YamlReading): unknown[] {
  const bounds = { maxDepth: deepestYaml, maxTotalMergeKeys: mostMergedKeys };
  const options: BoundedOptions = { schema, ...bounds, ...(listener === undefined ? {} : { listener }) };
  refuseIf(explainTooLong(text), file);
  let documents: unknown[];
  try {
    documents = yaml.loadAll(text, undefined, options);
  } catch (error) {
    throw asYamlError(error, file);
  }
  for (const document of documents) refuseIf(explainTooLarge(document, text), file);
  return documents;
}

function refuseIf(problem: string | undefined, file: string | undefined): void {
  if (problem !== undefined) throw new YamlError(`${file === undefined ? '' : `${file}: `}Cannot use YAML: ${problem}`);
}

/** The only document, as js-yaml's `load` has it; null when there is none. */
function loadOne(text: string, reading: YamlReading): unknown {
  const [document, ...others] = loadBounded(text, reading);
  if (others.length > 0)
    throw new YamlError(
      `${reading.file === undefined ? '' : `${reading.file}: `}expected a single document in the stream, but found more`,
    );
  return document ?? null;
}

/** What js-yaml threw, as an error that names the place. */
function asYamlError(error: unknown, file: string | undefined): YamlError {
  if (!(error instanceof yaml.YAMLException)) throw error;
  // Errors that are not about a place carry no mark, whatever the type says.
  const mark = error.mark as { line: number; column: number } | undefined;
  const place = [file, ...(mark === undefined ? [] : [mark.line + 1, mark.column + 1])].filter(
    (part) => part !== undefined,
  );
  const where = place.length === 0 ? '' : `${place.join(':')}: `;
  return new YamlError(`${where}${error.reason}`, { cause: error });
}

const mergeKey = new yaml.Type('tag:yaml.org,2002:merge', {
  kind: 'scalar',
  resolve: (data: unknown) => data === '<<' || data === null,
});

const truths = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const lies = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;

const goBoolean = new yaml.Type('tag:yaml.org,2002:bool', {
  kind: 'scalar',
  resolve: (data: unknown) => typeof data === 'string' && (truths.test(data) || lies.test(data)),
  construct: (data: string) => truths.test(data),
});

const integer = /^[-+]?(?:0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|0b[01_]+|0o?[0-7_]+)$/;

/** A leading zero means octal: file modes are written that way. */
function constructInteger(data: string): number {
  const digits = data.replaceAll('_', '').replace(/^[-+]/, '');
  const value = /^0[0-7]/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return data.startsWith('-') ? -value : value;
}

const goInteger = new yaml.Type('tag:yaml.org,2002:int', {
  kind: 'scalar',
  resolve: (data: unknown) => typeof data === 'string' && integer.test(data),
  construct: constructInteger,
});

/**
 * Scalars as kubectl and Prometheus read them: Go's yaml.v2 takes `yes` for a boolean and 0644 for 420, as YAML 1.1 has it.
 * Times stay text.
 */
export const manifestSchema = yaml.CORE_SCHEMA.extend({ implicit: [mergeKey, goBoolean, goInteger] });

/**
 * The one document in `text`; null when it is empty.
 * @param file named in errors.
 * @throws {YamlError}
 */
export function parseYaml(text: string, file?: string): unknown {
  return loadOne(text, { schema: manifestSchema, file });
}

/**
 * All documents in `text`, empty ones left out.
 * @param file named in errors.
 * @throws {YamlError}
 */
export function parseYamlDocuments(text: string, file?: string): unknown[] {
  return loadBounded(text, { schema: manifestSchema, file }).filter((document) => document != null);
}

/** Plain scalars that some version of YAML takes for something other than text: they are kept as they were written. */
const typedScalar = /^(?:[-+.]?[0-9].*|[-+]?\.inf|\.nan|~|null|true|false|yes|no|on|off|y|n|)$/i;

const rawScalar = new yaml.Type('tag:yaml.org,2002:raw', {
  kind: 'scalar',
  resolve: (data: unknown) => data === null || (typeof data === 'string' && typedScalar.test(data)),
  construct: (data: unknown) => new RawScalar(typeof data === 'string' && data !== '' ? data : 'null'),
});

const verbatimSchema = yaml.FAILSAFE_SCHEMA.extend({ implicit: [mergeKey, rawScalar] });

/**
 * The one document in `text` with its untyped scalars kept as they were written (`yes`, `0644`, `1_000`), for documents
 * of users that go into a larger one: `writeYamlItems` then gives text that means the same to the reader they were written
 * for. Null when it is empty.
 * @throws {YamlError}
 */
export function parseYamlVerbatim(text: string): YamlValue {
  const document = loadOne(text, { schema: verbatimSchema }) as YamlValue;
  return document instanceof RawScalar && document.source === 'null' ? null : document;
}

/** Makes js-yaml quote texts that Go takes for integers. */
const quotedInteger = new yaml.Type('tag:yaml.org,2002:quoted', {
  kind: 'scalar',
  resolve: (data: unknown) => typeof data === 'string' && integer.test(data),
});

const dumpSchema = yaml.DEFAULT_SCHEMA.extend({ implicit: [quotedInteger] });

/** Any JSON data as YAML in flow style, on one line: `{a: b, c: [d]}`. */
export function dumpFlowYaml(value: unknown): string {
  return yaml.dump(value, { noRefs: true, lineWidth: -1, flowLevel: 0, schema: dumpSchema }).trimEnd();
}

/** Any JSON data as YAML in the usual block style. */
export function dumpYaml(value: unknown): string {
  return yaml.dump(value, { noRefs: true, lineWidth: -1, schema: dumpSchema });
}
