/** One value of the chart, or a group of them: values.yaml, values.schema.json and the table of the README are made from these. */

/** JSON schema (draft 7, as helm has it) of a value. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface Value {
  readonly kind: 'value';
  /** One or two sentences. */
  readonly description: string;
  readonly fallback: unknown;
  readonly schema: JsonSchema;
}

export interface Group {
  readonly kind: 'group';
  readonly description: string;
  readonly entries: Readonly<Record<string, Value | Group>>;
  /** Properties that the schema lets through, though they are not for users: helm puts them there. */
  readonly hidden?: Readonly<Record<string, JsonSchema>>;
}

export type Entry = Value | Group;

export function group(description: string, entries: Readonly<Record<string, Entry>>): Group {
  return { kind: 'group', description, entries };
}

export function value(fallback: unknown, description: string, schema: JsonSchema): Value {
  return { kind: 'value', description, fallback, schema };
}

export const text = (fallback: string, description: string, checks: JsonSchema = {}): Value =>
  value(fallback, description, { type: 'string', ...checks });

export const choice = (choices: readonly string[], fallback: string, description: string): Value =>
  value(fallback, `${description} One of ${choices.join(', ')}.`, { type: 'string', enum: choices });

export const flag = (fallback: boolean, description: string): Value =>
  value(fallback, description, { type: 'boolean' });

export const count = (fallback: number, description: string, minimum = 0): Value =>
  value(fallback, description, { type: 'integer', minimum });

/** A duration as Go writes it; empty leaves the choice to the program. */
export const duration = (description: string): Value =>
  text('', description, { pattern: '^$|^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$' });

/** Labels, annotations: text by text. */
export const texts = (fallback: Readonly<Record<string, string>>, description: string): Value =>
  value(fallback, description, { type: 'object', additionalProperties: { type: 'string' } });

export const list = (description: string, items: JsonSchema = { type: 'object' }): Value =>
  value([], description, { type: 'array', items });

const dnsLabel = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';

/** Names of namespaces. */
export const namespaces = (description: string): Value =>
  value([], description, {
    type: 'array',
    items: { type: 'string', pattern: dnsLabel, maxLength: 63 },
    uniqueItems: true,
  });

/** Part of a Kubernetes object, taken as it is; the API server checks it. */
export const fragment = (fallback: Readonly<Record<string, unknown>>, description: string): Value =>
  value(fallback, description, { type: 'object' });
