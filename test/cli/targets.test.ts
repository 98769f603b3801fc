import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parseYaml } from '../../src/base/yaml.ts';
import { invoke } from './invoke.ts';
import { answer, write } from './targets-files.ts';

const pod = (name: string, ip: string, app: string) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${app} } }
spec: { nodeName: n1, containers: [{ name: c, ports: [{ name: web, containerPort: 80 }, { name: admin, containerPort: 81 }] }] }
status: { phase: Running, podIP: ${ip} }
---`;

const monitor = (name: string, more = '') => `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: ${name}, namespace: shop }
spec: { selector: { matchLabels: { app: cart } }, podMetricsEndpoints: [{ port: web${more} }] }
---`;

const prometheus = (name: string, more = '') => `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: ${name}, namespace: shop }
spec: { podMonitorSelector: {}, replicas: 0${more} }
---`;

/** Of its own Pods there are none, but the operator makes a Service for them. */
const supposed = 'stoker: supposed: endpoints of Service shop/prometheus-operated, from the Pods that it selects\n';

const cluster =
  pod('cart-0', '10.0.0.1', 'cart') + pod('pay-0', '10.0.0.2', 'pay') + monitor('cart') + prometheus('main');

const unusable: readonly (readonly [string, readonly string[], string])[] = [
  ['an output', ['-o', 'xml'], 'Cannot print as "xml": known are table, wide, json, yaml, metrics'],
  ['a state', ['--state', 'active,gone'], 'Cannot show state "gone": known are active, dropped, failed, duplicate'],
  ['a version', ['--prometheus-version', 'new'], 'Cannot read --prometheus-version "new"'],
  ['a duration', ['--timeout', '5'], 'Cannot read --timeout "5"'],
  ['two sources', ['--config', 'a', '--prometheus', 'b'], 'Cannot use --config and --prometheus together'],
  ['a shard of a file', ['--config', 'a', '--shard', '1'], 'Cannot use --shard with --config'],
  ['metrics of files', ['-o', 'metrics', '--offline', 'a'], 'Cannot print metrics with --offline'],
  ['watching files', ['--watch', '--offline', 'a'], 'Cannot use --watch with --offline'],
  ['a file that is not there', ['--config', 'nowhere.yml'], 'Cannot read "nowhere.yml": there is no such file'],
];

describe('stoker targets', () => {
  it('shows each target of a Prometheus with its state, the rule that dropped it and the field behind the rule', async () => {
    const { code, stdout, stderr } = await invoke('targets', '--offline', write('cluster.yaml', cluster));
    assert.deepEqual([code, stderr], [0, supposed]);
    const cells = stdout.split('\n').map((line) => line.split(/ {3,}/));
    const selector =
      'rule 3 keep: __meta_kubernetes_pod_label_app;__meta_kubernetes_pod_labelpresent_app is "pay;true", which does not match (cart);true · PodMonitor shop/cart spec.selector.matchLabels.app';
    assert.deepEqual(cells, [
      ['JOB', 'TARGET', 'STATE', 'WHY'],
      ['podMonitor/shop/cart/0', 'http://10.0.0.1:80/metrics', 'active'],
      [
        'podMonitor/shop/cart/0',
        'http://10.0.0.1:81/metrics',
        'dropped',
        'rule 4 keep: __meta_kubernetes_pod_container_port_name is "admin", which does not match web · PodMonitor shop/cart spec.podMetricsEndpoints[0].port',
      ],
      ['podMonitor/shop/cart/0', 'http://10.0.0.2:80/metrics', 'dropped', selector],
      ['podMonitor/shop/cart/0', 'http://10.0.0.2:81/metrics', 'dropped', selector],
      ['1 active, 3 dropped, 0 failed, 0 duplicate · 1 job · waste 75 %'],
      [''],
    ]);
  });

  it('-o json has the shape of /api/v1/targets and says what Prometheus does not', async () => {
    const found = await answer('--offline', write('cluster.yaml', cluster));
    assert.deepEqual(found.activeTargets[0]?.labels, {
      container: 'c',
      endpoint: 'web',
      instance: '10.0.0.1:80',
      job: 'shop/cart',
      namespace: 'shop',
      pod: 'cart-0',
    });
    assert.deepEqual(found.droppedTargetCounts, { 'podMonitor/shop/cart/0': 3 });
    assert.deepEqual(found.droppedTargets[0]?.droppedBy, {
      rule: 3,
      action: 'keep',
      message: 'rule 4 keep: __meta_kubernetes_pod_container_port_name is "admin", which does not match web',
      from: 'PodMonitor shop/cart spec.podMetricsEndpoints[0].port',
    });
    assert.deepEqual([found.failedTargets, found.duplicateTargets, found.overlaps], [[], [], []]);
    assert.equal(found.summary.waste, 75);
  });

  it('-o yaml says the same as json', async () => {
    const file = write('cluster.yaml', cluster);
    const { stdout } = await invoke('targets', '--offline', file, '-o', 'yaml');
    assert.deepEqual(parseYaml(stdout), await answer('--offline', file));
  });

  it('-o wide has columns for the field and for the object', async () => {
    const { stdout } = await invoke('targets', '--offline', write('cluster.yaml', cluster), '-o', 'wide');
    assert.match(stdout, /^JOB +TARGET +STATE +WHY +FROM +SOURCE$/m);
    assert.match(stdout, / {3}PodMonitor shop\/cart spec\.selector\.matchLabels\.app +pod\/shop\/pay-0$/m);
  });

  it('the same URL in two jobs is an overlap, equal targets of one job are a duplicate', async () => {
    const twice =
      ', relabelings: [{ targetLabel: __address__, replacement: "10.0.0.9:80" }, { action: labeldrop, regex: (pod|container|endpoint) }]';
    const file = write(
      'twice.yaml',
      cluster + pod('cart-1', '10.0.0.3', 'cart') + monitor('a', twice) + monitor('b', twice),
    );
    const found = await answer('--offline', file);
    const [a, b] = ['podMonitor/shop/a/0', 'podMonitor/shop/b/0'];
    assert.deepEqual(found.overlaps, [{ scrapeUrl: 'http://10.0.0.9:80/metrics', scrapePools: [a, b] }]);
    assert.deepEqual(
      found.duplicateTargets.map(({ scrapeUrl }) => scrapeUrl),
      ['http://10.0.0.9:80/metrics', 'http://10.0.0.9:80/metrics'],
    );
    const { stdout } = await invoke('targets', '--offline', file, '--job', a, '--state', 'active,duplicate');
    assert.match(stdout, /active {6}overlap: also scraped by podMonitor\/shop\/b\/0$/m);
    assert.match(stdout, /duplicate {3}duplicate of target 1 of pod\/shop\/cart-1: same labels after relabelling$/m);
    assert.match(stdout, / · 2 in several jobs · 3 jobs · /);
  });

  it('a target that cannot be built is failed, with the reason of Prometheus', async () => {
    const file = write(
      'failed.yaml',
      cluster + monitor('x', ', relabelings: [{ targetLabel: __address__, replacement: "" }]'),
    );
    const { stdout } = await invoke('targets', '--offline', file, '--state', 'failed');
    assert.match(stdout, /podMonitor\/shop\/x\/0 {3}http:\/\/10.0.0.1:80\/metrics {3}failed {3}no address$/m);
  });

  it('shows all shards together, or one of them', async () => {
    const file = write(
      'shards.yaml',
      pod('cart-0', '10.0.0.1', 'cart') +
        pod('cart-1', '10.0.0.2', 'cart') +
        pod('cart-2', '10.0.0.3', 'cart') +
        monitor('cart') +
        prometheus('main', ', shards: 2'),
    );
    const urls = async (...args: readonly string[]): Promise<string[]> =>
      (await answer('--offline', file, ...args)).activeTargets.map(({ scrapeUrl }) => scrapeUrl).sort();
    const all = await urls();
    assert.equal(all.length, 3);
    const shards = [await urls('--shard', '0'), await urls('--shard', '1')];
    assert.deepEqual(shards.flat().sort(), all);
    assert.ok(shards.every(({ length }) => length < 3));
    const { code, stderr } = await invoke('targets', '--offline', file, '--shard', '2');
    assert.deepEqual([code, stderr], [2, 'stoker: Cannot show shard 2: there are 2, numbered from 0\n']);
  });

  it('--from-secret reads what was published', async () => {
    const config = 'scrape_configs: [{job_name: old, kubernetes_sd_configs: [{role: pod}]}]';
    const data = gzipSync(config).toString('base64');
    const secret = `
