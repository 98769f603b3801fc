import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServedWorkload } from '../../src/core/served/served-workload.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { locateControlPlane, locatePrometheus } from '../control-plane/locate.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import type { TargetAnswer } from './discovery/compare-targets.ts';
import { createAdminClient, serveJob, startService, writePlan } from './discovery/planned-service.ts';
import type { Block, RunningService } from './discovery/planned-service.ts';
import { ClusterChanger, create } from './discovery/random-changes.ts';
import { ConfigPlanner, writeConfig } from './discovery/random-config.ts';
import { ClusterPlanner } from './discovery/random-objects.ts';
import type { PlannedCluster } from './discovery/random-objects.ts';
import { SeededRandom } from './discovery/seeded-random.ts';
import { eventually } from './support/eventually.ts';

const skip = locateControlPlane().skipped ?? locatePrometheus().skipped ?? false;
const clusters = Number(process.env.STOKER_SERVED_CLUSTERS ?? 12);
const steps = Number(process.env.STOKER_SERVED_STEPS ?? 15);
const batch = 6;
/** Nothing changes for so long: it is the end. */
const quietMs = 2500;
/** Of the Prometheus that test/control-plane builds. */
const version = '3.15.0';
const flags = ['--scrape.discovery-reload-interval=1s', '--storage.remote.flush-deadline=100ms'];
const workload: ServedWorkload = {
  ...{ kind: 'Prometheus', version, serviceAccount: 'main' },
  ...{ shards: [{ SHARD: '0' }], assignment: 'hash', perNode: false },
};

/** Milliseconds. */
interface Lags {
  readonly own: number;
  readonly served: number;
  readonly answers: number;
}

/** A target by all that Prometheus shows of it but how it was discovered. */
const identify = (one: TargetAnswer['activeTargets'][number]): string =>
  JSON.stringify([
    one.scrapePool,
    one.scrapeUrl,
    Object.entries(one.labels).sort(),
    one.scrapeInterval,
    one.scrapeTimeout,
  ]);

async function listTargets({ url }: RunningPrometheus): Promise<string[]> {
  const response = await fetch(`${url}/api/v1/targets?state=active`);
  return ((await response.json()) as { data: TargetAnswer }).data.activeTargets.map(identify).sort();
}

