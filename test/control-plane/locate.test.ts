import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { it } from 'node:test';
import { binaryPath } from './locate.ts';

it('binaries are looked for where build.sh puts them', () => {
  const script = join(import.meta.dirname, 'build.sh');
  assert.equal(binaryPath(), execFileSync(script, ['--print-path'], { encoding: 'utf8' }).trim());
});
