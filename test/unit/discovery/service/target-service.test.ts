import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import { Version } from '../../../../src/base/version.ts';
import { loadPrometheusConfig } from '../../../../src/core/prometheus-config/load-config.ts';
import type { ServedWorkload } from '../../../../src/core/served/served-workload.ts';
import { InformerPool } from '../../../../src/discovery/kubernetes/informer-pool.ts';
import { WideInformerPool } from '../../../../src/discovery/kubernetes/wide-pool.ts';
import { parseQuestion } from '../../../../src/discovery/service/question.ts';
import type { WorkloadPlan } from '../../../../src/discovery/service/served-jobs.ts';
import { TargetService } from '../../../../src/discovery/service/target-service.ts';
import { createInformer } from '../../../../src/kubernetes/cache/informer.ts';
import { MemoryApi } from '../memory-api.ts';

const key = 'prometheuses/monitoring/main';

function startBench() {
  const api = new MemoryApi();
  const clock = new FakeClock();
  const common = { clock, random: () => 0.5, logger: silentLogger };
  const pool = new InformerPool(
    (options) => createInformer({ ...options, ...common, client: api.client }),
    (error) => assert.ifError(error),
  );
  const service = new TargetService({ ...common, source: new WideInformerPool(pool) });
  const ask = (path: string): string => {
    const question = parseQuestion(path);
    assert.ok(question, path);
    const said = service.answer(question);
    if (said.state !== 'known') return said.state;
    const groups = JSON.parse(said.answer.body.toString('utf8')) as { targets: string[] }[];
    return groups
      .flatMap(({ targets }) => targets)
      .sort()
      .join(' ');
  };
  const askShard = (shard: number, job = 'a'): string => ask(`/v1/final/${key}/shards/${shard}/jobs/${job}`);
  return { api, clock, pool, service, ask, askShard };
}

const plain: ServedWorkload = {
  ...{ kind: 'Prometheus', version: '3.5.0', serviceAccount: 'main' },
  ...{ shards: [{ SHARD: '0' }, { SHARD: '1' }], assignment: 'hash', perNode: false },
};

function plan(jobs: string, changes: Partial<ServedWorkload> = {}): WorkloadPlan {
  const workload = { ...plain, ...changes };
  const loaded = loadPrometheusConfig(`scrape_configs:\n${jobs}`, Version.parse(workload.version)).jobs;
  return { workload, jobs: new Map(loaded.map((one) => [one.job.jobName, one])) };
}

const podJob = (name: string, namespace = 'n', rules = '[]'): string =>
  `- {job_name: ${name}, kubernetes_sd_configs: [{role: pod, namespaces: {names: [${namespace}]}}], relabel_configs: ${rules}}\n`;

/** Deals targets out by hash, as the operator writes it. */
const dealt = `[{source_labels: [__address__, __tmp_hash], regex: '(.+);', target_label: __tmp_hash}, {source_labels: [__tmp_hash], modulus: 2, target_label: __tmp_hash, action: hashmod}, {source_labels: [__tmp_hash, __tmp_disable_sharding], regex: '$(SHARD);|.+;.+', action: keep}]`;

const pod = (name: string, ip: string, namespace = 'n', nodeName = 'node-1') => ({
  metadata: { namespace, name },
  spec: { nodeName, containers: [{ name: 'c', ports: [{ containerPort: 80 }] }] },
  status: { podIP: ip },
});

