import { parseDuration } from '../../../../base/durations.ts';
import type { Version } from '../../../../base/version.ts';
import { RawScalar } from '../../../../base/yaml-writer.ts';
import type { YamlFields, YamlValue } from '../../../../base/yaml-writer.ts';
import { explainAlertUrl, explainTemplateUrl } from '../../../templates/alertmanager-template.ts';
import type { Field, Kind, Section } from './section-shape.ts';

/** A place in a configuration that cannot be used. Neither message nor path says a value: it may be out of a Secret. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
  /** Such as "receivers[0].slack_configs[1].api_url". */
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** What reads the configuration, who hears of what is left out, and the place that is looked at. */
export interface SanitizeScope {
  /** Such as "receivers[0].slack_configs[1]"; "" at the top. */
  readonly path: string;
  readonly version: Version;
  /** Told the path and the reason of a key that is left out. */
  readonly warn: (path: string, message: string) => void;
}

type Mapping = Readonly<Record<string, YamlValue | undefined>>;

/**
 * A section as a version of Alertmanager takes it (docs/reference/rendering.md 5.12): keys in their order, those left out
 * that are empty, that the version does not know, or that another key beats.
 * @throws {ConfigFault} for what no reading makes right.
 */
export function sanitizeSection(section: Section, value: YamlValue, scope: SanitizeScope): YamlFields {
  const { path, version } = scope;
  const given = asMapping(value, path);
  const { fields } = section;
  const unknown = Object.keys(given).find((key) => given[key] !== undefined && !Object.hasOwn(fields, key));
  if (unknown !== undefined)
    throw new ConfigFault(join(path, unknown), 'Cannot use this field: Alertmanager has none of that name');
  const kept: Record<string, YamlValue> = {};
  for (const [key, field] of Object.entries(fields)) {
    const place = { ...scope, path: join(path, key) };
    const clean = sanitizeField(field, given[key], place);
    if (clean !== undefined && isKnown(field, place)) kept[key] = clean;
  }
  const result = dropBeaten(section, kept, scope);
  for (const { key, message } of section.check?.(result, version) ?? [])
    throw new ConfigFault(join(path, key), message);
  return result;
}

/** Keys that say what another one says better. */
function dropBeaten({ fields }: Section, kept: Mapping, { path, warn }: SanitizeScope): YamlFields {
  const beaten = Object.entries(fields).filter(
    ([key, { unless }]) => kept[key] !== undefined && unless !== undefined && kept[unless] !== undefined,
  );
  if (beaten.length === 0) return kept;
  for (const [key, { unless = '' }] of beaten) warn(join(path, key), `"${unless}" says the same`);
  const names = new Set(beaten.map(([key]) => key));
  return Object.fromEntries(Object.entries(kept).filter(([key]) => !names.has(key)));
}

function isKnown({ since, needs }: Field, { path, version, warn }: SanitizeScope): boolean {
  if (needs !== undefined && version.isBelow(needs))
    throw new ConfigFault(path, `Cannot use this field: it needs Alertmanager ${needs}, this is ${version.toString()}`);
  if (since === undefined || version.isAtLeast(since)) return true;
  warn(path, `it needs Alertmanager ${since}, this is ${version.toString()}`);
  return false;
}

/** Undefined when there is nothing to write. */
function sanitizeField(field: Field, value: YamlValue | undefined, scope: SanitizeScope): YamlValue | undefined {
  if (isNothing(value)) return undefined;
  const clean = readField(field, value, scope);
  const isBelow = field.kind === 'section';
  return isBelow || field.always === true || isWorthWriting(field, clean) ? clean : undefined;
}

function readField({ kind, section }: Field, value: YamlValue, scope: SanitizeScope): YamlValue {
  const { path } = scope;
  if (kind === 'section' || kind === 'items') {
    const inner = section ?? { fields: {} };
    if (kind === 'section') return sanitizeSection(inner, value, scope);
    return asList(value, path).map((item, at) => sanitizeSection(inner, item, { ...scope, path: `${path}[${at}]` }));
  }
  return readers[kind](value, path);
}

function isWorthWriting({ onlyTrue, notZero }: Field, clean: YamlValue): boolean {
  if (isEmpty(clean) || (onlyTrue === true && clean !== true)) return false;
  return notZero === undefined || typeof clean !== 'string' || parseDuration(clean) !== 0;
}

const isNothing = (value: YamlValue | undefined): value is undefined | null =>
  value === undefined || value === null || (value instanceof RawScalar && /^(?:null|~)$/i.test(value.source));

function isEmpty(value: YamlValue): boolean {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return true;
  return isMapping(value) && Object.keys(value).length === 0;
}

function isMapping(value: YamlValue): value is YamlFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RawScalar);
}

/** How values of each kind are taken; all of them refuse what is something else. */
const readers: Readonly<Record<Kind, (value: YamlValue, path: string) => YamlValue>> = {
  text: readText,
  url: (value, path) => readUrl(value, path, explainAlertUrl),
  templateUrl: (value, path) => readUrl(value, path, explainTemplateUrl),
  duration: readDuration,
  flag: readFlag,
  number: readNumber,
  texts: (value, path) => asList(value, path).map((item, at) => readText(item, `${path}[${at}]`)),
  map: (value, path) => asMapping(value, path),
  any: (value) => value,
};

function readText(value: YamlValue, path: string): string {
  if (typeof value === 'string') return value;
  if (value instanceof RawScalar) return value.source;
  throw new ConfigFault(path, 'Cannot use this value: want text');
}

function readUrl(value: YamlValue, path: string, explain: (text: string) => string | undefined): string {
  const url = readText(value, path);
  if (url === '' || explain(url) === undefined) return url;
  throw new ConfigFault(path, 'Cannot use this URL: want http:// or https:// and a host');
}

function readDuration(value: YamlValue, path: string): string {
  const text = readText(value, path);
  try {
    if (text !== '') parseDuration(text);
    return text;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigFault(path, 'Cannot use this duration: want something like 30s, 1h30m or 1d');
  }
}

function readFlag(value: YamlValue, path: string): boolean {
  if (typeof value === 'boolean') return value;
  const source = value instanceof RawScalar ? value.source : '';
  if (/^(?:y|yes|true|on)$/i.test(source)) return true;
  if (/^(?:n|no|false|off)$/i.test(source)) return false;
  throw new ConfigFault(path, 'Cannot use this value: want true or false');
}

function readNumber(value: YamlValue, path: string): YamlValue {
  if (typeof value === 'number') return value;
  if (value instanceof RawScalar && /^[-+]?\d[\d_]*$/.test(value.source)) return value;
  throw new ConfigFault(path, 'Cannot use this value: want a whole number');
}

function asMapping(value: YamlValue, path: string): Mapping {
  if (value instanceof Map) return Object.fromEntries(value) as Mapping;
  if (isMapping(value)) return value;
  throw new ConfigFault(path, 'Cannot use this value: want a mapping');
}

function asList(value: YamlValue, path: string): readonly YamlValue[] {
  if (Array.isArray(value)) return value as readonly YamlValue[];
  throw new ConfigFault(path, 'Cannot use this value: want a list');
}

const join = (path: string, key: string): string => (path === '' || key === '' ? `${path}${key}` : `${path}.${key}`);
