import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../src/cli/program.ts';
import { parseYaml } from '../../src/base/yaml.ts';
import { invoke } from './invoke.ts';
import type { Invocation } from './invoke.ts';

const teams = fileURLToPath(new URL('../../docs/alerts/teams.yaml', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stoker-route-'));
after(() => rmSync(folder, { recursive: true }));

const route = (...args: readonly string[]): Promise<Invocation> => invoke('route', ...args, '--offline', teams);
const critical = ['severity=critical', 'namespace=shop'];

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('stoker route', () => {
  it('refuses what it cannot read, names it and says what is wanted', async () => {
    const refusals: readonly (readonly [args: readonly string[], message: string])[] = [
      [['severity'], 'Cannot read label "severity": want LABEL=VALUE, such as severity=critical'],
      [
        ['severity=~crit.*'],
        'Cannot read label "severity=~crit.*": an alert has values, no matchers; want LABEL=VALUE, such as severity=critical',
      ],
      [['a=b', '-o', 'table'], 'Cannot print as "table": known are text, json, yaml'],
      [
        ['a=b', '--at', 'noon'],
        'Cannot read --at "noon": want a time such as "2026-12-24T18:00" or "2026-12-24T18:00:00+01:00"',
      ],
      [
        ['a=b', '--at', '2026-02-30'],
        'Cannot read --at "2026-02-30": want a time such as "2026-12-24T18:00" or "2026-12-24T18:00:00+01:00"',
      ],
      [
        ['a=b', '--time-zone', 'Berlin'],
        'Cannot read --time-zone "Berlin": want a name such as "Europe/Berlin" or "UTC"',
      ],
      [
        ['a=b', '--with', 'a=~b'],
        'Cannot read alert "a=~b": want labels with commas between them, such as alertname=Down,severity=critical',
      ],
      [['a=b', '--with', 'Down'], 'Cannot read alert "Down": bad matcher format: Down'],
      [['a=b', '--expect', 'shop/team/pagr'], 'Cannot find receiver "shop/team/pagr": did you mean "shop/team/pager"?'],
      [['a=b', '--expect', 'caht'], 'Cannot find receiver "caht": did you mean "shop/team/chat"?'],
      [
        ['a=b', '--expect', 'pager'],
        'Cannot find receiver "pager": several end like that: pay/team/pager, shop/team/pager',
      ],
      [
        ['a=b', '--alertmanager', 'monitoring/mian'],
        'Cannot find Alertmanager "monitoring/mian": there is none; there are monitoring/main',
      ],
    ];
    for (const [args, message] of refusals)
      assert.deepEqual(await route(...args), { code: 2, stdout: '', stderr: `stoker: ${message}\n` });
  });

  it('asks which of several Alertmanagers is meant', async () => {
    const one = (name: string): string =>
      `{ apiVersion: monitoring.coreos.com/v1, kind: Alertmanager, metadata: { namespace: a, name: ${name} }, spec: {} }\n---\n`;
    const file = write('two.yaml', one('first') + one('second'));
    const { code, stderr } = await invoke('route', 'a=b', '--offline', file);
    assert.deepEqual(
      [code, stderr],
      [2, 'stoker: Cannot choose an Alertmanager: say which with --alertmanager; there are a/first, a/second\n'],
    );
    assert.equal((await invoke('route', 'a=b', '--alertmanager', 'second', '--offline', file)).code, 0);
  });

  describe('with silences', () => {
    const silence = (matcher: string, more = ''): string => `{ matchers: ['${matcher}']${more} }`;
    const ask = async (silences: string, ...more: readonly string[]): Promise<Invocation> =>
      route(...critical, '--silences', write('silences.yaml', `[${silences}]`), ...more);
    const told = async (silences: string, ...more: readonly string[]): Promise<unknown> => {
      const { told: names, silencedBy } = JSON.parse((await ask(silences, ...more, '-o', 'json')).stdout) as {
        told: string[];
        silencedBy: { id: string; matchers: string[] }[];
      };
      return [names, silencedBy.map(({ id, matchers }) => `${id} ${matchers.join()}`)];
    };

    it('tells nobody while one holds', async () => {
      assert.deepEqual(await told(silence('severity="info"')), [['shop/team/pager'], []]);
      const [hides, another] = [silence('severity!="info"', ', id: a'), silence('team=""', ', id: b')];
      assert.deepEqual(await told(hides), [[], ['a severity!="info"']]);
      assert.deepEqual(await told(`${hides}, ${another}`), [[], ['a severity!="info"', 'b team=""']]);
      const ended = silence('severity!="info"', ", endsAt: '2026-11-27T12:00:00Z'");
      assert.deepEqual(await told(ended, '--at', '2026-11-27T12:01Z'), [['shop/team/pager'], []]);
    });

    it('says which, until when, by whom and why', async () => {
      const more = ", id: a1, createdBy: jo, comment: a new cart, endsAt: '2026-11-27T12:00:00Z'";
      const { stdout } = await ask(
        silence('severity!="info"', more),
        '--at',
        '2026-11-27T12:00+01:00',
        '--time-zone',
        'UTC',
      );
      assert.match(
        stdout,
        /^Alertmanager monitoring\/main tells nobody: a silence hides this alert from shop\/team\/pager/,
      );
      assert.match(stdout, /\n {2}Silenced until 2026-11-27T12:00Z, by jo \(a new cart\): \{severity!="info"\}, a1\n/);
    });

    it('--expect counts them', async () => {
      const { code, stderr } = await ask(silence('namespace="shop"'), '--expect', 'shop/team/pager');
      const message = 'Other receivers were expected: not reached: shop/team/pager (the alert is silenced) [STK3001]';
      assert.deepEqual([code, stderr], [4, `stoker: ${message}\n`]);
      assert.equal((await ask(silence('namespace="shop"'), '--expect', '')).code, 0);
    });

    it('refuses a file that holds something else, a place that is no file, and two places', async () => {
      const { code, stderr } = await ask('{}');
      assert.equal(code, 2);
      assert.match(
        stderr,
        /silences\.yaml: Cannot use silences\[0\]\.matchers: want a list with a matcher at least\n$/,
      );
      assert.equal((await route('a=b', '--silences', join(folder, 'none'))).code, 2);
      const both = await ask('', '--alertmanager-url', 'http://127.0.0.1:1');
      assert.match(both.stderr, /^stoker: Cannot use --silences and --alertmanager-url together/);
      const calendar = await route('--calendar', '--silences', 'x');
      assert.match(calendar.stderr, /^stoker: Cannot use --silences with --calendar: it is about one alert/);
    });

    it('fails where the Alertmanager that is to tell them gives no answer', async () => {
      const { code, stderr } = await route('a=b', '--alertmanager-url', 'http://127.0.0.1:1');
      assert.equal(code, 1);
      assert.match(stderr, /^stoker: Cannot ask http:\/\/127\.0\.0\.1:1 for its silences: /);
    });
  });

  it('--expect is a set: names in any order, divided or repeated, without what Stoker puts in front', async () => {
    const expect = async (labels: readonly string[], ...wanted: readonly string[]): Promise<string> => {
      const { code, stderr } = await route(...labels, ...wanted.flatMap((one) => ['--expect', one]));
      return `${code} ${stderr}`.trimEnd();
    };
    assert.equal(await expect(critical, 'shop/team/pager'), '0');
    assert.equal(
      await expect(critical, 'chat'),
      '4 stoker: Other receivers were expected: not reached: shop/team/chat; reached as well: shop/team/pager [STK3001]',
    );
    assert.equal(
      await expect(critical, 'shop/team/pager,chat'),
      '4 stoker: Other receivers were expected: not reached: shop/team/chat [STK3001]',
    );
    assert.equal(
      await expect(critical, ''),
      '4 stoker: Other receivers were expected: reached as well: shop/team/pager [STK3001]',
    );
    assert.equal(await expect(['a=b'], 'nobody'), '0');
  });

  it('--expect minds intervals with --at, and inhibition with --with, alone', async () => {
    const warning = ['severity=warning', 'namespace=shop', '--expect', 'chat'];
    const other = ['--with', '{severity="critical",namespace="shop"}'];
    const [eve, before] = ['2026-12-24T00:00Z', '2026-12-23T23:59Z'];
    const codes = await Promise.all(
      [[], ['--at', before], ['--at', eve], ['--at', before, ...other]].map(async (more) => route(...warning, ...more)),
    );
    assert.deepEqual(
      codes.map(({ code, stderr }) => [
        code,
        stderr.replace('stoker: Other receivers were expected: ', '').replace(' [STK3001]', ''),
      ]),
      [
        [0, ''],
        [0, ''],
        [4, 'not reached: shop/team/chat (muted at that time)\n'],
        [4, 'not reached: shop/team/chat (the alert is inhibited)\n'],
      ],
    );
  });

  it('asks one question at a time', async () => {
    const refusals: readonly (readonly [args: readonly string[], message: string])[] = [
      [[], 'Cannot route without labels: give LABEL=VALUE, or ask with --to, --unreachable or --calendar'],
      [
        ['--offline', teams, 'a=b'],
        'Cannot route without labels: "a=b" was taken for a path of --offline; put the labels before the flags',
      ],
      [['--to', 'x', '--calendar'], 'Cannot use --to and --calendar together: one question at a time'],
      [['--unreachable', '--expect', 'x'], 'Cannot use --expect with --unreachable: it is about one alert'],
      [['a=b', '--to', 'x'], 'Cannot use labels with --to: it is about the alerts of rules'],
      [['--to', 'chatt'], 'Cannot find receiver "chatt": did you mean "shop/team/chat"?'],
    ];
    for (const [args, message] of refusals)
      assert.deepEqual(await route(...args), { code: 2, stdout: '', stderr: `stoker: ${message}\n` });
  });

  it('--calendar tells the silent times of the routes that an alert reaches, in the zone that is wanted', async () => {
    const ask = async (...args: readonly string[]): Promise<unknown[][]> => {
      const { stdout } = await route(...args, '--calendar', '-o', 'json');
      const { routes } = JSON.parse(stdout) as { routes: { muted: { from: string; to: string }[] }[] };
      return routes.map(({ muted }) => muted.map(({ from, to }) => [from, to]));
    };
    const friday = ['--at', '2026-11-27T10:00Z'];
    const weekend = ['2026-11-27T19:00-05:00', '2026-11-29T19:00-05:00'];
    assert.deepEqual(await ask('namespace=shop', 'severity=info', ...friday, '--time-zone', 'America/New_York'), [
      [weekend],
    ]);
    assert.deepEqual(await ask('namespace=shop', 'severity=critical', ...friday), []);
    assert.deepEqual(await ask('namespace=shop', 'severity=info', '--at', '2026-11-28T10:00Z', '--time-zone', 'UTC'), [
      [
        ['2026-11-28T10:00Z', '2026-11-30T00:00Z'],
        ['2026-12-05T00:00Z', '2026-12-05T10:00Z'],
      ],
    ]);
  });

  it('ends with 1 when the configuration cannot be rendered, and says why', async () => {
    const file = write('broken.yaml', readFileSync(teams, 'utf8').replace('receiver: platform-mail', 'receiver: x'));
    const { code, stdout, stderr } = await invoke('route', 'a=b', '--offline', file);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^stoker: Cannot render Alertmanager monitoring\/main: .*undefined receiver .* used in route/);
  });

  it('leaves out AlertmanagerConfigs of namespaces that the operator does not read', async () => {
    const receivers = async (...flags: readonly string[]): Promise<unknown> =>
      (JSON.parse((await route(...critical, '-o', 'json', ...flags)).stdout) as { receivers: unknown }).receivers;
    assert.deepEqual(await receivers('--alertmanager-config-namespaces', 'pay'), ['nobody']);
    assert.deepEqual(await receivers('--namespaces', 'pay', '--alertmanager-config-namespaces', 'shop'), [
      'shop/team/pager',
    ]);
    assert.deepEqual(await receivers('--deny-namespaces', 'shop'), ['nobody']);
  });

  it('gives the same in JSON and YAML', async () => {
    const at = ['--at', '2026-11-27T10:00Z'];
    const json = await route(...critical, ...at, '-o', 'json');
    const yaml = await route(...critical, ...at, '-o', 'yaml');
    assert.deepEqual(parseYaml(yaml.stdout), JSON.parse(json.stdout));
  });

  it('uses symbols and colours on a terminal alone', async () => {
    let text = '';
    await runCli(['route', 'a=b', '--offline', teams], {
      stdout: (part) => (text += part),
      stderr: () => undefined,
      isTerminal: true,
      signal: new AbortController().signal,
      env: {},
    });
    assert.match(text, /\u001b\[32m✓\u001b\[0m +Secret/);
    assert.doesNotMatch((await route('a=b')).stdout, /\u001b|✓/);
  });

  it('cannot say without a cluster that answers', async () => {
    const { code, stdout, stderr } = await invoke('route', 'a=b', '--server', 'http://127.0.0.1:1');
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^stoker: .*127\.0\.0\.1:1/);
  });

  it('is completed with its flags', async () => {
    assert.match((await invoke('completion', 'bash')).stdout, /route\) words="[^"]*--offline[^"]*--expect/);
  });
});
