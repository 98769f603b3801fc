import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { invoke } from '../cli/invoke.ts';

/**
 * A case is a folder: input.yaml, flags.txt with flags of the operator if it has any, and expected.yaml with every object that the operator would write, Secrets decoded.
 * `UPDATE_GOLDEN=1 npm test golden` rewrites what is expected; the diff is the review.
 */
const cases = fileURLToPath(new URL('cases/', import.meta.url));
const isUpdate = process.env.UPDATE_GOLDEN === '1';

function readFlags(name: string): string[] {
  const file = join(cases, name, 'flags.txt');
  return existsSync(file) ? ['--operator-args', readFileSync(file, 'utf8')] : [];
}

describe('golden cases', () => {
  for (const name of readdirSync(cases)) {
    it(name, async () => {
      const { code, stdout, stderr } = await invoke(
        'render',
        join(cases, name, 'input.yaml'),
        '--decode',
        ...readFlags(name),
      );
      assert.equal(`${code} ${stderr}`, '0 ');
      const file = join(cases, name, 'expected.yaml');
      if (isUpdate) writeFileSync(file, stdout);
      assert.ok(existsSync(file), 'no expected.yaml: run UPDATE_GOLDEN=1 npm test golden and read what comes out');
      assert.equal(stdout, readFileSync(file, 'utf8'));
    });
  }
});