describe('targets that `stoker discovery` serves', { skip }, () => {
  let controlPlane: ControlPlane;
  let client: KubernetesClient;
  let service: RunningService;
  let own: RunningPrometheus;
  let served: RunningPrometheus;
  let folder: string;
  let urls: readonly string[] = [];
  const fileOf = (name: string): string => join(folder, `${name}.yml`);

  before(async () => {
    controlPlane = await startControlPlane();
    client = createAdminClient(controlPlane);
    folder = mkdtempSync(join(tmpdir(), 'stoker-served-'));
    for (const name of ['own', 'served']) writeFileSync(fileOf(name), writeConfig([]));
    own = await startPrometheus({ configFile: fileOf('own'), args: flags });
    served = await startPrometheus({ configFile: fileOf('served'), args: flags });
    service = await startService(controlPlane.kubeconfigFor('admin'));
  });
  after(async () => {
    await Promise.all([own.stop(), served.stop(), service.stop()]);
    await client.close();
    await controlPlane.stop();
    rmSync(folder, { recursive: true });
  });

  /** What the service is asked for by `served`, all answers in one text. */
  async function readAnswers(): Promise<string> {
    const bodies = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
    return bodies.join('\n');
  }

  async function apply(jobs: readonly Block[]): Promise<void> {
    await writePlan(client, { namespace: 'default', name: 'main' }, { workload, jobs });
    const base = `${service.url}/v1/FORM/prometheuses/default/main/shards/0/jobs`;
    const blocks = jobs.map((job) => serveJob(job, base, version));
    urls = blocks.flatMap(({ http_sd_configs: all }) => (all as readonly { url: string }[]).map(({ url }) => url));
    writeFileSync(fileOf('own'), writeConfig(jobs));
    writeFileSync(fileOf('served'), writeConfig(blocks));
    await Promise.all([own.reload(), served.reload()]);
  }

  async function fill(planned: readonly PlannedCluster[]): Promise<void> {
    await apply([]);
    for (const { objects } of planned) for (const object of objects) await create(client, object);
  }

  const planJobs = (planned: readonly PlannedCluster[], seed: number): Block[] =>
    planned.flatMap((one, at) => {
      const access = { server: controlPlane.server, token: controlPlane.adminToken };
      return new ConfigPlanner(new SeededRandom(seed + at), one, access).planJobs();
    });

  /** Waits until both have the same targets, twice in a row; gives how many. */
  async function agree(): Promise<number> {
    let agreed = 0;
    return await eventually('both have the same targets', async () => {
      const [ours, theirs] = [await listTargets(served), await listTargets(own)];
      agreed = theirs.length > 0 && String(ours) === String(theirs) ? agreed + 1 : 0;
      if (agreed === 0) assert.deepEqual(ours, theirs);
      await delay(500);
      return agreed >= 2 && theirs.length;
    });
  }

  it(`are those of its own discovery in ${clusters} generated clusters`, async (test) => {
    let targets = 0;
    for (let first = 0; first < clusters; first += batch) {
      const seeds = Array.from({ length: Math.min(batch, clusters - first) }, (_, index) => first + index);
      const planned = seeds.map((seed) => new ClusterPlanner(new SeededRandom(seed), `c${seed}`).plan());
      await fill(planned);
      await apply(planJobs(planned, 1000 + first));
      targets += await agree();
    }
    test.diagnostic(`${clusters} clusters, ${targets} targets equal, 0 differences`);
  });

  /** How long after a change each had what it had in the end, in milliseconds: both Prometheus, and what the service answers. */
  async function follow(changed: number): Promise<Lags> {
    const reads = { own: () => listTargets(own), served: () => listTargets(served), answers: readAnswers };
    const seen = new Map<string, { readonly text: string; readonly at: number }>();
    const isEqual = (): boolean => seen.get('own')?.text === seen.get('served')?.text;
    for (let quietSince = Date.now(); Date.now() - quietSince < quietMs || !isEqual();) {
      assert.ok(Date.now() - changed < 60_000, 'both have the same targets within a minute');
      for (const [name, read] of Object.entries(reads)) {
        const text = String(await read());
        if (text === seen.get(name)?.text) continue;
        seen.set(name, { text, at: seen.has(name) ? Date.now() : changed });
        quietSince = Date.now();
      }
      await delay(100);
    }
    const lagOf = (name: string): number => (seen.get(name)?.at ?? changed) - changed;
    return { own: lagOf('own'), served: lagOf('served'), answers: lagOf('answers') };
  }

  it(`stay those through ${steps} changes`, async (test) => {
    const random = new SeededRandom(4711);
    const planned = [0, 1].map((at) => new ClusterPlanner(new SeededRandom(500 + at), `run${at}`).plan());
    await fill(planned);
    await apply(planJobs(planned, 1500));
    await agree();
    const changers = planned.map((one) => new ClusterChanger(client, random, one));
    const lags: Lags[] = [];
    for (let step = 0; step < steps; step += 1) {
      const before = String(await listTargets(own));
      const changed = Date.now();
      await random.pick(changers).change();
      const times = await follow(changed);
      if (String(await listTargets(own)) !== before) lags.push(times);
    }
    const show = (name: keyof Lags): string => {
      const sorted = lags.map((one) => one[name]).sort((a, b) => a - b);
      return `${sorted[sorted.length >> 1]} ms median, ${sorted.at(-1)} ms at most`;
    };
    test.diagnostic(`${steps} changes, ${lags.length} of targets, after each the same targets; until there`);
    test.diagnostic(`answers of the service ${show('answers')}`);
    test.diagnostic(`Prometheus by its own discovery ${show('own')}; by the service ${show('served')}`);
    const behind = Math.max(...lags.map(({ own: first, served: then }) => then - first));
    test.diagnostic(`the one that is served is behind the other by ${Math.max(0, behind)} ms at most`);
    assert.ok(lags.length > 0);
  });
});
