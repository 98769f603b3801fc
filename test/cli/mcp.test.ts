import { Client } from '@modelcontextprotocol/client';
import type { CallToolResult } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { invoke } from './invoke.ts';
import { openLiveSandbox } from './live-sandbox.ts';
import type { LiveSandbox } from './live-sandbox.ts';
import { resources, secretValues, secrets } from './mcp-secrets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const teams = join(root, 'docs/alerts/teams.yaml');
const shop = join(root, 'docs/explain/shop.yaml');
type Args = Readonly<Record<string, unknown>>;

/** Every tool, and every argument that leads to other Secrets. */
const calls: readonly (readonly [tool: string, args: Args])[] = [
  ['explain', { kind: 'servicemonitor', name: 'shop', namespace: 'monitoring' }],
  ['explain', { kind: 'servicemonitor', name: 'tls', namespace: 'monitoring' }],
  ['explain', { kind: 'alertmanagerconfig', name: 'team', namespace: 'monitoring' }],
  ['explain', { kind: 'alert', name: 'Down', labels: { namespace: 'monitoring' } }],
  ['explain', { kind: 'alertmanager', name: 'am', namespace: 'monitoring' }],
  ['explain', { kind: 'target', name: 'http://extra.example.com:80/metrics' }],
  ['reason', { code: 'STK1203' }],
  ['targets', { prometheus: 'monitoring/main' }],
  ['targets', { prometheus: 'monitoring/broken' }],
  ['route', { labels: { alertname: 'Down', namespace: 'monitoring' }, alertmanager: 'monitoring/am' }],
  ['route', { unreachable: true }],
  ['check', {}],
  ['check', { manifests: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...secrets, ...resources] }) }],
  ['render', {}],
  ['render', { show: 'manifests' }],
  ['render', { show: 'configuration', workload: 'prometheus/monitoring/main' }],
  ['render', { show: 'configuration', workload: 'alertmanager/monitoring/am' }],
];

const formsOf = (value: string): string[] => [
  value,
  Buffer.from(value).toString('base64'),
  encodeURIComponent(value),
  JSON.stringify(value).slice(1, -1),
  JSON.stringify(JSON.stringify(value)).slice(3, -3),
];

/** Names of the secrets that a text holds, in any form. */
const findLeaks = (text: string): string[] =>
  Object.entries(secretValues).flatMap(([name, value]) =>
    formsOf(value).some((form) => text.includes(form)) ? [name] : [],
  );

