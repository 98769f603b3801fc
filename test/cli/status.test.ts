import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Overview } from '../../src/core/overview/overview.ts';
import { runCli } from '../../src/cli/program.ts';
import { invoke } from './invoke.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const examples = join(root, 'examples');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

async function survey(...flags: readonly string[]): Promise<Overview> {
  const { stdout } = await invoke('status', '--offline', examples, '-o', 'json', ...flags);
  return JSON.parse(stdout) as Overview;
}

const nameOf = ({ object }: { readonly object: { readonly name: string } }): string => object.name;

describe('stoker status', () => {
  it('is shown in docs/status.md as it is', async () => {
    const page = join(root, 'docs', 'status.md');
    const text = readFileSync(page, 'utf8');
    const { stdout, code } = await invoke('status', '--offline', examples);
    const line = '$ stoker status --offline examples\n';
    const shown = `${line}${stdout.replaceAll(examples, 'examples')}`;
    const wanted = text.replace(/\$ stoker status --offline examples\n[^`]*/, () => shown);
    if (isUpdate) writeFileSync(page, wanted);
    assert.equal(text, wanted, 'run UPDATE_GOLDEN=1 npm test cli');
    assert.equal(code, 4);
  });

  it('lists the worst first, with what mends it', async () => {
    const { monitors } = await survey();
    assert.deepEqual(monitors.map(nameOf), ['cart-canary', 'worker', 'cart', 'cart-grpc']);
    assert.equal(monitors[0]?.reason, 'LabelsDiffer');
    assert.equal(monitors[0].code, 'STK1114');
    assert.equal(monitors[0].command, 'stoker explain servicemonitor shop/cart-canary');
    assert.match(monitors[0].fix, /cart-canary set metadata\.labels/);
    assert.deepEqual(monitors[1]?.targets, { found: 1 });
  });

  it('chooses lines by namespace, workload, kind, state and reason', async () => {
    const choose = async (...flags: readonly string[]): Promise<string[]> =>
      (await survey(...flags)).monitors.map(nameOf);
    assert.deepEqual(await choose('-n', 'monitoring'), []);
    assert.deepEqual(await choose('-n', 'shop', '--kind', 'pmon'), ['worker']);
    assert.deepEqual(await choose('--state', 'failed,unknown'), ['cart-canary']);
    assert.deepEqual(await choose('--reason', 'stk1114'), ['cart-canary']);
    assert.deepEqual(await choose('--reason', 'LabelsDiffer', '--workload', 'elsewhere'), []);
    assert.equal((await choose('--workload', 'monitoring/main')).length, 4);
  });

  it('ends with the code of the worst line that is shown', async () => {
    assert.equal((await invoke('status', '--offline', examples)).code, 4);
    assert.equal((await invoke('status', '--offline', examples, '--state', 'ok,warning')).code, 0);
  });

  it('says which words it knows', async () => {
    const refuse = async (...flags: readonly string[]): Promise<string> => {
      const { code, stderr } = await invoke('status', '--offline', examples, ...flags);
      assert.equal(code, 2);
      return stderr;
    };
    assert.match(await refuse('--state', 'bad'), /Cannot show state "bad": known are failed, unknown, warning, ok/);
    assert.match(await refuse('--kind', 'pod'), /Cannot show kind "pod": known are .*servicemonitor/);
    assert.match(await refuse('--reason', 'Nothing'), /Cannot show reason "Nothing"/);
    assert.match(await refuse('-o', 'xml'), /Cannot print as "xml": known are table, wide, json, yaml/);
  });

  it('leads from what one has in hand to what can be explained', async () => {
    const find = async (query: string): Promise<string> =>
      (await invoke('status', query, '--offline', examples)).stdout;
    assert.match(
      await find('shop/cart'),
      /servicemonitor +shop\/cart +name +stoker explain servicemonitor shop\/cart --offline/,
    );
    assert.match(
      await find('CartDown'),
      /alert +shop\/CartDown +alert +stoker explain alert CartDown -n shop --offline/,
    );
    assert.match(await find('10.0.0.1:80'), /target +10\.0\.0\.1:80 +address +stoker explain target 10\.0\.0\.1:80/);
    const { code, stderr } = await invoke('status', 'nowhere', '--offline', examples);
    assert.deepEqual([code, stderr], [1, 'stoker: Cannot find "nowhere" in any name, alert, receiver or address\n']);
  });

  it('colours the state on a terminal, and nothing else', async () => {
    let stdout = '';
    const io = { stdout: (text: string) => void (stdout += text), stderr: () => undefined, isTerminal: true };
    await runCli(['status', '--offline', examples], { ...io, signal: new AbortController().signal, env: {} });
    const plain = (await invoke('status', '--offline', examples)).stdout;
    assert.notEqual(stdout, plain);
    assert.equal(stdout.replaceAll(/\u001b\[\d+m/g, ''), plain);
    assert.match(stdout, /^\u001b\[31mfailed\u001b\[0m {3}/m);
  });
});
