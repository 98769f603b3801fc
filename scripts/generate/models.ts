import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A field as the models of the client package know it. */
export interface ModelField {
  readonly name: string;
  /** As in the attribute table: "string", "Array<V1EnvVar>", "{ [key: string]: string; }". */
  readonly type: string;
  /** "int32", "int64", "int-or-string", "date-time" or "". */
  readonly format: string;
  readonly required: boolean;
}

const models = join(dirname(createRequire(import.meta.url).resolve('@kubernetes/client-node')), 'gen/models');

/**
 * Reads the fields of a model such as "V1Container". Types and formats come from the attribute table in the
 * model's code, whether a field is required from its declaration.
 */
export function readModel(model: string): ModelField[] {
  const code = readFileSync(join(models, `${model}.js`), 'utf8');
  const declared = readFileSync(join(models, `${model}.d.ts`), 'utf8');
  const table = /attributeTypeMap = (\[[\s\S]*?\n\]);/.exec(code)?.[1];
  if (table === undefined) throw new Error(`Model ${model} has no attribute table: has the client package changed?`);
  const fields = JSON.parse(table) as { name: string; baseName: string; type: string; format: string }[];
  return fields.map(({ name, baseName, type, format }) => ({
    name: baseName,
    type,
    format,
    required: declared.includes(`'${name}': `),
  }));
}
