import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { invoke } from './invoke.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const cases = fileURLToPath(new URL('../golden/plan/', import.meta.url));

describe('stoker plan', () => {
  it('of a folder and itself is nothing, with exit code 0', async () => {
    const { code, stdout } = await invoke('plan', '--from', examples, '--to', examples);
    assert.deepEqual([code, stdout], [0, 'Nothing changes: 2 workloads are as they were.\n']);
  });

  it('from nothing is all that is new, and disrupts nobody', async () => {
    const { code, stdout } = await invoke('plan', '--from', join(examples, '00-namespaces.yaml'), '--to', examples);
    assert.equal(code, 5);
    assert.match(stdout, /^2 workloads change: \d+ pods start\.\n/);
    assert.match(stdout, /create {4}StatefulSet prometheus-main\n/);
  });

  it('escapes what Markdown would take for its own, and fences longer than what users write', async () => {
    const folder = join(cases, 'markdown-signs');
    const { stdout } = await invoke(
      'plan',
      '--from',
      join(folder, 'from.yaml'),
      '--to',
      join(folder, 'to.yaml'),
      '-o',
      'markdown',
    );
    assert.match(stdout, /\n````\nPrometheus/);
  });

  it('ends with 2 for a format that it does not know, and for one stdin twice', async () => {
    const format = await invoke('plan', '--from', examples, '--to', examples, '-o', 'xml');
    assert.deepEqual([format.code, format.stdout], [2, '']);
    assert.match(format.stderr, /Cannot print as "xml": known are text, json, yaml, markdown/);
    const stdin = await invoke('plan', '--from', '-', '--to', '-');
    assert.equal(stdin.code, 2);
    assert.match(stdin.stderr, /Cannot read both --from and --to from stdin/);
  });

  it('ends with 2 when a side is missing', async () => {
    const { code, stderr } = await invoke('plan', '--from', examples);
    assert.equal(code, 2);
    assert.match(stderr, /Cannot use --from alone: want both --from and --to, or files/);
    const none = await invoke('plan');
    assert.equal(none.code, 2);
    assert.match(none.stderr, /Cannot tell what changes: want files or folders, --delete, or both --from and --to/);
  });
});
