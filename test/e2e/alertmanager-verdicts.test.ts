import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Version } from '../../src/base/version.ts';
import { loadAlertmanagerConfig } from '../../src/core/alertmanager-config/load.ts';
import { findBinary, skipWithout } from '../control-plane/locate.ts';
import { makeAlertmanagerConfig } from './support/alertmanager-configs.ts';
import { createRandom } from './support/odd-configs.ts';
import { Draw } from './support/random.ts';

const seed = Number(process.env['STOKER_ALERTMANAGER_SEED'] ?? 20_260);
const count = Number(process.env['STOKER_ALERTMANAGER_CONFIGS'] ?? 3000);

/** Of the amtool that is asked. */
function readVersion(): Version {
  const module = join(import.meta.dirname, '..', 'control-plane', 'alertmanager', 'go.mod');
  const [, version = ''] = /prometheus\/alertmanager v(\S+)/.exec(readFileSync(module, 'utf8')) ?? [];
  return Version.parse(version);
}

/** What amtool says against each text, by its index: undefined when it takes it. */
function askAmtool(texts: readonly string[]): (string | undefined)[] {
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

describe('whole Alertmanager configurations', { skip: skipWithout('amtool') }, () => {
  it('are taken and refused as amtool takes and refuses them', { timeout: 600_000 }, (test) => {
    const draw = new Draw(createRandom(seed));
    const version = readVersion();
    const made = Array.from({ length: count }, () => makeAlertmanagerConfig(draw));
    const theirs = askAmtool(made.map(({ text }) => text));
    let accepted = 0;
    const differing = made.flatMap(({ text, breaks }, index) => {
      const ours = loadAlertmanagerConfig(text, { version });
      const they = theirs[index];
      if (they === undefined) accepted++;
      if (ours.ok === (they === undefined)) return [];
      const our = ours.ok ? 'takes it' : `${ours.fault.path.join('.')}: ${ours.fault.message}`;
      return [`${index}: ${breaks.join('; ')}\n    ours: ${our}\n    amtool: ${they ?? 'takes it'}`];
    });
    test.diagnostic(
      `seed ${seed}: ${count} configs, ${accepted} accepted, ${count - accepted} refused; ${differing.length} differ`,
    );
    assert.deepEqual(differing, []);
  });
});
