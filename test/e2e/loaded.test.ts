import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configMapType, secretType } from '../../src/api/builtin-types.ts';
import type { KubernetesObject } from '../../src/api/meta.ts';
import type { ConfigResourceStatus, WorkloadCondition } from '../../src/api/parts/status.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { scrapeConfigType } from '../../src/api/scrape-config.ts';
import { prometheusRuleType } from '../../src/api/prometheus-rule.ts';
import type { ConfigMap, Secret } from '../../src/core/render/shared/rendered-objects.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { decodeConfig } from './support/config.ts';
import { eventually } from './support/eventually.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';
import { WatchedReplica, programs } from './support/watched-replica.ts';
import type { Files } from './support/watched-replica.ts';

const suite = planSuite(['prometheus']);
const key = 'shop/main';
const gate = '--feature-gates=StatusForConfigurationResources=true';
const paths = {
  reloads: '/api/v1/status/runtimeinfo',
  config: '/api/v1/status/config',
  rules: '/api/v1/rules',
  build: '/api/v1/status/buildinfo',
  targets: '/api/v1/targets',
};

let cluster: Cluster;
let operator: Operator;
const folder = mkdtempSync(join(tmpdir(), 'stoker-loaded-'));
/** Nobody else of this machine has these addresses. */
const network = `127.${randomInt(1, 255)}.${randomInt(0, 256)}`;
const replicas = [0, 1, 2].map(
  (at) =>
    new WatchedReplica(`prometheus-main-${at}`, {
      address: `${network}.${at + 2}`,
      folder,
      program: programs.prometheus,
    }),
);
const [good, stuck, away] = replicas as [WatchedReplica, WatchedReplica, WatchedReplica];
const startedAt = Date.now();

/** Its only metric. */
const target = createServer((_, response) => response.setHeader('content-type', 'text/plain').end('up_to_date 1\n'));