apiVersion: v1
kind: Secret
metadata: { name: prometheus-main, namespace: shop }
data: { prometheus.yaml.gz: ${data} }
`;
    const found = await answer('--offline', write('secret.yaml', cluster + secret), '--from-secret');
    assert.deepEqual([...new Set(found.activeTargets.map(({ scrapePool }) => scrapePool))], ['old']);
    const { code, stderr } = await invoke('targets', '--offline', write('cluster.yaml', cluster), '--from-secret');
    assert.equal(code, 1);
    assert.match(stderr, /^stoker: Cannot read Secret shop\/prometheus-main: there is no such Secret/);
  });

  it('--prometheus names one of several', async () => {
    const file = write('several.yaml', cluster + prometheus('other'));
    for (const name of ['main', 'shop/main', 'prometheus/shop/main', 'Prometheus/main'])
      assert.equal((await answer('--offline', file, '--prometheus', name)).activeTargets.length, 1, name);
    const unnamed = await invoke('targets', '--offline', file);
    const there = 'there are prometheus/shop/main, prometheus/shop/other';
    assert.deepEqual([unnamed.code, unnamed.stderr], [2, `stoker: Cannot choose a Prometheus: say which; ${there}\n`]);
    const unknown = await invoke('targets', '--offline', file, '--prometheus', 'shop/nope');
    const found = `stoker: Cannot find Prometheus "shop/nope": there is none; ${there}\n`;
    assert.deepEqual([unknown.code, unknown.stderr], [2, found]);
  });

  it('rejected monitors are said on stderr, with the field', async () => {
    const rejected = monitor('bad', ', basicAuth: { username: { name: nope, key: k } }');
    const { code, stderr } = await invoke('targets', '--offline', write('rejected.yaml', cluster + rejected));
    assert.equal(code, 0);
    assert.match(
      stderr,
      /^stoker: PodMonitor shop\/bad is rejected: spec\.podMetricsEndpoints\[0\]\.basicAuth.*"shop\/nope"/m,
    );
  });

  it('says which roles the manifests hold no object of', async () => {
    const { code, stderr } = await invoke(
      'targets',
      '--offline',
      write('bare.yaml', monitor('cart') + prometheus('main')),
    );
    assert.equal(code, 0);
    assert.equal(stderr, `${supposed}stoker: the manifests hold no object of role pod: no target can come of it\n`);
  });

  it('flags label keys that are one name to Prometheus', async () => {
    const odd = pod('odd', '10.0.0.5', 'cart, a.b: x, a-b: z');
    const { code, stderr } = await invoke(
      'targets',
      '--offline',
      write('odd.yaml', odd + monitor('cart') + prometheus('main')),
    );
    assert.equal(code, 0);
    const flagged = 'pod shop/odd: labels "a.b" and "a-b" are both "a_b" to Prometheus, which takes either value';
    assert.equal(stderr, `${supposed}stoker: ${flagged}\n`);
  });

  it('supposes Pods and endpoints that manifests do not hold, as explain does', async () => {
    const found = await answer('--offline', fileURLToPath(new URL('../../examples', import.meta.url)));
    const { counts } = found.summary;
    assert.equal(counts.active, 3);
    assert.ok(found.notes.some((note) => note.startsWith('supposed: one running, ready Pod of Deployment shop/cart')));
  });

  it('supposes the Pods of what the operator makes of workloads of every kind', async () => {
    const others = ['Alertmanager', 'ThanosRuler', 'PrometheusAgent'].map(
      (kind) => `
