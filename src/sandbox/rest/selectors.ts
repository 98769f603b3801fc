/** Label and field selectors of queries, as predicates. */
import { isJsonObject } from '../../base/json.ts';
import type { ApiObject } from '../api.ts';
import type { Resource } from '../registry/resource.ts';
import { badRequest } from '../status-error.ts';
import { checkLabelValue, checkQualifiedName } from '../strategies/names.ts';

export type ObjectFilter = (object: ApiObject) => boolean;
type LabelFilter = (labels: Readonly<Record<string, string>>) => boolean;

/** Undefined when there is nothing to filter by. @throws {StatusError} 400 for what does not parse. */
export function parseFilter(
  resource: Resource,
  { labelSelector = '', fieldSelector = '' }: { labelSelector?: string; fieldSelector?: string },
): ObjectFilter | undefined {
  const labels = labelSelector.trim() === '' ? undefined : parseLabelSelector(labelSelector);
  const fields = fieldSelector.trim() === '' ? undefined : parseFieldSelector(fieldSelector, resource);
  if (labels === undefined) return fields;
  const byLabels: ObjectFilter = ({ metadata }) => labels(metadata.labels ?? {});
  return fields === undefined ? byLabels : (object) => byLabels(object) && fields(object);
}

const refuse = (selector: string, detail: string): never => {
  throw badRequest(`unable to parse requirement: ${detail} (in ${JSON.stringify(selector)})`);
};

/** "a=b,c!=d,e in (f,g),h notin (i),j,!k" */
function parseLabelSelector(selector: string): LabelFilter {
  const parts = splitRequirements(selector).map((part) => parseRequirement(part.trim(), selector));
  return (labels) => parts.every((part) => part(labels));
}

/** Splits at commas outside parentheses. */
function splitRequirements(selector: string): string[] {
  const parts: string[] = [];
  let end = selector.length;
  let bracket = '';
  for (let at = selector.length - 1; at >= 0; at -= 1) {
    const character = selector.charAt(at);
    if (character === '(' || character === ')') bracket = character;
    if (character !== ',' || bracket === ')') continue;
    parts.push(selector.slice(at + 1, end));
    end = at;
  }
  return [...parts, selector.slice(0, end)].reverse();
}

function parseRequirement(text: string, selector: string): LabelFilter {
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text);
  if (set !== null) return setRequirement(set, selector);
  const [, bare] = /^(!?\s*[^\s!=<>()]+)$/.exec(text) ?? [];
  if (bare !== undefined) {
    const key = bare.replace(/^!\s*/, '');
    checkKey(key, selector);
    return existence(key, !bare.startsWith('!'));
  }
  const [, key = '', operator, value = ''] = /^([^\s!=<>()]+)\s*(==|=|!=|<|>)\s*([^\s!=<>()]*)$/.exec(text) ?? [];
  if (operator === undefined) return refuse(selector, `found ${JSON.stringify(text)}`);
  checkKey(key, selector);
  if (operator === '<' || operator === '>') return comparison(key, operator, value);
  for (const detail of checkLabelValue(value)) refuse(selector, detail);
  return operator === '!=' ? (labels) => labels[key] !== value : (labels) => labels[key] === value;
}

const existence =
  (key: string, wanted: boolean): LabelFilter =>
  (labels) =>
    (labels[key] !== undefined) === wanted;
const comparison =
  (key: string, operator: string, value: string): LabelFilter =>
  (labels) => {
    const found = Number(labels[key] ?? Number.NaN);
    return operator === '<' ? found < Number(value) : found > Number(value);
  };

function setRequirement([, key = '', operator, list = '']: readonly string[], selector: string): LabelFilter {
  checkKey(key, selector);
  const values = list.split(',').map((value) => value.trim());
  return operator === 'in'
    ? (labels) => labels[key] !== undefined && values.includes(labels[key])
    : (labels) => labels[key] === undefined || !values.includes(labels[key]);
}

function checkKey(key: string, selector: string): void {
  for (const detail of checkQualifiedName(key))
    refuse(selector, `key: Invalid value: ${JSON.stringify(key)}: ${detail}`);
}

/** "metadata.name=a,status.phase!=Running" */
function parseFieldSelector(selector: string, resource: Resource): ObjectFilter {
  const known = ['metadata.name', ...(resource.namespaced ? ['metadata.namespace'] : []), ...resource.selectableFields];
  const parts = selector.split(',').map((part) => {
    const [, field = '', operator, value = ''] = /^([^=!\s]+)\s*(==|=|!=)(.*)$/.exec(part.trim()) ?? [];
    if (operator === undefined) throw badRequest(`invalid selector: '${selector}'; can't understand '${part}'`);
    if (!known.includes(field)) throw badRequest(unknownField(field, resource, known));
    return { steps: field.split('.'), wanted: operator !== '!=', value: value.trim() };
  });
  return (object) => parts.every(({ steps, wanted, value }) => (readField(object, steps) === value) === wanted);
}

function unknownField(field: string, resource: Resource, known: readonly string[]): string {
  if (resource.selectableFields.length > 0 && !resource.custom) return `field label not supported: ${field}`;
  if (resource.custom) return `field label not supported: ${field}`;
  return `${JSON.stringify(field)} is not a known field selector: only ${known.map((one) => JSON.stringify(one)).join(', ')}`;
}

function readField(object: ApiObject, steps: readonly string[]): string {
  const value = steps.reduce<unknown>((inner, step) => (isJsonObject(inner) ? inner[step] : undefined), object);
  if (isJsonObject(value)) return typeof value.component === 'string' ? value.component : '';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
