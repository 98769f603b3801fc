import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';

const root = join(import.meta.dirname, '..', '..', '..');

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
}

it('every value of the chart that docs/migrate.md names is there', () => {
  const text = readFileSync(join(root, 'docs', 'migrate.md'), 'utf8');
  const table = /<!-- stack-values -->([^]*)<!-- \/stack-values -->/.exec(text)?.[1] ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const names = rows.flatMap((row) =>
    [...(row.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
  const schema = JSON.parse(readFileSync(join(root, 'charts/stoker/values.schema.json'), 'utf8')) as Schema;
  const has = (name: string): boolean =>
    name.split('.').reduce<Schema | undefined>((at, key) => at?.properties?.[key], schema) !== undefined;
  assert.ok(rows.length > 15 && names.length > rows.length);
  assert.deepEqual(
    names.filter((name) => !has(name)),
    [],
  );
});
