import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { listSources } from './imports.ts';

const root = join(import.meta.dirname, '..', '..');

/** Files by their layer and their own name, as in "core limits.ts"; those right below src are in no layer. */
function groupByName(files: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const parts = file.split('/');
    if (parts.length === 1) continue;
    const name = `${parts[0] ?? ''} ${parts.at(-1) ?? ''}`;
    groups.set(name, [...(groups.get(name) ?? []), `src/${file}`]);
  }
  return groups;
}

describe('names of files', () => {
  it('stand once in their layer', () => {
    const groups = groupByName(listSources());
    assert.ok(groups.size > 900, `only ${groups.size} names were found`);
    const shared = [...groups.values()].filter(({ length }) => length > 1).map((files) => files.sort().join(' and '));
    assert.deepEqual(shared, [], 'name each file for what it holds (CONTRIBUTING.md, "The field\'s words")');
  });
});

describe('unit tests', () => {
  it('lie where what they test lies', () => {
    const folders = readdirSync(join(root, 'test', 'unit'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => relative(join(root, 'test', 'unit'), join(parentPath, name)));
    assert.ok(folders.length > 50, `only ${folders.length} folders were found`);
    // Those of scripts/ stand beside the others.
    const strays = folders.filter((folder) => folder !== 'scripts' && !existsSync(join(root, 'src', folder)));
    assert.deepEqual(strays, []);
  });
});
