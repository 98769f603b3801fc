import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseYaml } from '../../src/base/yaml.ts';
import { invoke } from '../cli/invoke.ts';

/**
 * A case is a folder: input.yaml holds an Alertmanager and what it selects, case.yaml what is asked and the exit code;
 * expected.txt and expected.json are the whole answer. `UPDATE_GOLDEN=1 npm test golden` rewrites the two; the diff is the
 * review.
 */
const cases = fileURLToPath(new URL('route/', import.meta.url));
const isUpdate = process.env.UPDATE_GOLDEN === '1';

interface Case {
  readonly args: string;
  readonly code: number;
}

function compare(file: string, text: string): void {
  if (isUpdate) writeFileSync(file, text);
  assert.ok(existsSync(file), `no ${file}: run UPDATE_GOLDEN=1 npm test golden and read what comes out`);
  assert.equal(text, readFileSync(file, 'utf8'));
}

const names = readdirSync(cases, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

describe('route', () => {
  for (const name of names)
    it(name, async () => {
      const folder = join(cases, name);
      const { args, code } = parseYaml(readFileSync(join(folder, 'case.yaml'), 'utf8')) as Case;
      const words = ['route', ...args.replaceAll('FOLDER', folder).split(' '), '--offline', join(folder, 'input.yaml')];
      // Times are fixed: what "now" is muted would be another answer each day.
      const fixed = args.includes('--at') ? [] : ['--at', '2026-12-01T12:00Z'];
      const text = await invoke(...words, ...fixed, '--time-zone', 'Europe/Berlin');
      const json = await invoke(...words, ...fixed, '--time-zone', 'Europe/Berlin', '-o', 'json');
      const clean = (answer: string): string => answer.replaceAll(`${folder}/`, '');
      compare(join(folder, 'expected.txt'), clean(`${text.stdout}${text.stderr}`));
      compare(join(folder, 'expected.json'), clean(json.stdout));
      assert.deepEqual([text.code, json.code], [code, code]);
    });
});
