import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { loadPrometheusConfig } from '../../../../src/core/prometheus-config/load-config.ts';
import {
  fillShard,
  findHashedLabel,
  isSharded,
  joinShards,
  withoutSharding,
} from '../../../../src/core/served/fill-shard.ts';
import { readServedWorkload } from '../../../../src/core/served/served-workload.ts';
import type { LoadedJob } from '../../../../src/core/targets/scrape-job.ts';

const shardingRules = `
  - {target_label: __tmp_current_shard, replacement: $(SHARD)}
  - {source_labels: [__tmp_current_shard], regex: 0|1, action: keep}
  - {source_labels: [__address__, __tmp_hash], target_label: __tmp_hash, regex: (.+);}
  - {source_labels: [__tmp_hash], target_label: __tmp_hash, modulus: 2, action: hashmod}
  - {source_labels: [__tmp_hash, __tmp_disable_sharding], regex: '$(SHARD);|.+;.+', action: keep}`;

function load(rules: string): LoadedJob {
  const list = rules === '' ? ' []' : rules;
  const written = `scrape_configs:\n- job_name: a\n  kubernetes_sd_configs: [{role: pod}]\n  relabel_configs:${list}`;
  const [job] = loadPrometheusConfig(written, Version.parse('3.5.0')).jobs;
  assert.ok(job);
  return job;
}

const listTexts = ({ job }: LoadedJob): string[] =>
  job.relabelRules.map(({ regex, replacement }) => `${regex} ${replacement}`);

describe('the jobs of a shard', () => {
  it('have the values of its variables; what has no value stays', () => {
    const filled = listTexts(fillShard(load(shardingRules), { SHARD: '1' }));
    assert.deepEqual([filled[0], filled[4]], ['(.*) 1', '1;|.+;.+ $1']);
    const zone = load("\n  - {source_labels: [x], regex: '$(TOPOLOGY_ZONE);', action: keep}");
    assert.deepEqual(listTexts(fillShard(zone, { SHARD: '1' })), ['$(TOPOLOGY_ZONE); $1']);
  });

  it('are the same for all where no rule has a variable', () => {
    assert.equal(isSharded(load(shardingRules)), true);
    assert.equal(isSharded(load('\n  - {source_labels: [x], target_label: y}')), false);
    assert.equal(isSharded(load('')), false);
  });

  it('together drop no target for belonging to another', () => {
    const joined = listTexts(joinShards(load(shardingRules)));
    assert.deepEqual([joined[0], joined[4]], ['(.*) 0', '.*;|.+;.+ $1']);
  });

  it('without dealing out keep what would be hashed', () => {
    assert.equal(findHashedLabel(load(shardingRules)), '__address__');
    assert.deepEqual(
      withoutSharding(load(shardingRules)).job.relabelRules.map(({ targetLabel }) => targetLabel),
      ['__tmp_current_shard', '', '__tmp_hash'],
    );
    const own = load('\n  - {source_labels: [__address__], target_label: __tmp_mine, modulus: 2, action: hashmod}');
    assert.equal(withoutSharding(own), own);
  });
});

describe('the workload of a discovery plan', () => {
  const written = {
    ...{ kind: 'Prometheus', version: '3.5.0', serviceAccount: 'main' },
    ...{ shards: [{ SHARD: '0' }], assignment: 'hash', perNode: false },
  };
  it('is read as it was written', () => assert.deepEqual(readServedWorkload(JSON.stringify(written)), written));
  for (const [field, value] of [
    ['kind', 1],
    ['version', 'new'],
    ['shards', [{ SHARD: 0 }]],
    ['assignment', 'fair'],
    ['perNode', undefined],
  ] as const)
    it(`is refused with ${field}: ${JSON.stringify(value)}`, () =>
      assert.throws(() => readServedWorkload(JSON.stringify({ ...written, [field]: value }))));
  it('is refused as a list', () => assert.throws(() => readServedWorkload('[]'), SyntaxError));
});
