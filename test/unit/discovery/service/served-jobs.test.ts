import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { loadPrometheusConfig } from '../../../../src/core/prometheus-config/load-config.ts';
import type { ServedWorkload } from '../../../../src/core/served/served-workload.ts';
import { ServedJobs } from '../../../../src/discovery/service/served-jobs.ts';
import type { WorkloadPlan } from '../../../../src/discovery/service/served-jobs.ts';

const shards = ['0', '1', '2'].map((SHARD) => ({ SHARD }));

function plan(rules: string, changes: Partial<ServedWorkload> = {}): WorkloadPlan {
  const workload: ServedWorkload = {
    ...{ kind: 'Prometheus', version: '3.5.0', serviceAccount: 'main' },
    ...{ shards, assignment: 'hash', perNode: false, ...changes },
  };
  const text = `scrape_configs:\n- {job_name: a, params: {q: [x]}, kubernetes_sd_configs: [{role: pod}], relabel_configs: ${rules}}\n`;
  const [loaded] = loadPrometheusConfig(text, Version.parse(workload.version)).jobs;
  assert.ok(loaded);
  return { workload, jobs: new Map([['a', loaded]]) };
}

const kept = '[{source_labels: [x], regex: y, action: keep}]';
const dealt = `[{source_labels: [__address__], modulus: 3, target_label: __tmp_hash, action: hashmod}, {source_labels: [__tmp_hash], regex: '$(SHARD)', action: keep}]`;

const namesOf = (served: ServedJobs, one: WorkloadPlan): string[] => served.list(one).map(([name]) => name);

describe('jobs that are run for plans', () => {
  it('are the same for workloads with equal jobs, whoever they are', () => {
    const served = new ServedJobs();
    const one = namesOf(served, plan(kept));
    assert.equal(one.length, 1);
    assert.deepEqual(namesOf(served, plan(kept, { kind: 'PrometheusAgent', serviceAccount: 'other' })), one);
  });

  it('are others where rules or parameters differ', () => {
    const served = new ServedJobs();
    const [first] = namesOf(served, plan(kept));
    const [other] = namesOf(served, plan('[]'));
    assert.notEqual(first, other);
    const [loaded] = plan(kept).jobs.values();
    assert.ok(loaded);
    const job = { ...loaded.job, params: new Map([['q', ['z']]]) };
    const [changed] = namesOf(served, { ...plan(kept), jobs: new Map([['a', { ...loaded, job }]]) });
    assert.notEqual(changed, first);
  });

  it('are one for each shard where rules deal targets out, and shares find theirs', () => {
    const served = new ServedJobs();
    const one = plan(dealt);
    const names = namesOf(served, one);
    assert.equal(new Set(names).size, 3);
    const [loaded] = one.jobs.values();
    assert.ok(loaded);
    const { workload } = one;
    assert.deepEqual(
      [0, 1, 2].map((shard) => served.findRun({ shard }, { workload, loaded })),
      names,
    );
  });
});