describe('the service of targets', () => {
  it('says that it does not know yet, never that there is nothing, until targets have been found', async () => {
    const { api, clock, service, askShard } = startBench();
    api.put('pods', pod('p', '1.1.1.1'));
    assert.equal(askShard(0), 'filling');
    service.setPlan(key, plan(podJob('a')));
    assert.equal(askShard(0), 'filling');
    service.setListed();
    assert.equal(askShard(0), 'filling');
    assert.equal(askShard(0, 'b'), 'absent');
    assert.equal(service.isFilled, false);
    await clock.advance(10_000);
    assert.equal(service.isFilled, true);
    assert.equal(askShard(0), '1.1.1.1:80');
    await service.stop();
  });

  it('never answers for what the API server refuses', async () => {
    const { api, clock, service, askShard } = startBench();
    api.forbidden.add('pods');
    service.setPlan(key, plan(podJob('a')));
    service.setListed();
    await clock.advance(60_000);
    assert.equal(askShard(0), 'filling');
    await service.stop();
  });

  it('deals targets out by the rules of the job; a shard beyond the last has none', async () => {
    const { api, clock, service, askShard } = startBench();
    for (let at = 1; at <= 20; at += 1) api.put('pods', pod(`p${at}`, `1.1.1.${at}`));
    service.setPlan(key, plan(podJob('a', 'n', dealt)));
    service.setListed();
    await clock.advance(10_000);
    const [first, second] = [askShard(0).split(' '), askShard(1).split(' ')];
    assert.equal(first.length + second.length, 20);
    assert.equal(new Set([...first, ...second]).size, 20);
    assert.equal(askShard(2), '');
    await service.stop();
  });

  it('balanced: no shard has more than its share and a twentieth', async () => {
    const { api, clock, service, askShard } = startBench();
    for (let at = 1; at <= 100; at += 1) api.put('pods', pod(`p${at}`, `1.1.1.${at}`));
    service.setPlan(key, plan(podJob('a', 'n', dealt), { assignment: 'balanced' }));
    service.setListed();
    await clock.advance(10_000);
    const sizes = [0, 1].map((shard) => askShard(shard).split(' ').length);
    assert.equal((sizes[0] ?? 0) + (sizes[1] ?? 0), 100);
    assert.ok(Math.max(...sizes) <= 53, sizes.join());
    await service.stop();
  });

  it('balanced: a job that keeps its rules is dealt out by them', async () => {
    const { api, clock, service, ask } = startBench();
    for (let at = 1; at <= 20; at += 1) api.put('pods', pod(`p${at}`, `1.1.1.${at}`));
    const rules = `[{source_labels: [x], target_label: job}, ${dealt.slice(1)}`;
    service.setPlan(key, plan(podJob('a', 'n', rules) + podJob('b', 'n', dealt), { assignment: 'balanced' }));
    service.setListed();
    await clock.advance(10_000);
    const askKept = (job: string): string[] =>
      [0, 1].map((shard) => ask(`/v1/kept/${key}/shards/${shard}/jobs/${job}`));
    const sizes = askKept('a').map((one) => one.split(' ').length);
    assert.equal((sizes[0] ?? 0) + (sizes[1] ?? 0), 20);
    // It would be balanced: whoever asks for it with its rules would lose targets.
    assert.deepEqual(askKept('b'), ['filling', 'filling']);
    await service.stop();
  });

  it('gives each node its own targets', async () => {
    const { api, clock, service, ask } = startBench();
    api.put('pods', pod('p', '1.1.1.1'));
    api.put('pods', pod('q', '1.1.1.2', 'n', 'node-2'));
    service.setPlan(key, plan(podJob('a'), { perNode: true }));
    service.setListed();
    await clock.advance(10_000);
    assert.equal(ask(`/v1/final/${key}/nodes/node-2/jobs/a`), '1.1.1.2:80');
    assert.equal(ask(`/v1/final/${key}/nodes/node-3/jobs/a`), '');
    assert.equal(ask(`/v1/final/${key}/shards/0/jobs/a`), 'absent');
    await service.stop();
  });

  it('has one informer a type, however many namespaces jobs look into', async () => {
    const { api, clock, pool, service, askShard } = startBench();
    api.put('pods', pod('p', '1.1.1.1'));
    api.put('pods', pod('p', '1.1.1.2', 'm'));
    service.setPlan(key, plan(podJob('a') + podJob('b', 'm')));
    service.setListed();
    await clock.advance(10_000);
    assert.equal(pool.size, 1);
    assert.deepEqual([askShard(0), askShard(0, 'b')], ['1.1.1.1:80', '1.1.1.2:80']);
    api.put('pods', pod('p', '1.1.1.3', 'm'));
    await clock.advance(10_000);
    assert.deepEqual([askShard(0), askShard(0, 'b')], ['1.1.1.1:80', '1.1.1.3:80']);
    await service.stop();
    assert.equal(pool.size, 0);
  });

  it('goes on with the last answer while a changed job is looked for, and forgets jobs that are gone', async () => {
    const { api, clock, service, askShard } = startBench();
    api.put('pods', pod('p', '1.1.1.1'));
    api.put('pods', pod('p', '1.1.1.2', 'm'));
    service.setPlan(key, plan(podJob('a')));
    service.setListed();
    await clock.advance(10_000);
    assert.equal(askShard(0), '1.1.1.1:80');
    service.setPlan(key, plan(podJob('a', 'm')));
    await clock.advance(150);
    assert.equal(askShard(0), '1.1.1.1:80');
    await clock.advance(10_000);
    assert.equal(askShard(0), '1.1.1.2:80');
    service.setPlan(key, plan(podJob('b')));
    await clock.advance(10_000);
    assert.equal(askShard(0), 'absent');
    assert.deepEqual(
      [...service.listAnswers()].map(([name]) => name),
      [],
    );
    service.setPlan(key, undefined);
    await clock.advance(10_000);
    assert.equal(askShard(0, 'b'), 'absent');
    await service.stop();
  });

  it('gives what it was told that was answered before, as of then, until it knows better', async () => {
    const { api, clock, service, askShard } = startBench();
    const name = `/v1/final/${key}/shards/0/jobs/a`;
    service.recall(name, Buffer.from('[{"targets":["9.9.9.9:80"],"labels":{}}]'), 1000);
    assert.equal(askShard(0), '9.9.9.9:80');
    const question = parseQuestion(name);
    assert.equal(question && (service.answer(question) as { asOf?: number }).asOf, 1000);
    api.put('pods', pod('p', '1.1.1.1'));
    service.setPlan(key, plan(podJob('a')));
    service.setListed();
    assert.equal(askShard(0), '9.9.9.9:80');
    await clock.advance(10_000);
    assert.equal(askShard(0), '1.1.1.1:80');
    await service.stop();
  });

  it('takes over a workload that has another version of Prometheus now', async () => {
    const { api, clock, service, askShard } = startBench();
    api.put('pods', pod('p', '1.1.1.1'));
    service.setPlan(key, plan(podJob('a')));
    service.setListed();
    await clock.advance(10_000);
    assert.equal(askShard(0), '1.1.1.1:80');
    service.setPlan(key, plan(podJob('a'), { version: '2.53.0' }));
    assert.equal(askShard(0), '1.1.1.1:80');
    await clock.advance(10_000);
    assert.equal(askShard(0), '1.1.1.1:80');
    assert.equal(service.isFilled, true);
    await service.stop();
  });
});

describe('questions', () => {
  for (const path of [
    '/v1/final/prometheuses/n/main/shards/0/jobs/serviceMonitor/shop/cart/0',
    '/v1/kept/prometheusagents/n/main/nodes/node-1/jobs/a%20b',
  ])
    it(`are read: ${path}`, () => assert.ok(parseQuestion(path)));
  for (const path of [
    '/v1/raw/prometheuses/n/main/shards/0/jobs/a',
    '/v1/final/alertmanagers/n/main/shards/0/jobs/a',
    '/v1/final/prometheuses/n/main/shards/x/jobs/a',
    '/v1/final/prometheuses/n/main/shards/0/jobs/%',
    '/v1/final/prometheuses/n/main/shards/0/jobs/',
    '/',
  ])
    it(`are none: ${path}`, () => assert.equal(parseQuestion(path), undefined));
});
