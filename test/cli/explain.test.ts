import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseYaml } from '../../src/base/yaml.ts';
import { runCli } from '../../src/cli/program.ts';
import { StackFiles } from '../golden/explain/stacks.ts';
import { invoke } from './invoke.ts';

const stacks = new StackFiles();
const input = (name: string): string => stacks.fileOf(name);
const explain = (...args: string[]): ReturnType<typeof invoke> =>
  invoke('explain', ...args, '--offline', input('port-name'));

describe('stoker explain on the command line', () => {
  it('takes kinds as kubectl does, and the only object of a name without its namespace', async () => {
    const [wanted, ...others] = await Promise.all([
      explain('servicemonitor', 'checkout', '-n', 'shop'),
      explain('servicemonitors', 'checkout', '-n', 'shop'),
      explain('smon/checkout', '-n', 'shop'),
      explain('ServiceMonitor', 'shop/checkout'),
      explain('servicemonitors.monitoring.coreos.com/checkout'),
    ]);
    assert.equal(wanted.code, 4);
    for (const other of others) assert.deepEqual(other, wanted);
  });

  it('refuses with code 2 what cannot be asked, and says what can', async () => {
    const refusals: readonly (readonly [args: string[], message: string])[] = [
      [
        ['ingress', 'x'],
        'Cannot explain "ingress": known are alertmanagerconfig, podmonitor, probe, prometheusrule, scrapeconfig, servicemonitor, alert, alertmanager, pod, service, target',
      ],
      [['smon'], 'Cannot tell what to explain: want KIND NAME or KIND/NAME, such as servicemonitor checkout'],
      [['target'], 'Cannot explain a target without its URL: stoker explain target URL'],
      [['smon', 'checkout', '--shard', 'a'], 'Cannot read --shard "a": want a number, counted from 0'],
      [['smon', 'checkout', '-o', 'table'], 'Cannot print as "table": known are text, json, yaml, html'],
      [['smon', 'checkout', '--kubernetes-version', 'new'], 'Cannot read --kubernetes-version "new": want MAJOR.MINOR'],
    ];
    for (const [args, message] of refusals)
      assert.deepEqual(await explain(...args), { code: 2, stdout: '', stderr: `stoker: ${message}\n` });
  });

  it('ends with 1 for what is not there, and names what may be meant', async () => {
    const { code, stderr } = await explain('smon', 'checkot', '-n', 'shop');
    assert.equal(
      `${code} ${stderr}`,
      '1 stoker: Cannot find ServiceMonitor shop/checkot: did you mean "shop/checkout"?\n',
    );
    const workload = await explain('smon', 'checkout', '--prometheus', 'monitoring/mian');
    assert.equal(
      workload.stderr,
      'stoker: Cannot find workload "monitoring/mian": there are Prometheus monitoring/main\n',
    );
  });

  it('gives the same in JSON and YAML', async () => {
    const json = await explain('smon', 'checkout', '-o', 'json');
    const yaml = await explain('smon', 'checkout', '-o', 'yaml');
    assert.deepEqual(parseYaml(yaml.stdout), JSON.parse(json.stdout));
  });

  it('uses symbols and colours on a terminal alone', async () => {
    let text = '';
    await runCli(['explain', 'smon', 'checkout', '--offline', input('port-name')], {
      stdout: (part) => (text += part),
      stderr: () => undefined,
      isTerminal: true,
      signal: new AbortController().signal,
      env: {},
    });
    assert.match(text, /\u001b\[31m✗\u001b\[0m +port/);
    assert.doesNotMatch((await explain('smon', 'checkout')).stdout, /\u001b|✗/);
  });

  it('cannot say without a cluster that answers', async () => {
    const server = 'http://127.0.0.1:1';
    const { code, stdout, stderr } = await invoke('explain', 'smon', 'checkout', '--server', server);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^stoker: .*127\.0\.0\.1:1/);
  });
});
