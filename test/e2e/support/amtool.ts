import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Version } from '../../../src/base/version.ts';
import { findBinary } from '../../control-plane/locate.ts';

/** Of the amtool that is asked. */
export function readAmtoolVersion(): Version {
  const module = join(import.meta.dirname, '..', '..', 'control-plane', 'alertmanager', 'go.mod');
  const [, version = ''] = /prometheus\/alertmanager v(\S+)/.exec(readFileSync(module, 'utf8')) ?? [];
  return Version.parse(version);
}

/** What amtool says against each text, by its index: undefined when it takes it. */
export function askAmtool(texts: readonly string[]): (string | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-amtool-'));
  try {
    const files = texts.map((text, index) => {
      const file = join(folder, `${index}.yml`);
      writeFileSync(file, text);
      return file;
    });
    const answers: (string | undefined)[] = [];
    while (answers.length < files.length) answers.push(...checkFiles(files.slice(answers.length)));
    return answers;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The answers up to a file that makes amtool crash, which is a refusal: Alertmanager crashes as well. */
function checkFiles(files: readonly string[]): (string | undefined)[] {
  const args = ['check-config', ...files];
  const { stdout, stderr } = spawnSync(findBinary('amtool') ?? '', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const crash = /^panic: .*/m.exec(stderr)?.[0];
  const answers = stdout.split(/^Checking '/m).slice(1);
  assert.ok(answers.length === files.length || crash !== undefined, `amtool did not answer for each file: ${stderr}`);
  // Warnings about matchers may stand before the verdict, and one about templates behind it.
  return answers.map((answer) => {
    const [, why] = / {2}FAILED: ([^]*)$/.exec(answer) ?? [];
    return why?.trim() ?? (/ {2}SUCCESS$/m.test(answer) ? undefined : (crash ?? 'no answer'));
  });
}