apiVersion: monitoring.coreos.com/v1${kind === 'PrometheusAgent' ? 'alpha1' : ''}
kind: ${kind}
metadata: { name: other, namespace: shop }
spec: { replicas: 1${kind === 'ThanosRuler' ? ', queryEndpoints: [query:80]' : ''} }
---`,
    );
    const own = `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: own, namespace: shop }
spec: { selector: { matchLabels: { app.kubernetes.io/managed-by: prometheus-operator } }, podMetricsEndpoints: [{ port: web }] }
---`;
    const text = `${prometheus('main').replace('replicas: 0', 'replicas: 1')}${own}${others.join('')}`;
    const { activeTargets } = await answer(
      '--prometheus',
      'prometheus/shop/main',
      '--offline',
      write('own.yaml', text),
    );
    assert.deepEqual(activeTargets.map(({ labels }) => labels.pod).sort(), [
      'alertmanager-other-supposed',
      'prom-agent-other-supposed',
      'prometheus-main-supposed',
      'thanos-ruler-other-supposed',
    ]);
  });
  for (const [what, args, message] of unusable) {
    it(`ends with 2 for ${what} that cannot be used`, async () => {
      const { code, stdout, stderr } = await invoke('targets', ...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.ok(stderr.includes(message), stderr);
    });
  }
});
