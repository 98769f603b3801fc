import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { invoke } from './invoke.ts';

const alerts = fileURLToPath(new URL('../../docs/alerts/', import.meta.url));
const teams = join(alerts, 'teams.yaml');
const folder = mkdtempSync(join(tmpdir(), 'stoker-test-cli-'));
after(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('stoker test', () => {
  it('runs assertions about routes and names the line of one that fails; without promtool the rules are skipped', async () => {
    const { code, stdout, stderr } = await invoke('test', alerts, '--time-zone', 'UTC');
    assert.deepEqual([code, stderr], [1, '']);
    assert.deepEqual(stdout.replaceAll(alerts, '').split('\n'), [
      'skip  teams.test.yaml: rules: promtool is not on the PATH: tests of rules were not run',
      'ok    teams.test.yaml:12:5: route alertname=CartDown namespace=shop severity=critical',
      'ok    teams.test.yaml:14:5: route alertname=CartSlow namespace=shop severity=warning',
      'ok    teams.test.yaml:17:5: route alertname=CartSlow namespace=shop service=cart severity=warning',
      'FAIL  teams.test.yaml:20:5: route severity=info team=platform: Other receivers were expected: not reached: platform-mail; reached as well: nobody [STK3001]',
      '3 passed, 1 failed, 1 skipped',
      '',
    ]);
  });

  it('ends with 0 when all pass', async () => {
    const file = write('good.test.yaml', 'routes: [{ labels: { a: b }, receivers: [nobody], alertmanager: main }]\n');
    const { code, stdout } = await invoke('test', teams, file);
    assert.deepEqual([code, stdout.split('\n').at(-2)], [0, '1 passed, 0 failed, 0 skipped']);
  });

  it('counts silences', async () => {
    const routes = `routes:
  - { labels: { a: b }, receivers: [], silences: [{ matchers: ['a=~"b|c"'] }] }
  - { labels: { a: b }, receivers: [nobody], silences: [{ matchers: ['a="c"'] }] }
  - { labels: { a: b }, receivers: [nobody], silences: [{ matchers: ['a="b"'] }] }
`;
    const { stdout } = await invoke('test', teams, write('silenced.test.yaml', routes));
    assert.match(
      stdout,
      /:4:5: .*: not reached: nobody \(the alert is silenced\) \[STK3001\]\n2 passed, 1 failed, 0 skipped\n$/,
    );
    const odd = write('odd-silence.test.yaml', `routes: [{ labels: { a: b }, receivers: [], silences: [{}] }]\n`);
    const { code, stderr } = await invoke('test', teams, odd);
    assert.equal(code, 2);
    assert.match(stderr, /odd-silence\.test\.yaml:1:\d+: Cannot use routes\[0\]\.silences\[0\]\.matchers: want a list/);
  });

  it('gives JSON, and JUnit with what is special escaped', async () => {
    const file = write('odd.test.yaml', `routes: [{ labels: { a: '<&"' }, receivers: [] }]\n`);
    const json = JSON.parse((await invoke('test', teams, file, '-o', 'json')).stdout) as { failed: number };
    assert.equal(json.failed, 1);
    const { stdout } = await invoke('test', teams, file, '-o', 'junit');
    assert.match(stdout, /<testsuite name="[^"]*odd\.test\.yaml" tests="1" failures="1" skipped="0">/);
    assert.match(stdout, /name="route a=&quot;&lt;&amp;\\&quot;&quot;">/);
    assert.match(stdout, /<failure message="Other receivers were expected: reached as well: nobody \[STK3001\]">/);
  });

  it('a receiver or Alertmanager that is not there fails the test, nothing else', async () => {
    const routes = `routes:
  - { labels: { a: b }, receivers: [pagre] }
  - { labels: { a: b }, receivers: [], alertmanager: x/y }
  - { labels: { a: b }, receivers: [nobody] }
`;
    const { code, stdout } = await invoke('test', teams, write('missing.test.yaml', routes));
    assert.equal(code, 1);
    assert.match(stdout, /:2:5: route a=b: Cannot find receiver "pagre": did you mean "/);
    assert.match(stdout, /:3:5: route a=b: Cannot find Alertmanager "x\/y": there is none; there are monitoring\/main/);
    assert.match(stdout, /1 passed, 2 failed, 0 skipped/);
  });

  it('refuses what is no test, with its place', async () => {
    const refusals: readonly (readonly [text: string, message: string])[] = [
      ['[]', ':1:1: Cannot use a file of tests that is no mapping'],
      ['routes: {}', ':1:1: Cannot use "routes": want a list'],
      [
        'routes: [{ label: {} }]',
        ':1:12: Cannot use "label": known are alertmanager, labels, at, with, silences, receivers',
      ],
      ['routes: [{ labels: { a: 1 }, receivers: [] }]', ':1:22: Cannot use label "a": want a text in quotes'],
      ['routes: [{ labels: {} }]', ':1:10: Cannot use "routes[0].receivers": want a list of receivers; [] for nobody'],
    ];
    for (const [text, message] of refusals) {
      const file = write('bad.test.yaml', text);
      assert.deepEqual(await invoke('test', teams, file), {
        code: 2,
        stdout: '',
        stderr: `stoker: ${file}${message}\n`,
      });
    }
    assert.equal(
      (await invoke('test', teams)).stderr,
      `stoker: Cannot find tests in "${teams}": no *.test.yaml or *_test.yaml\n`,
    );
  });

  it('other commands leave files of tests in folders alone', async () => {
    assert.equal((await invoke('render', alerts, '-o', 'name')).code, 0);
    assert.equal((await invoke('check', alerts)).code, 0);
    assert.equal((await invoke('route', 'a=b', '--offline', alerts)).code, 0);
  });
});