describe('stoker mcp', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-mcp-'));
  const bundle = join(folder, 'stoker.mjs');
  const manifests = join(folder, 'manifests');
  let sandbox: LiveSandbox;
  const clients: Client[] = [];

  before(async () => {
    const built = spawnSync(process.execPath, ['scripts/build.mjs', bundle], { cwd: root, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    const all = [...resources, ...secrets];
    writeFileSync(`${manifests}.yaml`, all.map((one) => `---\n${JSON.stringify(one)}\n`).join(''));
    sandbox = await openLiveSandbox(all as never);
  });
  after(async () => {
    for (const client of clients) await client.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A client of the SDK with the server as its child. */
  async function connect(...flags: readonly string[]): Promise<Client> {
    const client = new Client({ name: 'test', version: '1' });
    const transport = new StdioClientTransport({ command: process.execPath, args: [bundle, 'mcp', ...flags] });
    await client.connect(transport);
    clients.push(client);
    return client;
  }

  const textOf = ({ content }: CallToolResult): string =>
    content.map((one) => (one.type === 'text' ? one.text : '')).join('');

  it('lists tools that only read, each argument described', async () => {
    const client = await connect('--offline', shop);
    assert.match(client.getInstructions() ?? '', /the manifests in .*shop\.yaml; no cluster is asked/);
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      ['explain', 'reason', 'targets', 'route', 'check', 'render'],
    );
    for (const { name, annotations, inputSchema } of tools) {
      assert.equal(annotations?.readOnlyHint, true, name);
      for (const [field, schema] of Object.entries(inputSchema.properties ?? {}))
        assert.ok('description' in (schema as object), `${name} ${field}`);
    }
    assert.deepEqual(new Set(calls.map(([tool]) => tool)), new Set(tools.map(({ name }) => name)));
  });

  it('answers as the commands do, as text and as data', async () => {
    const client = await connect('--offline', teams);
    const answer = await client.callTool({
      name: 'route',
      arguments: { labels: { severity: 'critical', namespace: 'shop' }, at: '2026-12-24T18:00Z' },
    });
    const words = ['route', 'severity=critical', 'namespace=shop', '--at', '2026-12-24T18:00Z', '--offline', teams];
    assert.equal(textOf(answer), (await invoke(...words)).stdout);
    assert.deepEqual(answer.structuredContent, JSON.parse((await invoke(...words, '-o', 'json')).stdout));
    assert.notEqual(answer.isError, true);
  });

  it('an argument that looks like a flag is none', async () => {
    const client = await connect('--offline', shop);
    const answer = await client.callTool({ name: 'explain', arguments: { kind: 'pod', name: '--fix' } });
    assert.deepEqual(
      [answer.isError, textOf(answer)],
      [true, 'Cannot find Pod default/--fix: there are 2 of this kind'],
    );
  });

  it('errors name what was wrong and the way out', async () => {
    const client = await connect('--offline', shop);
    const ask = async (name: string, args: Args): Promise<string> => {
      const answer = await client.callTool({ name, arguments: args });
      assert.equal(answer.isError, true);
      return textOf(answer);
    };
    assert.match(await ask('explain', { kind: 'servicemonitr', name: 'x' }), /kind: .*did you mean "servicemonitor"/);
    assert.match(await ask('explain', { kind: 'pod', name: 'x', namespce: 'y' }), /namespce: .*"namespace"\?/);
    assert.match(
      await ask('targets', { prometheus: 'a/b' }),
      /Cannot find Prometheus "a\/b": there is none; there are /,
    );
    assert.match(await ask('render', { show: 'configuration' }), /"configuration" needs a "workload"/);
  });

  it('cuts what is too long, says what is missing and how to ask for less', async () => {
    const many = Array.from({ length: 400 }, (_, at) => ({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: `m${at}`, namespace: 'x' },
      spec: { selector: {}, endpoints: [{ port: 'a', interval: 'often' }] },
    }));
    const file = join(folder, 'many.yaml');
    writeFileSync(file, many.map((one) => `---\n${JSON.stringify(one)}\n`).join(''));
    const client = await connect('--offline', file);
    const answer = await client.callTool({ name: 'check', arguments: {} });
    assert.ok(textOf(answer).length < 61_000 && JSON.stringify(answer.structuredContent).length < 61_000);
    assert.match(textOf(answer), /\d+ of \d+ lines are not shown: give the "manifests" that are of interest/);
    const { findings, errors, cut } = answer.structuredContent as Record<string, unknown>;
    const shown = (findings as unknown[]).length;
    assert.deepEqual([errors, cut], [400, [{ field: 'findings', shown, of: 400 }]]);
    assert.ok(shown > 50 && shown < 400);
  });

  it('without masking the same questions tell the secrets', async () => {
    const rendered = await invoke('render', `${manifests}.yaml`, '-o', 'json');
    const { items } = JSON.parse(rendered.stdout) as { items: { kind: string; data?: Record<string, string> }[] };
    const texts = items.flatMap(({ kind, data = {} }) =>
      kind === 'Secret' ? Object.values(data).map((value) => unpack(Buffer.from(value, 'base64'))) : [],
    );
    const told = new Set(findLeaks(texts.join('\n')));
    const elsewhere = ['tlsKey', 'broken', 'rulerPassword', 'objectStore', 'unrelated'];
    assert.deepEqual(
      Object.keys(secretValues).filter((name) => !told.has(name)),
      elsewhere,
    );
  });

  for (const where of ['folder', 'cluster'] as const)
    it(`never tells what a Secret holds: ${where}`, async () => {
      const ground = where === 'folder' ? ['--offline', `${manifests}.yaml`] : ['--kubeconfig', sandbox.kubeconfig];
      const client = await connect(...ground);
      const failed: string[] = [];
      for (const [name, args] of calls) {
        const answer = await client.callTool({ name, arguments: args });
        assert.deepEqual(findLeaks(JSON.stringify(answer)), [], `${name} ${JSON.stringify(args)}`);
        if (answer.isError === true) failed.push(`${name} ${JSON.stringify(args)}`);
      }
      assert.deepEqual(
        failed.filter((one) => !/broken|"target"/.test(one)),
        [],
      );
    });
});

const unpack = (bytes: Buffer): string =>
  (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
