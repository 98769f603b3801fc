import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { flags } from '../../src/operator/options/flags.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs', 'security.md'), 'utf8');
/** Rows of the tables of what somebody could try. */
const rows = page.split('\n').filter((line) => line.startsWith('| to ') || line.startsWith('| the same'));

describe('docs/security.md', () => {
  it('names tests that there are', () => {
    const named = [...page.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);
    assert.ok(named.length > 20, `${named.length} tests`);
    assert.deepEqual(
      [...new Set(named)].filter((path) => !existsSync(join(root, path))),
      [],
    );
  });

  it('names a test for all that somebody could try', () => {
    assert.ok(rows.length > 20, `${rows.length} rows`);
    assert.deepEqual(
      rows.filter((row) => !/`test\/[^`]+\.test\.ts`[^|]*\|$/.test(row)),
      [],
    );
  });

  it('names flags that there are', () => {
    const known = new Set(flags.map(({ name }) => name));
    const named = [...page.matchAll(/`--([a-z.-]+)/g)].map(([, name = '']) => name);
    assert.deepEqual(
      named.filter((name) => !known.has(name)),
      [],
    );
  });
});
