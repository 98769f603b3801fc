import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../src/cli/program.ts';
import { findBinary, skipWithout } from '../control-plane/locate.ts';

const alerts = fileURLToPath(new URL('../../docs/alerts/', import.meta.url));

describe('stoker test with promtool', { skip: skipWithout('promtool') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-rule-tests-'));
  after(() => rmSync(folder, { recursive: true }));

  async function run(tests: string, rules: string): Promise<string> {
    writeFileSync(join(folder, 'teams.yaml'), rules);
    writeFileSync(join(folder, 'teams.test.yaml'), tests);
    let text = '';
    await runCli(['test', folder, '--time-zone', 'UTC'], {
      stdout: (part) => (text += part),
      stderr: (part) => (text += part),
      isTerminal: false,
      signal: new AbortController().signal,
      env: { PATH: dirname(findBinary('promtool') ?? '') },
    });
    return text.replaceAll(`${folder}/`, '');
  }

  const tests = readFileSync(join(alerts, 'teams.test.yaml'), 'utf8');
  const rules = readFileSync(join(alerts, 'teams.yaml'), 'utf8');

  it('runs the rules of PrometheusRules', async () => {
    assert.match(await run(tests, rules), /^ok {4}teams\.test\.yaml: rules\n/);
    assert.match(
      await run(tests.replace('rule_files: [teams.yaml]\n', ''), rules),
      /^ok {4}teams\.test\.yaml: rules\n/,
    );
  });

  it('shows what promtool says of a test that fails', async () => {
    const answer = await run(tests.replace('team: cart, job', 'team: card, job'), rules);
    assert.match(answer, /^FAIL {2}teams\.test\.yaml: rules: /);
    assert.match(answer, /name: a cart without instances[\s\S]*exp:[\s\S]*team="card"[\s\S]*got:[\s\S]*team="cart"/);
  });

  it('names the PrometheusRule in the place of the file that promtool reads', async () => {
    const answer = await run(tests, rules.replace('up{job="cart"} == 0', 'up{job="cart"'));
    assert.match(answer, /^FAIL[\s\S]*PrometheusRule shop\/cart, teams\.yaml[\s\S]*parse error/);
    assert.doesNotMatch(answer, /stoker-test-/);
  });
});
