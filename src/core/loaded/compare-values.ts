import type { YamlValue } from '../../base/yaml-writer.ts';
import { asMapping, booleanOf, isList, isNull, numberOf, textOf } from '../prometheus-config/values.ts';
import { defaultsOf, inheritedKeys } from './config-defaults.ts';
import { isSameScalar } from './same-scalar.ts';
import type { Variables } from './same-scalar.ts';

type Fields = Readonly<Record<string, YamlValue | undefined>>;

/** What one value is compared within. */
export interface CompareContext {
  /** Key at the top, such as `remote_write`. */
  readonly section: string;
  /** `global` as it runs: what jobs do not say comes from there. */
  readonly global: Fields;
  readonly variables: Variables;
}

/** Maps of users' own keys. */
const freeKeys: ReadonlySet<string> = new Set([
  ...['labels', 'external_labels', 'params', 'headers', 'http_headers', 'endpoint_params', 'claims'],
  ...['proxy_connect_header', 'required_matchers', 'tags', 'node_meta', 'filters'],
]);
/** Texts of users. */
const freeTexts: ReadonlySet<string> = new Set([
  'regex',
  'separator',
  'replacement',
  'target_label',
  'job_name',
  'targets',
]);
/** Set by flags too, and printed then. */
const flagKeys: ReadonlySet<string> = new Set(['retention', 'log_level']);

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/**
 * Compares a part of a configuration as it was written with how the Prometheus that runs it prints it: defaults are filled in,
 * secrets masked, values in its own spelling. What was not written must be a default.
 *
 * @returns where they differ first, as a path such as `relabel_configs[2].regex`; undefined when they are the same.
 */
export function findDifference(written: YamlValue, running: YamlValue, context: CompareContext): string | undefined {
  return compare(written, running, {
    ...context,
    path: '',
    key: '',
    isOwnKey: false,
    isFree: false,
    isExpanded: false,
  });
}

interface Place extends CompareContext {
  readonly path: string;
  readonly key: string;
  /** The key is one that a user made up. */
  readonly isOwnKey: boolean;
  readonly isFree: boolean;
  readonly isExpanded: boolean;
}

function compare(written: YamlValue, running: YamlValue, place: Place): string | undefined {
  if (isNull(written)) return isIdle(running, place) ? undefined : place.path;
  if (isNull(running)) return isZero(written) ? undefined : place.path;
  if (isList(written) || isList(running))
    return isList(written) && isList(running) ? compareLists(written, running, place) : place.path;
  const [one, other] = [textOf(written), textOf(running)];
  if (one === undefined && other === undefined)
    return compareFields(readCredentials(asMapping(written, '')), readCredentials(asMapping(running, '')), place);
  return isSameScalar(written, running, place) ? undefined : place.path;
}

function compareLists(written: readonly YamlValue[], running: readonly YamlValue[], place: Place): string | undefined {
  if (written.length !== running.length) return place.path;
  for (const [at, one] of written.entries()) {
    const found = compare(one, running[at] ?? null, { ...place, path: `${place.path}[${at}]` });
    if (found !== undefined) return found;
  }
  return undefined;
}

function compareFields(written: Fields, running: Fields, place: Place): string | undefined {
  for (const key of new Set([...Object.keys(written), ...Object.keys(running)])) {
    const [one, other] = [written[key], running[key]];
    const inside = enter(place, key);
    if (one !== undefined && other !== undefined) {
      const found = compare(one, other, inside);
      if (found !== undefined) return found;
    } else if (one !== undefined && !isZero(one) && !isUnprinted(one, inside)) return inside.path;
    else if (other !== undefined && !isIdle(other, inside, { written, running })) return inside.path;
  }
  return undefined;
}

const enter = (place: Place, key: string): Place => ({
  ...place,
  path: join(place.path, key),
  key,
  isOwnKey: place.isFree,
  isFree: place.isFree || freeKeys.has(key) || freeTexts.has(key),
  isExpanded: place.isExpanded || key === 'external_labels',
});

/** Both sides of the mapping that a key stands in. */
interface Sides {
  readonly written: Fields;
  readonly running: Fields;
}

/** Whether what runs and nobody wrote is what Prometheus does without being told. */
function isIdle(value: YamlValue, place: Place, sides?: Sides): boolean {
  if (isNull(value)) return true;
  if (place.isOwnKey) return isZero(value);
  const known = defaultsOf(place.key, place.section);
  if (flagKeys.has(place.key) || known === 'unknown' || isDefault(value, place, sides)) return true;
  if (isZero(value)) return known.length === 0;
  if (isList(value) || textOf(value) !== undefined) return false;
  return compareFields({}, asMapping(value, ''), place) === undefined;
}

function isDefault(value: YamlValue, place: Place, sides?: Sides): boolean {
  const known = defaultsOf(place.key, place.section);
  if (known === 'unknown') return false;
  const isInherited = place.section === 'scrape_configs' && inheritedKeys.has(place.key);
  const inherited = isInherited ? place.global[place.key] : undefined;
  if (inherited !== undefined && isSameOrList(value, inherited, place)) return true;
  // A timeout is never longer than the interval.
  const interval = place.key === 'scrape_timeout' ? sides?.running['scrape_interval'] : undefined;
  if (interval !== undefined && isSameOrList(value, interval, place)) return true;
  return inherited === undefined && known.some((one) => isSameOrList(value, one, place));
}

/** Lists of words are compared as their words, with blanks between. */
function isSameOrList(value: YamlValue, other: YamlValue, place: Place): boolean {
  const words = isList(value) ? value.map(textOf).join(' ') : value;
  return isSameScalar(words, isList(other) ? other.map(textOf).join(' ') : other, place);
}

/** What is not zero is printed, but for the regular expression that takes everything. */
const isUnprinted = (value: YamlValue, place: Place): boolean => place.key === 'regex' && isDefault(value, place);

/** What Prometheus leaves out when it prints: as good as absent where there is no other default. */
function isZero(value: YamlValue): boolean {
  if (isNull(value) || value === '' || booleanOf(value) === false || numberOf(value) === 0) return true;
  if (isList(value)) return value.length === 0;
  if (textOf(value) !== undefined) return textOf(value) === '0s';
  return Object.values(asMapping(value, '')).every((one) => one === undefined || isZero(one));
}

/** `bearer_token` and `bearer_token_file` are read as an authorization, and printed as one. */
function readCredentials(fields: Fields): Fields {
  const { bearer_token: token = null, bearer_token_file: file = null, ...rest } = fields;
  if ((isZero(token) && isZero(file)) || fields['authorization'] !== undefined) return fields;
  const credentials = isZero(token) ? { credentials_file: file } : { credentials: token };
  return { ...rest, authorization: { type: 'Bearer', ...credentials } };
}
