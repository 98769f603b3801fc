import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { configMapType, podType } from '../../src/api/builtin-types.ts';
import { podMonitorType } from '../../src/api/pod-monitor.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import type { Assignment } from '../../src/core/served/served-workload.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import { findFreePort } from '../control-plane/readiness.ts';
import { Endpoints } from './discovery/endpoints.ts';
import { FaultProxy } from './discovery/fault-proxy.ts';
import { makeJobs, makePod, makeWorkload, version } from './discovery/planned-pods.ts';
import { createAdminClient, serveJob, writePlan } from './discovery/planned-service.ts';
import { create } from './discovery/random-changes.ts';
import { writeConfig } from './discovery/random-config.ts';
import { ScrapeCounter } from './discovery/scrape-counter.ts';
import { listUrls, sample } from './discovery/shard-sampler.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { createCutOff } from './support/cut-off.ts';
import type { CutOff } from './support/cut-off.ts';
import { eventually } from './support/eventually.ts';
import type { Operator } from './support/operator.ts';
import { startOperator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';

const { it, before, after } = planSuite(['prometheus']);
const pods = 40;
const refreshMs = 1000;
/** A refresh, the second after which pools follow it, and what a busy machine adds. */
const oneRefreshMs = 10_000;
/** Longer than a Prometheus that is told something all the time waits (7.5 s, discovery/manager.go), its pools and some refreshes on top. */
const stillMs = 15_000;
/** How long the operator is away; STOKER_AWAY_SECONDS=600 for the ten minutes of docs/discovery-service.md. */
const awaySeconds = Number(process.env.STOKER_AWAY_SECONDS ?? 20);
const plainFlags = ['--web.enable-tls=false', '--authorization=none'];

describe('replicas of the discovery service that differ', () => {
  let cluster: Cluster;
  let client: KubernetesClient;
  let folder: string;
  let proxy: FaultProxy;
  let base: string;
  /** Between the second replica and the API server. */
  let wire: CutOff;
  let first: Operator;
  let second: Operator;
  let endpoints: Endpoints;
  /** By workload. */
  const counters = { main: new ScrapeCounter(), away: new ScrapeCounter() };
  const shards: RunningPrometheus[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stoker-versions-'));
    cluster = await startCluster();
    client = createAdminClient(cluster.controlPlane);
    wire = await createCutOff(cluster.controlPlane.server);
    for (let at = 1; at <= pods; at += 1) await create(client, makePod(at));
    await plan('hash');
    first = await startReplica(cluster.bundle);
    second = await startReplica(cluster.bundle);
    proxy = new FaultProxy([]);
    base = await proxy.listen();
    endpoints = new Endpoints(proxy, () => [first, second]);
    for (const shard of [0, 1]) shards.push(await startShard('main', shard));
    await whenEachOnce(pods);
  });
  after(async () => {
    await Promise.all(shards.map((one) => one.stop()));
    await endpoints.close();
    await Promise.all([
      first.close(),
      second.close(),
      proxy.close(),
      counters.main.close(),
      counters.away.close(),
      wire.cut(),
    ]);
    await client.close();
    await cluster.stop();
    rmSync(folder, { recursive: true });
  });

  const plan = (assignment: string, count = 2): Promise<void> => {
    const workload = { ...makeWorkload(count), assignment: assignment as Assignment };
    return writePlan(client, { namespace: 'default', name: 'main' }, { workload, jobs: makeJobs(count) });
  };

  async function startReplica(bundle: string, server?: string): Promise<Operator> {
    const kubeconfig = join(folder, `${Date.now()}.kubeconfig`);
    const text = readFileSync(cluster.controlPlane.kubeconfigPath, 'utf8');
    writeFileSync(kubeconfig, text.replaceAll(cluster.controlPlane.server, server ?? cluster.controlPlane.server));
    const args = [...plainFlags, `--state-dir=${mkdtempSync(join(folder, 'state-'))}`];
    const replica = await startOperator({ bundle, kubeconfig, command: 'discovery', args }, await findFreePort());
    return await replica.whenReady();
  }

  /** The second replica, as another version of this program, or elsewhere. */
  async function replaceSecond(bundle = cluster.bundle, server?: string): Promise<void> {
    const next = await startReplica(bundle, server);
    const before = second;
    second = next;
    await endpoints.whenListed(2);
    await before.stop();
    await before.close();
  }

  /** The bundle with another text in the place of each of these. */
  function editBundle(name: string, changes: Readonly<Record<string, string>>): string {
    let text = readFileSync(cluster.bundle, 'utf8');
    for (const [from, to] of Object.entries(changes)) {
      assert.equal(text.split(from).length, 2, from);
      text = text.replace(from, to);
    }
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, text);
    return file;
  }

  async function startShard(workload: 'main' | 'away', shard: number): Promise<RunningPrometheus> {
    const configFile = join(folder, `${workload}-${shard}.yml`);
    const url = `${base}/v1/FORM/prometheuses/default/${workload}/shards/${shard}/jobs`;
    const jobs = makeJobs(2).map((job) => counters[workload].count(serveJob(job, url, version), shard));
    writeFileSync(configFile, writeConfig(await Promise.all(jobs)));
    return await startPrometheus({ configFile, args: ['--scrape.discovery-reload-interval=1s'] });
  }

  /** Which shards have which target. */
  const look = async (of = shards): Promise<string[]> =>
    (await Promise.all(of.map(listUrls))).flatMap((urls, shard) => [...urls].map((url) => `${url} ${shard}`)).sort();

  const whenEachOnce = (wanted: number, of = shards): Promise<string[]> =>
    eventually('all targets are there, each once', async () => {
      const seen = await look(of);
      assert.equal(seen.length, wanted);
      assert.equal(new Set(seen.map((one) => one.slice(0, one.lastIndexOf(' ')))).size, wanted);
      return seen;
    });

  /** Both shards have what they were told: each Prometheus waits by itself before it takes an answer over. */
  const whenStill = async (): Promise<void> => {
    let [seen, since] = ['', Date.now()];
    await eventually(
      'nothing moves any more',
      async () => {
        const now = String(await look());
        if (now !== seen) [seen, since] = [now, Date.now()];
        return Date.now() - since >= stillMs;
      },
      120_000,
    );
  };

  /** Nothing moves for some refreshes, whichever replica answers. @returns what was counted, for people. */
  async function whileNothingMoves(
    of = shards,
    work: () => Promise<void> = () => delay(8 * refreshMs),
  ): Promise<string> {
    const lasting = new Set((await Promise.all(of.map(listUrls))).flatMap((urls) => [...urls]));
    const [from, before] = [Date.now(), await look(of)];
    const { samples, lost, longestTwiceMs } = await sample(of, lasting, work);
    const urls = [...lasting].map((target) => target.split(' ')[1] ?? '');
    const {
      scrapes,
      longestGapMs,
      longestTwiceMs: scrapedTwiceMs,
    } = counters[of === shards ? 'main' : 'away'].since(from, urls);
    const said = `${samples} samples: ${lost.length} lost, in two shards for ${longestTwiceMs} ms; ${scrapes} scrapes: none missing for ${longestGapMs} ms, by two shards for ${scrapedTwiceMs} ms`;
    assert.deepEqual([lost, longestTwiceMs, scrapedTwiceMs], [[], 0, 0], said);
    assert.ok(longestGapMs <= oneRefreshMs, said);
    assert.deepEqual(
      (await look(of)).filter((one) => !before.includes(one) && lasting.has(one.slice(0, -2))),
      [],
      said,
    );
    return said;
  }

  it('a version of another protocol behind the same address: what it does not know is kept', async (test) => {
    await replaceSecond(editBundle('other-protocol', { '"/v1/*"': '"/v2/*"' }));
    assert.equal(
      (await second.fetch('/v1/final/prometheuses/default/main/shards/0/jobs/podMonitor/default/a/0')).status,
      404,
    );
    test.diagnostic(await whileNothingMoves());
    await create(client, makePod(pods + 1));
    await whenEachOnce(pods + 1);
    await replaceSecond();
  });

  it('a version that reads what the other one cannot: who cannot is silent, and targets move once', async (test) => {
    await replaceSecond(
      editBundle('newer', {
        '["hash","balanced"]': '["hash","balanced","later"]',
        '.assignment==="balanced"': '.assignment!=="hash"',
      }),
    );
    const before = await whenEachOnce(pods + 1);
    test.diagnostic(await whileNothingMoves());
    await plan('later');
    const path = '/v1/final/prometheuses/default/main/shards/0/jobs/podMonitor/default/a/0';
    await eventually('the older version is silent', async () => assert.equal((await first.fetch(path)).status, 503));
    assert.equal(await first.metric('stoker_discovery_unreadable_workloads'), 1);
    const after = await eventually('targets have moved', async () => {
      const seen = await whenEachOnce(pods + 1);
      assert.notDeepEqual(seen, before);
      return seen;
    });
    test.diagnostic(`${after.filter((one) => !before.includes(one)).length} of ${after.length} have moved`);
    await whenStill();
    test.diagnostic(await whileNothingMoves());
    await plan('hash');
    await eventually('they are where they were', async () => assert.deepEqual(await whenEachOnce(pods + 1), before));
    await replaceSecond();
  });

  it('one that is cut off from the API server while shards change: it is left out', async (test) => {
    await replaceSecond(cluster.bundle, `https://127.0.0.1:${wire.port}`);
    const before = await whenEachOnce(pods + 1);
    await wire.cut();
    test.diagnostic(await whileNothingMoves(shards, () => endpoints.whenListed(1)));
    const answer = await fetch(`${second.url}/v1/final/prometheuses/default/main/shards/0/jobs/podMonitor/default/a/0`);
    assert.deepEqual([answer.status, answer.headers.get('connection')], [200, 'close']);
    await plan('balanced');
    await eventually('targets have moved', async () => assert.notDeepEqual(await whenEachOnce(pods + 1), before));
    await whenStill();
    test.diagnostic(await whileNothingMoves());
    await wire.mend();
    await endpoints.whenListed(2);
    test.diagnostic(await whileNothingMoves());
  });

  it(
    'the operator away: what its plan selects is followed, and the plan stays',
    async (test) => awayOperator(test),
    600_000 + 2 * 1000 * awaySeconds,
  );

  async function awayOperator(test: TestContext): Promise<void> {
    const flags = [`--discovery-service-url=${base}`, '--discovery-refresh-interval=1s'];
    const operator = await cluster.startOperator({ args: flags });
    const annotations = { 'stoker.dev/discovery': 'service' };
    const selectAll = { podMonitorSelector: {}, shards: 2 };
    for (const app of ['a', 'b'])
      await cluster.api.create(podMonitorType, {
        metadata: { namespace: 'default', name: app },
        spec: { selector: { matchLabels: { app } }, podMetricsEndpoints: [{ portNumber: 80 }] },
      } as never);
    await cluster.api.create(prometheusType, {
      metadata: { namespace: 'default', name: 'away', annotations },
      spec: selectAll,
    } as never);
    const readPlan = () => cluster.api.get(configMapType, 'default/prometheus-away-discovery-0');
    await eventually('the operator has written the plan', readPlan);
    const own = [await startShard('away', 0), await startShard('away', 1)];
    try {
      const count = (await whenEachOnce(pods + 1, own)).length;
      const written = await readPlan();
      await operator.kill();
      const seen = await whileNothingMoves(own, async () => {
        let at = 0;
        for (const end = Date.now() + 1000 * awaySeconds; Date.now() < end; at += 1) {
          const spare = pods + 2 + (at % 100);
          await create(client, makePod(spare));
          await whenEachOnce(count + 1, own);
          await client.delete(podType, { namespace: 'default', name: `p${spare}` }, { gracePeriodSeconds: 0 });
          await whenEachOnce(count, own);
        }
        test.diagnostic(`${at} Pods came and went in ${awaySeconds} s`);
      });
      test.diagnostic(seen);
      assert.deepEqual(await readPlan(), written);
      const back = await cluster.startOperator({ args: flags });
      await back.whenReady();
      await back.whenIdle({ prometheus: 1 });
      assert.deepEqual(await readPlan(), written);
      await whenEachOnce(count, own);
    } finally {
      await Promise.all(own.map((one) => one.stop()));
    }
  }
});
