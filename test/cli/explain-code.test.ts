import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { parseYaml } from '../../src/base/yaml.ts';
import { invoke } from './invoke.ts';

const lookUp = (...args: string[]): ReturnType<typeof invoke> => invoke('explain', '--code', ...args);

const wanted = `STK5104  KeyNotFound

  Means    The Secret or ConfigMap is there, and has no such key
  Example  Cannot find key "password" in Secret "shop/checkout"
  Mend     Refer to a key that is there, or add the key.
  From     check, the webhook, render, Events, and \`cause\` of explain
  Page     docs/reasons/STK5104.md
`;

describe('stoker explain --code', () => {
  it('prints the entry of a code, and of the name of a reason', async () => {
    for (const word of ['STK5104', 'stk5104', 'KeyNotFound'])
      assert.deepEqual(await lookUp(word), { code: 0, stdout: wanted, stderr: '' });
  });

  it('prints it as JSON and YAML, without example where nothing is wrong', async () => {
    const json = JSON.parse((await lookUp('STK1001', '-o', 'json')).stdout) as object;
    assert.deepEqual(json, {
      reason: 'Watched',
      group: 'The operator',
      where: 'explain, link `operator`',
      code: 'STK1001',
      meaning: 'The operator looks after both the workload and the object',
    });
    assert.deepEqual(parseYaml((await lookUp('STK1001', '-o', 'yaml')).stdout), json);
  });

  it('refuses with code 2 what it does not know, and names the nearest', async () => {
    const refusals: readonly (readonly [args: string[], message: string])[] = [
      [['SeriesImposible'], 'Cannot find code or reason "SeriesImposible": did you mean STK1203 (SeriesImpossible)?'],
      [['?'], 'Cannot find code or reason "?": want one such as STK1203 or SeriesImpossible'],
      [['STK1203', 'smon', 'a'], 'Cannot explain "smon a" together with --code'],
      [['STK1203', '-o', 'table'], 'Cannot print as "table": known are text, json, yaml'],
    ];
    for (const [args, message] of refusals)
      assert.deepEqual(await lookUp(...args), { code: 2, stdout: '', stderr: `stoker: ${message}\n` });
    const none = await invoke('explain');
    assert.deepEqual(
      [none.code, none.stderr],
      [2, 'stoker: Cannot tell what to explain: want KIND NAME, target URL, or --code CODE\n'],
    );
  });

  it('is completed by bash', async () => {
    const { stdout } = await invoke('completion', 'bash');
    const complete = (word: string): string =>
      `COMP_WORDS=(stoker explain --code ${word}); COMP_CWORD=3; _stoker; echo "\${COMPREPLY[@]}"`;
    const shell = spawnSync('bash', ['-c', [stdout, complete('STK12'), complete('SeriesU')].join('\n')], {
      encoding: 'utf8',
    });
    assert.equal(shell.stdout, 'STK1201 STK1202 STK1203 STK1204 STK1205 STK1206 STK1207\nSeriesUnknown\n');
  });
});
