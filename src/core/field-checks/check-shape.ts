import { compilePattern } from '../../api/validation/pattern.ts';
import type { Rejection } from '../rejection.ts';
import type { Findings } from '../findings.ts';
import { longestPatternText } from '../limits.ts';
import { explainOutOfBounds } from '../object-bounds.ts';

/** The part of a JSON schema that says what values look like. */
interface ShapeNode {
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, ShapeNode>>;
  readonly items?: ShapeNode;
  readonly additionalProperties?: ShapeNode | boolean;
  readonly pattern?: string;
  readonly 'x-kubernetes-int-or-string'?: boolean;
}

const nameOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function fits(node: ShapeNode, value: unknown): boolean {
  if (node['x-kubernetes-int-or-string'] === true) return typeof value === 'string' || Number.isInteger(value);
  switch (node.type) {
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'object':
      return nameOf(value) === 'object';
    case undefined:
      return true;
    default:
      return typeof value === node.type;
  }
}

function insideOf(node: ShapeNode, name: string): ShapeNode | undefined {
  if (node.properties !== undefined) return Object.hasOwn(node.properties, name) ? node.properties[name] : undefined;
  return typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
}

/** What is wrong with a value: a rejection whose field is still relative. */
type Misfit = Rejection;

/** A part that ignores case makes the whole ignore it: the API server has looked more closely, and what reads the value will. */
const compile = (pattern: string): RegExp =>
  pattern.includes('(?i)') ? new RegExp(pattern.replaceAll('(?i)', ''), 'i') : new RegExp(pattern);

/** No pattern makes RE2 slow. */
const matches = (pattern: string, text: string): boolean =>
  text.length <= longestPatternText ? compile(pattern).test(text) : compilePattern(pattern)(text);

/** What of a schema is looked at. */
type Keywords = 'types' | 'types and patterns';

/** What is wrong with the value itself, not with what is inside. */
function findFault(node: ShapeNode, value: unknown, keywords: Keywords): Misfit | undefined {
  if (!fits(node, value)) {
    const want = node['x-kubernetes-int-or-string'] === true ? 'integer or string' : (node.type ?? '');
    return { reason: 'InvalidType', field: '', message: `Cannot use this ${nameOf(value)}: want ${want}` };
  }
  if (typeof value !== 'string' || value === '' || node.pattern === undefined || keywords === 'types') return undefined;
  if (matches(node.pattern, value)) return undefined;
  const message = `Cannot use "${value}": want text that matches ${node.pattern}`;
  return { reason: 'InvalidValue', field: '', message, operands: { found: value, pattern: node.pattern } };
}

/** Paths are put together only for what is wrong: nearly nothing is. */
const under = (step: string, misfit: Misfit): Misfit => ({ ...misfit, field: `${step}${misfit.field}` });

function findMisfit(node: ShapeNode, value: unknown, keywords: Keywords): Misfit | undefined {
  const fault = findFault(node, value, keywords);
  if (fault !== undefined || typeof value !== 'object' || value === null) return fault;
  return Array.isArray(value)
    ? findItem(node.items, value, keywords)
    : findField(node, value as Readonly<Record<string, unknown>>, keywords);
}

function findField(node: ShapeNode, value: Readonly<Record<string, unknown>>, keywords: Keywords): Misfit | undefined {
  for (const name in value) {
    const inside = value[name];
    // A field that is null is unset; a member of a map is what it is.
    if (inside === undefined || (inside === null && node.properties !== undefined)) continue;
    const schema = insideOf(node, name);
    const misfit = schema && findMisfit(schema, inside, keywords);
    if (misfit !== undefined) return under(`.${name}`, misfit);
  }
  return undefined;
}

function findItem(schema: ShapeNode | undefined, items: readonly unknown[], keywords: Keywords): Misfit | undefined {
  if (schema === undefined) return undefined;
  for (let at = 0; at < items.length; at += 1) {
    const misfit = findMisfit(schema, items[at], keywords);
    if (misfit !== undefined) return under(`[${at}]`, misfit);
  }
  return undefined;
}

/**
 * Every value must have the type that the schema gives its field: objects that were stored before a CRD was installed or
 * changed are not checked by anybody else, and one wrong scalar makes Prometheus refuse the whole configuration. Texts must
 * match their pattern, unless they are empty, which means "unset". Other keywords are left to the API server.
 */
export function* checkShape(schema: object, spec: unknown): Findings {
  yield* checkShapeAt(schema, spec, 'spec');
}

/**
 * What nobody can render from, whatever the kind: a spec that is no mapping, is out of bounds, lacks what is required inside of
 * its fields, or has values of wrong types; patterns are left to who reads the fields. Workloads are looked at so before anything else.
 */
export function* checkReadable(schema: object, spec: unknown): Findings {
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
    yield { reason: 'InvalidType', field: 'spec', message: 'Cannot do without a spec: want a mapping of fields' };
    return;
  }
  const unbounded = explainOutOfBounds(spec);
  if (unbounded === undefined) {
    yield* checkRequired(schema, spec);
    const misfit = findMisfit(schema, spec, 'types');
    if (misfit !== undefined) yield under('spec', misfit);
  } else yield unbounded;
}

/** The same for any value; `field` is its path. */
export function* checkShapeAt(schema: object, value: unknown, field: string): Findings {
  const misfit = findMisfit(schema, value, 'types and patterns');
  if (misfit !== undefined) yield under(field, misfit);
}

/** Path to a required field that is not there, from the value on. */
function findMissing(node: ShapeNode, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return findMissingItem(node.items, value);
  const fields = value as Readonly<Record<string, unknown>>;
  const missing = node.required?.find((name) => fields[name] === undefined || fields[name] === null);
  if (missing !== undefined) return `.${missing}`;
  for (const name in fields) {
    if (typeof fields[name] !== 'object') continue;
    const schema = insideOf(node, name);
    const found = schema && findMissing(schema, fields[name]);
    if (found !== undefined) return `.${name}${found}`;
  }
  return undefined;
}

function findMissingItem(schema: ShapeNode | undefined, items: readonly unknown[]): string | undefined {
  if (schema === undefined) return undefined;
  for (let at = 0; at < items.length; at += 1) {
    const found = findMissing(schema, items[at]);
    if (found !== undefined) return `[${at}]${found}`;
  }
  return undefined;
}

/**
 * Inside the fields of a spec, everything must be there that the schema requires: an object that was stored before a CRD was
 * changed may lack it, and what is rendered from that is what Prometheus refuses. The spec's own fields may be missing: that
 * means none.
 */
export function* checkRequired(schema: object, spec: unknown): Findings {
  const field = findMissing({ ...schema, required: [] }, spec);
  if (field !== undefined)
    yield { reason: 'MissingField', field: `spec${field}`, message: 'Cannot do without this field: set it' };
}