suite.before(async () => {
  target.listen(9100, `${network}.9`);
  await once(target, 'listening');
  cluster = await startCluster();
  operator = await cluster.startOperator({ args: ['--observe-replicas', gate] });
  await operator.whenReady();
  await cluster.createNamespace('shop');
});
suite.after(async () => {
  await Promise.all(replicas.map((replica) => replica.stop()));
  target.closeAllConnections();
  target.close();
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

const labels = {
  ...{ 'app.kubernetes.io/name': 'prometheus', 'app.kubernetes.io/managed-by': 'prometheus-operator' },
  ...{ 'app.kubernetes.io/instance': 'main', 'operator.prometheus.io/name': 'main', prometheus: 'main' },
  'operator.prometheus.io/shard': '0',
};

/** The files that a Pod mounts, once they have the text. */
const whenWritten = (part: string): Promise<Files> =>
  eventually(`the configuration has ${part}`, async () => {
    const config = decodeConfig(await cluster.api.find<Secret>(secretType, 'shop/prometheus-main'));
    const name = 'prometheus-main-rulefiles-0';
    const map = await cluster.api.find<ConfigMap>(configMapType, `shop/${name}`);
    if (config === undefined || map === undefined) return false;
    const rules = Object.entries(map.data ?? {}).map(([key, text]) => [`rules/${name}/${key}`, text] as const);
    const files: Files = { ...Object.fromEntries(rules), 'prometheus.yml': config };
    return Object.values(files).some((text) => text.includes(part)) && files;
  });

interface Bound extends KubernetesObject {
  readonly status?: ConfigResourceStatus;
}

/** What the only binding of a ScrapeConfig says of its targets. */
const whenScraping = (name: string, ...expected: readonly (string | RegExp)[]): Promise<void> =>
  eventually(
    `the binding of ${name} says ${expected.join(' ')}`,
    async () => {
      const { status } = await cluster.api.get<Bound>(scrapeConfigType, `shop/${name}`);
      const { conditions = [] } = status?.bindings?.[0] ?? {};
      assert.deepEqual(
        conditions.map(({ type }) => type),
        ['Accepted', 'Scraping'],
      );
      const said = [conditions[1]?.status, conditions[1]?.reason, conditions[1]?.message];
      for (const [at, part] of expected.entries()) assert.match(said[at] ?? '', new RegExp(part), said.join(' '));
    },
    120_000,
  );

async function readCondition(): Promise<WorkloadCondition | undefined> {
  const { status } = await cluster.api.get<KubernetesObject & { status?: { conditions?: WorkloadCondition[] } }>(
    prometheusType,
    key,
  );
  return status?.conditions?.find(({ type }) => type === 'Loaded');
}

const whenLoaded = (status: string, reason: string, ...parts: readonly RegExp[]): Promise<void> =>
  eventually(
    `Loaded is ${status} (${reason})`,
    async () => {
      const condition = await readCondition();
      assert.deepEqual([condition?.status, condition?.reason], [status, reason], JSON.stringify(condition));
      for (const part of parts) assert.match(condition?.message ?? '', part);
    },
    120_000,
  );

const setInterval = (scrapeInterval: string): Promise<unknown> =>
  cluster.api.patch(scrapeConfigType, 'shop/web', { spec: { scrapeInterval } });

const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/.source;

/** At most ten looks at once and one a minute; a look asks once, and reads configuration and rules once a change and once a load. */
function checkBudget(changes: number): void {
  const minutes = (Date.now() - startedAt) / 60_000;
  for (const { name, asked } of replicas) {
    const count = (path: string): number => asked.filter((one) => one === path).length;
    assert.ok(count(paths.reloads) <= 10 + minutes, `${name}: ${asked.join(' ')}`);
    for (const path of [paths.config, paths.rules])
      assert.ok(count(path) <= 2 * changes + 1, `${name}: ${path}: ${asked.join(' ')}`);
    assert.ok(count(paths.build) <= changes, `${name}: ${asked.join(' ')}`);
    assert.ok(count(paths.targets) <= count(paths.reloads), `${name}: ${asked.join(' ')}`);
    const known: readonly string[] = Object.values(paths);
    assert.deepEqual(
      asked.filter((one) => !known.includes(one)),
      [],
    );
  }
}

suite.it('a replica that has not loaded what was written is named, with its error, until it has', async () => {
  await cluster.api.create(scrapeConfigType, {
    metadata: { namespace: 'shop', name: 'web', labels: { team: 'shop' } },
    spec: { scrapeInterval: '1s', staticConfigs: [{ targets: [`${network}.9:9100`] }] },
  } as KubernetesObject);
  await cluster.api.create(scrapeConfigType, {
    metadata: { namespace: 'shop', name: 'dead' },
    spec: {
      scrapeInterval: '1s',
      metricsPath: '/m',
      params: { token: ['secret'] },
      staticConfigs: [{ targets: [`${network}.9:9`] }],
    },
  } as KubernetesObject);
  await cluster.api.create(prometheusType, {
    metadata: { namespace: 'shop', name: 'main' },
    spec: { replicas: 3, scrapeConfigSelector: {}, ruleSelector: {} },
  } as KubernetesObject);
  const first = await whenWritten('scrapeConfig/shop/web');
  await Promise.all([good.start(first), stuck.start(first)]);
  await Promise.all(replicas.map((replica) => replica.createPod(cluster, 'shop', labels)));
  await whenLoaded(
    'False',
    'ReplicaAway',
    new RegExp(
      `^2 of 3 replicas run what was written; prometheus-main-2: away since ${time}: ${away.address}:9090: connect ECONNREFUSED`,
    ),
  );

  await setInterval('2s');
  const second = await whenWritten('scrape_interval: 2s');
  assert.equal(await good.reload(second), undefined);
  assert.match((await stuck.reload({ 'prometheus.yml': 'scrape_configs: [{}]' })) ?? '', /job_name is empty/);
  await whenLoaded(
    ...(['False', 'ReloadFailed'] as const),
    new RegExp(
      `^1 of 3 replicas runs what was written; prometheus-main-1: its reload fails since ${time}, it goes on with what it loaded at ${time}; why, its log says: kubectl logs prometheus-main-1 -c prometheus; prometheus-main-2: away since ${time}`,
    ),
  );
  checkBudget(2);
});

suite.it('once all have it, Loaded is True, and the time that it took is counted', async () => {
  await setInterval('3s');
  const third = await whenWritten('scrape_interval: 3s');
  await Promise.all([good.reload(third), stuck.reload(third), away.start(third)]);
  await whenLoaded('True', 'AllReplicasLoaded', /^3 of 3 replicas run what was written$/);
  const labels = { workload_kind: 'Prometheus' };
  assert.equal(await operator.metric('stoker_configuration_loaded_seconds_count', labels), 1);
  assert.ok((await operator.metric('stoker_configuration_loaded_seconds_sum', labels)) < 120);
  await whenScraping('web', /^True$/, /^TargetsUp$/, /^1 of 1 target is up$/);
  await whenScraping(
    'dead',
    /^False$/,
    /^TargetsDown$/,
    new RegExp(
      `^0 of 1 target is up: Get "http://${network}.9:9/m": dial tcp ${network}.9:9: connect: connection refused$`,
    ),
  );
  assert.equal(await operator.metric('stoker_configuration_scraped_seconds_count', labels), 1);
  checkBudget(3);
});

suite.it('rules that were written count once they are loaded: other contents, the same configuration', async () => {
  const writeRule = (expr: string) => ({
    groups: [{ name: 'slow', rules: [{ alert: 'Slow', expr, for: '90s', labels: { severity: 'page' } }] }],
  });
  await cluster.api.create(prometheusRuleType, {
    metadata: { namespace: 'shop', name: 'pages' },
    spec: writeRule("sum(up{job='a'}) by (job) > 1e3"),
  } as KubernetesObject);
  const fourth = await whenWritten('1e3');
  for (const replica of replicas) assert.equal(await replica.reload(fourth), undefined);
  await whenLoaded('True', 'AllReplicasLoaded');
  await cluster.api.patch(prometheusRuleType, 'shop/pages', { spec: writeRule('up == 0') });
  const fifth = await whenWritten('up == 0');
  assert.equal(fifth['prometheus.yml'], fourth['prometheus.yml']);
  await good.reload(fifth);
  // Loading something is not enough.
  await Promise.all([stuck.reload(fourth), away.reload(fourth)]);
  await whenLoaded(
    'False',
    'LoadPending',
    new RegExp(
      `^1 of 3 replicas runs what was written; prometheus-main-1: runs what it loaded at ${time}, which differs at expr of rule "Slow" in group "slow" of rule file prometheus-main-rulefiles-0/shop-pages-`,
    ),
  );
  const { body } = await operator.fetch('/explain/prometheusrule/shop/pages');
  assert.match(body, /"found":\s*"written \d+m?\d*s? ago, loaded by 1 of 3; prometheus-main-1: runs what it loaded at/);
  await Promise.all([stuck.reload(fifth), away.reload(fifth)]);
  await whenLoaded('True', 'AllReplicasLoaded');
  checkBudget(5);
});
