import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'node:test';
import { configMapType, secretType, statefulSetType } from '../../src/api/builtin-types.ts';
import { scrapeConfigType } from '../../src/api/scrape-config.ts';
import type { ConfigMap, Secret, StatefulSet } from '../../src/core/render/shared/rendered-objects.ts';
import { runCli } from '../../src/cli/program.ts';
import { runPromtool, startPrometheus } from '../control-plane/prometheus.ts';
import type { RunningPrometheus } from '../control-plane/prometheus.ts';
import { describeWrite } from './support/audit.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import type { Answer } from './support/explain-place.ts';
import { makeNoisyScrapeConfig } from './support/noise.ts';
import { layOutPod } from './support/pod-files.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite(['promtool', 'prometheus']);
const namespace = 'shop';
const main = 'prometheus-main';
const split = `${main}-scrape-configs`;
/** Each has nine kilobytes compressed. */
const monitorCount = Number(process.env['STOKER_SPLIT_MONITORS'] ?? 150);

interface Target {
  readonly scrapePool: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Jobs in a Secret with a file of jobs. */
const countJobs = ({ data = {} }: Secret): number =>
  Object.entries(data)
    .filter(([key]) => key.endsWith('.yaml'))
    .reduce(
      (sum, [, text]) =>
        sum +
        (
          Buffer.from(text, 'base64')
            .toString()
            .match(/^- job_name:/gm) ?? []
        ).length,
      0,
    );

describe('a configuration that does not fit into one Secret', () => {
  let cluster: Cluster;
  let prometheus: RunningPrometheus | undefined;
  const world = new World(() => cluster, namespace);
  const folder = mkdtempSync(join(tmpdir(), 'stoker-split-'));
  before(async () => {
    cluster = await startCluster();
    await cluster.createNamespace(namespace);
    await Promise.all(Array.from({ length: monitorCount }, (_, number) => create(number)));
    await cluster.startOperator();
    await world.begin({ scrapeConfigSelector: {} });
  });
  after(async () => {
    await prometheus?.stop();
    rmSync(folder, { recursive: true, force: true });
    await cluster.stop();
  });

  const create = (number: number) => cluster.api.create(scrapeConfigType, makeNoisyScrapeConfig(namespace, number));
  const nameMonitor = (number: number): string => makeNoisyScrapeConfig(namespace, number).metadata.name ?? '';
  const nameJob = (number: number): string => `scrapeConfig/${namespace}/${nameMonitor(number)}`;
  const readSet = () => cluster.api.get<StatefulSet>(statefulSetType, `${namespace}/${main}`);
  const listSecretNames = async (): Promise<string[]> =>
    (await cluster.api.list<Secret>(secretType, namespace)).map(({ metadata }) => metadata.name ?? '').sort();

  /** As kubelet and config-reloader do; promtool has nothing against it. */
  async function layOut(): Promise<string> {
    rmSync(join(folder, 'etc'), { recursive: true, force: true });
    const secrets = await cluster.api.list<Secret>(secretType, namespace);
    const configMaps = await cluster.api.list<ConfigMap>(configMapType, namespace);
    const objects = [
      ...secrets.map((one) => ({ ...one, kind: 'Secret' })),
      ...configMaps.map((one) => ({ ...one, kind: 'ConfigMap' })),
    ];
    const facts = { podName: `${main}-0`, nodeName: 'node', caCertificate: '' };
    const { configFile } = layOutPod(folder, await readSet(), objects, facts);
    const { valid, output } = await runPromtool(['check', 'config', configFile]);
    assert.ok(valid, output);
    return configFile;
  }

  async function readApi<T>(path: string): Promise<T> {
    const response = await fetch(`${prometheus?.url ?? ''}${path}`);
    return ((await response.json()) as { readonly data: T }).data;
  }

  const listPools = async (): Promise<readonly string[]> =>
    (await readApi<{ readonly scrapePools: readonly string[] }>('/api/v1/scrape_pools')).scrapePools;

  const listJobs = (count: number): string[] => Array.from({ length: count }, (_, number) => nameJob(number));

  /** What the operator wrote to Secrets since then, once it has ended. */
  async function whenWritten(since: number, wanted: RegExp): Promise<string[]> {
    await eventually('the change is written', () =>
      cluster
        .listWrites()
        .slice(since)
        .some((write) => wanted.test(describeWrite(write))),
    );
    await world.whenSynced();
    const writes = cluster.listWrites().slice(since);
    return writes.filter(({ resource }) => resource === 'secrets').map(describeWrite);
  }

  it('is in several, which a real Prometheus loads: every job once', async () => {
    const configFile = await layOut();
    prometheus = await startPrometheus({ configFile });
    await eventually('Prometheus has all jobs', async () => {
      assert.deepEqual([...(await listPools())].sort(), listJobs(monitorCount));
    });
    const names = await listSecretNames();
    assert.ok(names.filter((name) => name.startsWith(`${split}-0-`)).length > 1, names.join());
    assert.ok(!names.includes(main), 'nothing mounts it');
  });

  it('takes one write of one Secret for one changed monitor, which Prometheus then has', async () => {
    const since = cluster.listWrites().length;
    const { metadata, spec } = makeNoisyScrapeConfig(namespace, 7, 'new');
    await cluster.api.patch(scrapeConfigType, `${namespace}/${metadata.name ?? ''}`, { spec });
    const written = await whenWritten(since, new RegExp(`${split}-0-`));
    assert.equal(written.length, 1, written.join());
    assert.match(written[0] ?? '', new RegExp(`^update secrets ${namespace}/${split}-0-\\d+ 200$`));
    await layOut();
    await prometheus?.reload();
    await eventually('Prometheus has the changed job', async () => {
      const { activeTargets } = await readApi<{ readonly activeTargets: readonly Target[] }>('/api/v1/targets');
      const changed = activeTargets.filter(({ labels }) => labels['version'] === 'new');
      assert.deepEqual(
        changed.map(({ scrapePool }) => scrapePool),
        [nameJob(7)],
      );
    });
  });

  it('is what explain finds loaded: by the name of the job, of which Prometheus prints no more', async () => {
    let text = '';
    const question = ['explain', 'scrapeconfig', nameMonitor(3), '-n', namespace, '-o', 'json'];
    const where = ['--kubeconfig', cluster.controlPlane.kubeconfigPath, '--prometheus-url', prometheus?.url ?? ''];
    await runCli([...question, ...where], {
      stdout: (more) => (text += more),
      stderr: () => undefined,
      isTerminal: false,
      signal: new AbortController().signal,
      env: {},
    });
    const { chain } = JSON.parse(text) as Answer;
    const loaded = chain.find(({ link }) => link === 'loaded');
    assert.deepEqual([loaded?.verdict, loaded?.reason], ['pass', 'Loaded'], JSON.stringify(loaded));
  });

  it('grows into new Secrets, and no pod is restarted', async () => {
    const before = { set: await readSet(), names: await listSecretNames() };
    const total = monitorCount * 2;
    await Promise.all(Array.from({ length: monitorCount }, (_, number) => create(monitorCount + number)));
    await eventually('all jobs are written', async () => {
      const secrets = await cluster.api.list<Secret>(secretType, namespace);
      assert.equal(
        secrets.reduce((sum, secret) => sum + countJobs(secret), 0),
        total,
      );
    });
    await layOut();
    await prometheus?.reload();
    await eventually('Prometheus has all jobs', async () => {
      assert.deepEqual([...(await listPools())].sort(), listJobs(total));
    });
    const names = await listSecretNames();
    assert.ok(names.length > before.names.length, names.join());
    assert.deepEqual(
      before.names.filter((name) => !names.includes(name)),
      [],
    );
    assert.equal((await readSet()).metadata.generation, before.set.metadata.generation);
  });

  it('becomes one Secret again, and what pods mount that were not restarted stays until they were', async () => {
    const surplus = Array.from({ length: monitorCount * 2 - 40 }, (_, number) => nameMonitor(40 + number));
    await Promise.all(surplus.map((name) => cluster.api.remove(scrapeConfigType, `${namespace}/${name}`)));
    await eventually('pods shall mount one Secret', async () => {
      const [config] = (await readSet()).spec.template.spec.volumes ?? [];
      assert.deepEqual(config?.secret?.secretName, main);
    });
    await world.whenSynced();
    const isOfFiles = (name: string): boolean => name.startsWith(split);
    assert.ok((await listSecretNames()).filter(isOfFiles).length > 1);
    const { metadata } = await readSet();
    const status = { replicas: 1, observedGeneration: metadata.generation, updateRevision: 'b', currentRevision: 'b' };
    await cluster.api.patch(statefulSetType, `${namespace}/${main}`, { status }, 'status');
    await cluster.api.create(scrapeConfigType, makeNoisyScrapeConfig(namespace, 41));
    await eventually('only the one Secret is left', async () => {
      assert.deepEqual((await listSecretNames()).filter(isOfFiles), []);
    });
    await layOut();
  });
});
