import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { KubernetesObject } from '../../src/api/meta.ts';
import { parseYamlDocuments } from '../../src/base/yaml.ts';
import type { Plan } from '../../src/core/plan/plan-model.ts';
import type { ShardMoves } from '../../src/core/plan/shard-moves.ts';
import { invoke } from './invoke.ts';
import { openLiveSandbox } from './live-sandbox.ts';
import type { LiveSandbox } from './live-sandbox.ts';

const example = fileURLToPath(new URL('../../docs/shards/shop.yaml', import.meta.url));

describe('shards of a cluster', () => {
  let sandbox: LiveSandbox;
  before(async () => {
    sandbox = await openLiveSandbox(parseYamlDocuments(readFileSync(example, 'utf8')) as KubernetesObject[]);
  });
  after(() => sandbox.close());

  const shards = async (...args: readonly string[]): Promise<ShardMoves> => {
    const { code, stdout, stderr } = await invoke('shards', '--plan', '3', '-o', 'json', ...args);
    assert.deepEqual([code, stderr], [0, '']);
    return JSON.parse(stdout) as ShardMoves;
  };

  it('move as those of the same manifests do', async () => {
    const live = await shards('--kubeconfig', sandbox.kubeconfig);
    assert.equal(live.moved, 7);
    assert.deepEqual(live, await shards('--offline', example));
  });

  it('are told by stoker plan, with the targets of jobs', async () => {
    const file = join(sandbox.folder, 'to.yaml');
    const text = readFileSync(example, 'utf8').replace('shards: 2', 'shards: 3');
    const slice = text.split('---\n').at(-1)?.replace('cart-abc', 'cart-def').replaceAll('[10.0.', '[10.9.') ?? '';
    writeFileSync(file, `${text}---\n${slice}`);
    const { code, stdout, stderr } = await invoke('plan', file, '-o', 'json', '--kubeconfig', sandbox.kubeconfig);
    assert.equal(code, 5, stderr);
    const [workload] = (JSON.parse(stdout) as Plan).workloads;
    const { before: was, after: is, jobs, shards: moves } = workload?.targets ?? {};
    assert.deepEqual([was, is, moves?.targets, moves?.moved], [12, 24, 12, 7]);
    assert.deepEqual(jobs, [{ job: 'serviceMonitor/shop/cart/0', before: 12, after: 24 }]);
  });
});
