import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { locateControlPlane, locatePrometheus } from '../control-plane/locate.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import { findFreePort } from '../control-plane/readiness.ts';
import { FaultProxy } from './discovery/fault-proxy.ts';
import { createAdminClient, serveJob, writePlan } from './discovery/planned-service.ts';
import { makeJobs, makePod, makeWorkload, version } from './discovery/planned-pods.ts';
import { create } from './discovery/random-changes.ts';
import { writeConfig } from './discovery/random-config.ts';
import { ScrapeCounter } from './discovery/scrape-counter.ts';
import { listUrls, sample } from './discovery/shard-sampler.ts';
import { eventually } from './support/eventually.ts';
import type { Operator } from './support/operator.ts';
import { buildBundle, startOperator } from './support/operator.ts';

const skip = locateControlPlane().skipped ?? locatePrometheus().skipped ?? false;
const flags = ['--scrape.discovery-reload-interval=1s'];
const refreshMs = 1000;
/** A refresh, the second after which pools follow it, and what a busy machine adds. */
const oneRefreshMs = 10_000;
const place = { namespace: 'default', name: 'main' };
const pods = 60;

describe('the shards of a Prometheus whose targets are served', { skip }, () => {
  let controlPlane: ControlPlane;
  let client: KubernetesClient;
  let service: Operator;
  let proxy: FaultProxy;
  const counter = new ScrapeCounter();
  let port: number;
  let base: string;
  let folder: string;
  const shards: RunningPrometheus[] = [];
  let lasting: ReadonlySet<string>;

  const startReplica = (
    at: number,
    stateDir: string,
    kubeconfig = controlPlane.kubeconfigFor('admin'),
  ): Promise<Operator> => {
    const args = ['--web.enable-tls=false', '--authorization=none', `--state-dir=${stateDir}`];
    return startOperator({ bundle: join(folder, 'stoker.mjs'), kubeconfig, command: 'discovery', args }, at);
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stoker-served-faults-'));
    [controlPlane, port] = [await startControlPlane(), await findFreePort()];
    await buildBundle(join(folder, 'stoker.mjs'));
    client = createAdminClient(controlPlane);
    for (let at = 1; at <= pods; at += 1) await create(client, makePod(at));
    await writePlan(client, place, { workload: makeWorkload(2), jobs: makeJobs(2) });
    service = await startReplica(port, folder);
    await service.whenReady();
    proxy = new FaultProxy([port]);
    base = await proxy.listen();
    for (const shard of [0, 1]) shards.push(await startShard(shard));
    await whenAll(pods);
    lasting = new Set((await Promise.all(shards.map(listUrls))).flatMap((one) => [...one]));
  });
  after(async () => {
    await Promise.all([...shards.map((one) => one.stop()), service.close(), proxy.close()]);
    await counter.close();
    await client.close();
    await controlPlane.stop();
    rmSync(folder, { recursive: true });
  });

  async function startShard(shard: number): Promise<RunningPrometheus> {
    const configFile = join(folder, `${shard}.yml`);
    const url = `${base}/v1/FORM/prometheuses/default/main/shards/${shard}/jobs`;
    const jobs = makeJobs(2).map((job) => counter.count(serveJob(job, url, version), shard));
    writeFileSync(configFile, writeConfig(await Promise.all(jobs)));
    return await startPrometheus({ configFile, args: flags });
  }

  const count = async (): Promise<number[]> => (await Promise.all(shards.map(listUrls))).map(({ size }) => size);

  const whenAll = (wanted: number): Promise<unknown> =>
    eventually('all targets are there, each once', async () => {
      const sizes = await count();
      assert.equal(
        sizes.reduce((sum, one) => sum + one, 0),
        wanted,
        sizes.join(),
      );
    });

  /** Looks at the targets of all shards, and counts scrapes, while something happens. */
  async function judge(test: TestContext, work: () => Promise<void>): Promise<void> {
    const from = Date.now();
    const { samples, lost, longestTwiceMs } = await sample(shards, lasting, work);
    const urls = [...lasting].map((target) => target.split(' ')[1] ?? '');
    const counted = counter.since(from, urls);
    const seen = `${samples} samples: ${lost.length} targets lost, none in two shards for longer than ${longestTwiceMs} ms`;
    const scraped = `${counted.scrapes} scrapes: none missing for ${counted.longestGapMs} ms, two shards for ${counted.longestTwiceMs} ms`;
    test.diagnostic(`${seen}; ${scraped}`);
    assert.deepEqual(lost, []);
    for (const one of [longestTwiceMs, counted.longestTwiceMs, counted.longestGapMs])
      assert.ok(one <= oneRefreshMs, `${seen}; ${scraped}`);
  }

  const changes = { next: pods + 1 };
  /** The cluster goes on meanwhile: a Pod comes, and is found once all is well again. */
  async function addPod(): Promise<void> {
    await create(client, makePod(changes.next));
    changes.next += 1;
  }

  it('lose nothing when the service is killed', async (test) => {
    await judge(test, async () => {
      await service.kill();
      await addPod();
      await delay(5 * refreshMs);
      await service.close();
      service = await startReplica(port, folder);
      await service.whenReady();
      await whenAll(changes.next - 1);
    });
  });

  it('lose nothing when the service stands still, or answers late', async (test) => {
    await judge(test, async () => {
      service.pause();
      await delay(4 * refreshMs);
      service.resume();
      proxy.mode = { delayMs: 3 * refreshMs };
      await addPod();
      await delay(5 * refreshMs);
      proxy.mode = 'pass';
      await whenAll(changes.next - 1);
    });
  });

  it('lose nothing when connections are cut', async (test) => {
    await judge(test, async () => {
      proxy.mode = 'cut';
      await addPod();
      await delay(5 * refreshMs);
      proxy.mode = 'pass';
      await whenAll(changes.next - 1);
    });
  });

  it('lose nothing when the service is restarted while it cannot reach the API server: it gives what it has kept', async (test) => {
    await judge(test, async () => {
      await service.stop();
      await service.close();
      const away = join(folder, 'away.kubeconfig');
      writeFileSync(
        away,
        JSON.stringify({
          ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'x' },
          clusters: [{ name: 'x', cluster: { server: 'http://127.0.0.1:1' } }],
          contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
          users: [{ name: 'x', user: {} }],
        }),
      );
      service = await startReplica(port, folder, away);
      const path = '/v1/final/prometheuses/default/main/shards/0/jobs/podMonitor/default/a/0';
      await eventually('what was kept is given', async () => {
        const { status, body } = await service.fetch(path);
        assert.equal(status, 200, body);
        assert.ok((JSON.parse(body) as unknown[]).length > 0);
      });
      await delay(3 * refreshMs);
      await service.close();
      service = await startReplica(port, folder);
      await service.whenReady();
      await whenAll(changes.next - 1);
    });
  });

  it('lose nothing when one of two replicas is behind', async (test) => {
    const [second, state] = [await findFreePort(), mkdtempSync(join(folder, 'second-'))];
    const other = await startReplica(second, state);
    await other.whenReady();
    await judge(test, async () => {
      proxy.behind = [port, second];
      other.pause();
      await addPod();
      await delay(2 * refreshMs);
      other.resume();
      await whenAll(changes.next - 1);
      await other.kill();
      await delay(3 * refreshMs);
      proxy.behind = [port];
      await whenAll(changes.next - 1);
    });
    await other.close();
  });

  it('an operator that is away is not missed: nothing here needs one', async (test) => {
    await judge(test, async () => {
      await addPod();
      await whenAll(changes.next - 1);
    });
  });

  it('3 -> 4 -> 3 shards, dealt out evenly: few targets move', async (test) => {
    for (const shard of [2, 3]) shards.push(await startShard(shard));
    const all = changes.next - 1;
    const turnTo = async (wanted: number): Promise<Map<string, number>> => {
      await writePlan(client, place, { workload: makeWorkload(wanted, 'balanced'), jobs: makeJobs(wanted) });
      await eventually('targets are dealt out evenly', async () => {
        const sizes = await count();
        assert.equal(
          sizes.reduce((sum, one) => sum + one, 0),
          all,
          sizes.join(),
        );
        const most = Math.ceil((all * 1.05) / wanted);
        assert.ok(
          sizes.every((one, shard) => (shard < wanted ? one > 0 && one <= most : one === 0)),
          sizes.join(),
        );
      });
      const lists = await Promise.all(shards.map(listUrls));
      return new Map(lists.flatMap((urls, shard) => [...urls].map((url) => [url, shard] as const)));
    };
    const counted: string[] = [];
    let before = await turnTo(3);
    for (const [wanted, share] of [
      [4, 1 / 4],
      [3, 1 / 4],
    ] as const) {
      const after = await turnTo(wanted);
      const moved = [...after].filter(([url, shard]) => before.get(url) !== shard).length;
      counted.push(`to ${wanted}: ${moved} of ${all} (${Math.round((100 * moved) / all)} %)`);
      assert.ok(moved / all <= share + 0.1, counted.join('; '));
      before = after;
    }
    test.diagnostic(counted.join('; '));
  });
});
