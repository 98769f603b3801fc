import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import type { StatusChange } from '../../src/cli/status/status-changes.ts';
import { eventually } from '../e2e/support/eventually.ts';
import { begin } from './begin.ts';
import type { Begun } from './begin.ts';
import { invoke } from './invoke.ts';
import { openLiveSandbox } from './live-sandbox.ts';
import type { LiveSandbox } from './live-sandbox.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const shards = fileURLToPath(new URL('../../docs/shards/shop.yaml', import.meta.url));

const readChanges = ({ stdout }: Begun): StatusChange[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as StatusChange);

const nameChange = ({ type, list, row }: StatusChange): string => `${type} ${list} ${row.object.name} ${row.state}`;

describe('stoker status --watch of manifests', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'stoker-watch-'));
    cpSync(examples, folder, { recursive: true });
  });
  after(() => rmSync(folder, { recursive: true }));

  const canary = `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: late, namespace: shop, labels: {release: none}}
spec: {selector: {}, endpoints: [{port: web}]}
`;
  /** As editors do: what stands there is whole. */
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, `${name}.new`), text);
    renameSync(join(folder, `${name}.new`), join(folder, name));
  };

  it('prints what stoker status prints, then lines of rows that came, changed and went', async (test) => {
    const { stdout: first } = await invoke('status', '--offline', folder);
    const watching = begin('status', '--watch', '--offline', folder);
    test.after(() => watching.interrupt());
    await eventually('the table', () => watching.stdout === first);
    const more = (): string[] => watching.stdout.slice(first.length).split('\n').slice(0, -1);
    write('late.yaml', canary);
    const [came = ''] = await eventually('the new row', () => more().length >= 1 && more());
    assert.match(
      came,
      /^failed {3}servicemonitor\/shop\/late +monitoring\/main +0 +STK1114 LabelsDiffer +stoker explain/,
    );
    const [header = ''] = first.split('\n');
    assert.equal(came.indexOf('monitoring/main'), header.indexOf('WORKLOAD'));
    write('late.yaml', 'a: [');
    await eventually('what is wrong', () => /late\.yaml.*; what was read last stays/.test(watching.stderr));
    rmSync(join(folder, 'late.yaml'));
    const gone = await eventually('it went', () => more().length >= 2 && more().slice(1));
    assert.deepEqual(
      gone.map((line) => line.trimEnd().split(/ {3,}/)),
      [['gone', 'servicemonitor/shop/late', 'monitoring/main']],
    );
    assert.equal(await watching.interrupt(), 0);
  });

  it('refuses what it cannot go on with', async () => {
    for (const [args, message] of [
      [['-o', 'yaml', '--offline', folder], 'Cannot print as "yaml" with --watch: known are table, wide, json'],
      [['--offline', '-'], 'Cannot use --watch with "-": stdin is read once'],
      [['cart', '--offline', folder], 'Cannot use --watch with a query: leave "cart" or --watch away'],
      [['--offline', join(folder, 'none')], 'there is no such file or folder'],
    ] as const) {
      const { code, stderr } = await invoke('status', '--watch', ...args);
      assert.equal(code, 2, stderr);
      assert.ok(stderr.includes(message), stderr);
    }
  });
});

describe('stoker status --watch of a cluster', () => {
  let sandbox: LiveSandbox;
  before(async () => {
    sandbox = await openLiveSandbox(parseYamlDocuments(readFileSync(shards, 'utf8')) as KubernetesObject[]);
  });
  after(() => sandbox.close());

  it('prints a document for each row, then for each change', async (test) => {
    const watching = begin('status', '-w', '-o', 'json', '--kubeconfig', sandbox.kubeconfig);
    test.after(() => watching.interrupt());
    const [first] = await eventually('the rows', () => watching.stdout !== '' && readChanges(watching));
    assert.equal(first?.type, 'ADDED');
    const told = readChanges(watching).map(nameChange);
    assert.deepEqual(told, ['ADDED monitors cart ok', 'ADDED workloads main unknown']);
    const name = { namespace: 'shop', name: 'late' };
    const spec = { selector: { matchLabels: { app: 'nobody' } }, endpoints: [{ port: 'web' }] };
    await sandbox.client.create(serviceMonitorType, { metadata: name, spec } as KubernetesObject);
    await eventually('it came', () => readChanges(watching).map(nameChange).includes('ADDED monitors late failed'));
    await sandbox.client.delete(serviceMonitorType, name);
    await eventually('it went', () => readChanges(watching).map(nameChange).includes('DELETED monitors late failed'));
    assert.equal(await watching.interrupt(), 0);
    assert.equal(watching.stderr, '');
  });

  it('shows what is asked for, and ends with 0 whatever is wrong', async (test) => {
    const watching = begin('status', '-w', '--state', 'unknown', '--kubeconfig', sandbox.kubeconfig);
    test.after(() => watching.interrupt());
    await eventually('the table', () => watching.stdout.includes('prometheus/shop/main'));
    assert.doesNotMatch(watching.stdout, /servicemonitor/);
    assert.equal(await watching.interrupt(), 0);
  });
});
