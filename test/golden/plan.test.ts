import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseYaml, parseYamlDocuments } from '../../src/base/yaml.ts';
import { invoke } from '../cli/invoke.ts';

/**
 * A case is a folder: from.yaml and to.yaml are the manifests before and after, case.yaml has the exit code and further
 * flags; expected.txt, expected.json and, where it is there, expected.md are the whole plan. `UPDATE_GOLDEN=1 npm test golden`
 * rewrites what is expected; the diff is the review.
 */
const cases = fileURLToPath(new URL('plan/', import.meta.url));
const isUpdate = process.env.UPDATE_GOLDEN === '1';

interface Case {
  readonly code: number;
  readonly flags?: readonly string[];
}

function compare(file: string, text: string): void {
  if (isUpdate) writeFileSync(file, text);
  assert.ok(existsSync(file), `no ${file}: run UPDATE_GOLDEN=1 npm test golden and read what comes out`);
  assert.equal(text, readFileSync(file, 'utf8'));
}

const names = readdirSync(cases, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

describe('plan', () => {
  for (const name of names)
    it(name, async () => {
      const folder = join(cases, name);
      const { code, flags = [] } = parseYaml(readFileSync(join(folder, 'case.yaml'), 'utf8')) as Case;
      const words = ['plan', '--from', join(folder, 'from.yaml'), '--to', join(folder, 'to.yaml'), ...flags];
      const [text, json, markdown, yaml] = [
        await invoke(...words),
        await invoke(...words, '-o', 'json'),
        await invoke(...words, '-o', 'markdown'),
        await invoke(...words, '-o', 'yaml'),
      ];
      compare(join(folder, 'expected.txt'), `${text.stdout}${text.stderr}`);
      compare(join(folder, 'expected.json'), json.stdout);
      if (existsSync(join(folder, 'expected.md'))) compare(join(folder, 'expected.md'), markdown.stdout);
      assert.deepEqual(parseYaml(yaml.stdout), JSON.parse(json.stdout));
      assert.deepEqual([text.code, json.code, markdown.code, yaml.code], [code, code, code, code]);
      // Contents of Secrets, plain or encoded, are in none of them.
      const all = [text, json, markdown, yaml].map(({ stdout, stderr }) => stdout + stderr).join('');
      for (const secret of ['old-and-secret', 'new-and-secret', 'chat.example'])
        for (const spelled of [secret, Buffer.from(secret).toString('base64').slice(0, 8)])
          assert.ok(!all.includes(spelled), `"${spelled}" is shown`);
    });

  it('is the same whichever way the manifests are ordered', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'stoker-plan-'));
    const folder = join(cases, 'replicas');
    try {
      for (const side of ['from', 'to']) {
        const items = parseYamlDocuments(readFileSync(join(folder, `${side}.yaml`), 'utf8')).reverse();
        writeFileSync(join(temporary, `${side}.json`), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
      }
      const turned = ['--from', join(temporary, 'from.json'), '--to', join(temporary, 'to.json')];
      const { stdout } = await invoke('plan', ...turned, '-o', 'json');
      assert.equal(stdout, readFileSync(join(folder, 'expected.json'), 'utf8'));
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });
});
