import { readdirSync } from 'node:fs';
import { alpha, beta } from '../../../src/api/alertmanager-config/dialect.ts';
import type { Dialect } from '../../../src/api/alertmanager-config/dialect.ts';
import { renderSchema } from '../../../src/api/crd.ts';
import type { Schema } from '../../../src/api/schema.ts';
import type { DocSchema } from './schema.ts';

/** Object types by what they contain; descriptions of the fields that use them do not count. */
export class TypeNames {
  readonly #names = new Map<string, { readonly name: string; readonly isCore: boolean }>();

  add(name: string, schema: DocSchema, isCore: boolean): void {
    const key = identify(schema);
    if (!this.#names.has(key)) this.#names.set(key, { name, isCore });
  }

  find(schema: DocSchema): { readonly name: string; readonly isCore: boolean } | undefined {
    return this.#names.get(identify(schema));
  }
}

/** The names of all object schemas that the files of src/api export: `safeTLSConfig` is the type "SafeTLSConfig". */
export async function readTypeNames(root: string): Promise<TypeNames> {
  const names = new TypeNames();
  const files = readdirSync(`${root}src/api`, { recursive: true, encoding: 'utf8' }).sort();
  const sources = files.filter(
    (file) =>
      /^(?:core\/|parts\/|scrape-config\/|alertmanager-config\/)?[\w-]+\.ts$/.test(file) && !/\/conversion/.test(file),
  );
  for (const file of sources) {
    const exported = (await import(`${root}src/api/${file}`)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      if (isDialectFunction(name, value)) {
        names.add(capitalize(name), renderSchema(value(alpha)), false);
        names.add(`${capitalize(name)}V1Beta1`, renderSchema(value(beta)), false);
      }
      if (isObjectSchema(value)) names.add(capitalize(name), renderSchema(value), file.startsWith('core/'));
    }
  }
  return names;
}

/** The parts of AlertmanagerConfig are functions of its version. */
const isDialectFunction = (name: string, value: unknown): value is (dialect: Dialect<unknown>) => Schema =>
  typeof value === 'function' && /Config$|^timeInterval$/.test(name);

const isObjectSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'object' && 'properties' in value;

/** "safeTLSConfig" → "SafeTLSConfig", "apiServerConfig" → "APIServerConfig". */
const capitalize = (name: string): string =>
  name.startsWith('oauth2')
    ? 'OAuth2'
    : name.replace(/^(?:(?:api|dns|ec2|gce|http|ovh|otlp|tls|tsdb|sns|grpc|k8s)(?=[A-Z])|[a-z])/, (start) =>
        start.toUpperCase(),
      );

function identify({ description: _description, default: _default, ...rest }: DocSchema): string {
  return JSON.stringify(rest);
}
