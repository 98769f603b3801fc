import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseYaml } from '../../src/base/yaml.ts';
import { StackFiles, readStack } from '../golden/explain/stacks.ts';
import { invoke } from './invoke.ts';

const stacks = new StackFiles();

/** A stack of its own for each test: edits are written into it. */
let count = 0;
function open(name: string): string {
  count += 1;
  return stacks.write(`fix-${count}`, readStack(name));
}

const explain = (file: string, ...args: string[]): ReturnType<typeof invoke> =>
  invoke('explain', 'smon', 'checkout', '-n', 'shop', '--offline', file, ...args);

const diffOf = (file: string): string =>
  `# in ServiceMonitor shop/checkout set spec.endpoints[0].port to "http-metrics"
--- ${file}
+++ ${file}
@@ -122,5 +122,5 @@
     matchLabels:
       app: checkout
   endpoints:
-    - port: metrics
+    - port: http-metrics
       interval: 30s
`;

describe('stoker explain --fix', () => {
  it('prints the edit as a diff, and writes nothing', async () => {
    const file = open('port-name');
    assert.deepEqual(await explain(file, '--fix'), { code: 0, stdout: diffOf(file), stderr: '' });
    assert.deepEqual(await explain(file, '--fix=1'), await explain(file, '--fix'));
    assert.equal(readFileSync(file, 'utf8'), readStack('port-name'));
  });

  it('writes it with --write, and answers the question again', async () => {
    const file = open('port-name');
    const { code, stdout, stderr } = await explain(file, '--fix', '--write');
    assert.deepEqual(
      [code, stdout, stderr],
      [0, `${diffOf(file)}\nshop/checkout is scraped by monitoring/main: 1 target.\n`, ''],
    );
    assert.equal(readFileSync(file, 'utf8'), readStack('port-name').replace('- port: metrics', '- port: http-metrics'));
  });

  it('prints the patch as JSON and YAML', async () => {
    const file = open('port-name');
    const json = JSON.parse((await explain(file, '--fix', '-o', 'json')).stdout) as Record<string, unknown>;
    assert.deepEqual(json.patch, [
      { op: 'test', path: '/spec/endpoints/0/port', value: 'metrics' },
      { op: 'replace', path: '/spec/endpoints/0/port', value: 'http-metrics' },
    ]);
    assert.deepEqual([json.applicable, json.file, json.command], [true, file, undefined]);
    assert.equal(`# ${String(json.text)}\n${String(json.diff)}`, diffOf(file));
    assert.deepEqual(parseYaml((await explain(file, '--fix', '-o', 'yaml')).stdout), json);
    const { written, answer } = JSON.parse((await explain(file, '--fix', '--write', '-o', 'json')).stdout) as {
      readonly written: boolean;
      readonly answer: object;
    };
    assert.deepEqual(
      [written, answer],
      [
        true,
        {
          verdict: 'Scraped',
          reason: 'Scraped',
          code: 'STK2101',
          summary: 'shop/checkout is scraped by monitoring/main: 1 target.',
        },
      ],
    );
  });

  it('asks for --yes where more than the monitor is concerned', async () => {
    const file = open('paused');
    const held = await explain(file, '--fix', '--write');
    assert.deepEqual(
      [held.code, held.stderr],
      [1, 'stoker: Cannot write this edit unasked, because it concerns all that the workload selects: add --yes\n'],
    );
    assert.match(
      held.stdout,
      /^# in Prometheus .*\n# Look at it first: it concerns all that the workload selects\n---/,
    );
    assert.equal(readFileSync(file, 'utf8'), readStack('paused'));
    assert.equal((await explain(file, '--fix', '--write', '--yes')).code, 0);
    assert.match(readFileSync(file, 'utf8'), /^ {2}paused: false$/m);
  });

  it('takes the number of another edit', async () => {
    const file = open('no-service-matches');
    const { code, stdout } = await explain(file, '--fix', '2');
    assert.equal(code, 0);
    assert.match(stdout, /^# in Service shop\/checkout set metadata\.labels\.app to "checkout-service"\n/);
  });

  it('says what cannot be done, and why', async () => {
    const refusals: readonly (readonly [stack: string, args: string[], code: number, message: string])[] = [
      ['port-name', ['--fix=3'], 2, 'Cannot make edit 3: there is 1'],
      [
        'port-name',
        ['--fix=0'],
        2,
        'Cannot read --fix "0": want the number of an edit, counted from 1; it stands at the end',
      ],
      ['port-name', ['--write'], 2, 'Cannot use --write without --fix'],
      ['port-name', ['--yes'], 2, 'Cannot use --yes without --write'],
      ['port-name', ['--fix', '--yes'], 2, 'Cannot use --yes without --write'],
      ['all-is-well', ['--fix'], 1, 'Cannot make an edit: none is proposed (Scraped)'],
      [
        'bad-regex',
        ['--fix=2'],
        1,
        'Cannot make this edit, people alone can: correct spec.endpoints[0].relabelings[0].regex; --fix 1 can be made',
      ],
    ];
    for (const [stack, args, code, message] of refusals)
      assert.deepEqual(await explain(open(stack), ...args), { code, stdout: '', stderr: `stoker: ${message}\n` });
  });

  it('edits JSON as well, and items of Lists', async () => {
    const [first, ...rest] = readStack('port-name').split('\n---\n');
    const items = [first, ...rest].map((text) => parseYaml(text ?? ''));
    const file = open('port-name').replace('input.yaml', 'input.json');
    const list = { apiVersion: 'v1', kind: 'List', items: items.filter((item) => item !== null) };
    writeFileSync(file, `${JSON.stringify(list, null, 4)}\n`);
    assert.equal((await explain(file, '--fix', '--write')).code, 0);
    assert.equal(
      readFileSync(file, 'utf8'),
      `${JSON.stringify(list, null, 4).replace('"port": "metrics"', '"port": "http-metrics"')}\n`,
    );
  });
});
