import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import type { ShardMoves } from '../../src/core/plan/shard-moves.ts';
import { invoke } from './invoke.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const page = join(docs, 'shards.md');
const example = join(docs, 'shards', 'shop.yaml');

/** URLs that a shard of the example scrapes, by the word of `stoker targets`. */
async function listTargets(shards: number, shard: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-shards-'));
  try {
    const file = join(folder, 'all.yaml');
    writeFileSync(file, readFileSync(example, 'utf8').replace('shards: 2', `shards: ${shards}`));
    const { stdout, stderr } = await invoke('targets', '--shard', String(shard), '-o', 'json', '--offline', file);
    // Of its own Pods there are none among the files: they are supposed.
    assert.match(stderr, /^(?:stoker: supposed: [^\n]*prometheus-[^\n]*\n)*$/);
    const { activeTargets } = JSON.parse(stdout) as { activeTargets: { scrapeUrl: string }[] };
    return activeTargets.map(({ scrapeUrl }) => scrapeUrl);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function plan(shards: number): Promise<ShardMoves> {
  const { code, stdout, stderr } = await invoke('shards', '--plan', String(shards), '--offline', example, '-o', 'json');
  assert.deepEqual([code, stderr], [0, '']);
  return JSON.parse(stdout) as ShardMoves;
}

describe('stoker shards', () => {
  for (const wanted of [1, 3, 4])
    it(`says of ${wanted} shards what "stoker targets" says of each of them`, async () => {
      const owners = async (shards: number): Promise<Map<string, number>> => {
        const lists = await Promise.all([...Array(shards).keys()].map((shard) => listTargets(shards, shard)));
        return new Map(lists.flatMap((urls, shard) => urls.map((url) => [url, shard] as const)));
      };
      const [before, after] = [await owners(2), await owners(wanted)];
      assert.equal(before.size, 12);
      const moved = [...before].filter(([url, shard]) => after.get(url) !== shard);
      const { list, shards, ...totals } = await plan(wanted);
      assert.deepEqual(
        list.map(({ url, from, to }) => [url, from, to]),
        moved.map(([url, shard]) => [url, [shard], [after.get(url)]] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
      );
      const share = Math.round((100 * moved.length) / 12);
      assert.deepEqual(
        { ...totals },
        { workload: 'Prometheus shop/main', from: 2, to: wanted, targets: 12, moved: moved.length, share, notes: [] },
      );
      for (const { shard, before: was, after: is } of shards) {
        assert.equal(was, shard < 2 ? [...before.values()].filter((one) => one === shard).length : undefined);
        assert.equal(is, shard < wanted ? [...after.values()].filter((one) => one === shard).length : undefined);
      }
    });

  it('moves nothing when the number stays', async () => {
    const { moved, share, list } = await plan(2);
    assert.deepEqual([moved, share, list], [0, 0, []]);
  });

  it('says the same in stoker plan', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-shards-'));
    try {
      const file = join(folder, 'all.yaml');
      writeFileSync(file, readFileSync(example, 'utf8').replace('shards: 2', 'shards: 3'));
      const { stdout } = await invoke('plan', '--from', example, '--to', file, '-o', 'json');
      const [workload] = (JSON.parse(stdout) as { workloads: { targets: { shards: ShardMoves } }[] }).workloads;
      const { workload: _workload, notes: _notes, ...moves } = (await plan(3)) as ShardMoves & Record<string, unknown>;
      assert.deepEqual(workload?.targets.shards, moves);
      const text = await invoke('plan', '--from', example, '--to', file);
      assert.match(text.stdout, new RegExp(`shards {4}2 -> 3: ${moves.moved} of 12 targets move to another shard`));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses what is no number of shards, and what it does not know', async () => {
    for (const number of ['0', '-1', '1.5', 'many', '1001']) {
      const { code, stderr } = await invoke('shards', `--plan=${number}`, '--offline', example);
      assert.equal(code, 2);
      assert.match(stderr, /Cannot plan ".*" shards: want a number from 1 to 1000/);
    }
    const format = await invoke('shards', '--plan', '3', '--offline', example, '-o', 'xml');
    assert.deepEqual([format.code, format.stdout], [2, '']);
    const name = await invoke('shards', '--plan', '3', 'other', '--offline', example);
    assert.equal(name.code, 2);
    assert.match(name.stderr, /Cannot find Prometheus "other": there is none; there are prometheus\/shop\/main/);
  });

  it('refuses an agent in mode DaemonSet: each node has its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoker-shards-'));
    const agent = {
      ...{ apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'PrometheusAgent' },
      ...{ metadata: { name: 'edge', namespace: 'shop' }, spec: { mode: 'DaemonSet', podMonitorSelector: {} } },
    };
    const others = (parseYamlDocuments(readFileSync(example, 'utf8')) as KubernetesObject[]).slice(0, 1);
    try {
      writeFileSync(
        join(folder, 'all.json'),
        JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [...others, agent] }),
      );
      const { code, stderr } = await invoke('shards', '--plan', '3', '--offline', join(folder, 'all.json'));
      assert.equal(code, 2);
      assert.match(stderr, /Cannot plan shards of PrometheusAgent shop\/edge: in mode DaemonSet/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('docs/shards.md', () => {
  it('shows what the command prints', async () => {
    const text = readFileSync(page, 'utf8');
    let wanted = text;
    const blocks = [...text.matchAll(/```\n(\$ stoker [^\n]*)\n([\s\S]*?)```\n/g)];
    assert.equal(blocks.length, 2);
    for (const [whole, line = ''] of blocks) {
      const args = line.replace('$ stoker ', '').replace('shop.yaml', example).split(' ');
      const { stdout, stderr } = await invoke(...args);
      wanted = wanted.replace(whole, () => `\`\`\`\n${line}\n${stdout}${stderr}\`\`\`\n`);
    }
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(page, wanted);
    assert.equal(readFileSync(page, 'utf8'), wanted);
  });
});
