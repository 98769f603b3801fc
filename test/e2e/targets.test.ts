import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createSystemClock } from '../../src/base/clock.ts';
import { renderCRD } from '../../src/api/crd.ts';
import { customKinds } from '../../src/api/kinds.ts';
import { namespaceType, podType, serviceType } from '../../src/api/builtin-types.ts';
import { apiVersionOf } from '../../src/api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../src/api/meta.ts';
import { dumpYaml, parseYaml, parseYamlDocuments } from '../../src/base/yaml.ts';
import { runCli } from '../../src/cli/program.ts';
import type { ApiTargets } from '../../src/core/targets/api-targets.ts';
import { createClient } from '../../src/kubernetes/client/rest-client.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { loadKubeConfig } from '../../src/kubernetes/client/kube-config.ts';
import { createSandboxServer } from '../../src/sandbox/server.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import { locateControlPlane, locatePrometheus } from '../control-plane/locate.ts';
import { startPrometheus } from '../control-plane/prometheus.ts';
import { eventually } from './support/eventually.ts';

interface Server {
  readonly kubeconfig: string;
  readonly access: { readonly server: string; readonly token: string };
  stop(): Promise<void>;
}

async function startReal(): Promise<Server> {
  const controlPlane = await startControlPlane();
  return {
    kubeconfig: controlPlane.kubeconfigPath,
    access: { server: controlPlane.server, token: controlPlane.adminToken },
    stop: () => controlPlane.stop(),
  };
}

async function startSandbox(folder: string): Promise<Server> {
  const sandbox = createSandboxServer();
  await sandbox.listen();
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, sandbox.kubeconfig());
  return { kubeconfig, access: { server: sandbox.url, token: sandbox.adminToken }, stop: () => sandbox.close() };
}

const crdType: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};
const sliceType: ResourceType = {
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  kind: 'EndpointSlice',
  namespaced: true,
};
const types = [namespaceType, podType, serviceType, sliceType, ...customKinds.map(({ type }) => type)];

const pod = (name: string, ip: string, labels: string, more = ''): string => `
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: ${labels} }
spec: { nodeName: n1, containers: [{ name: c, image: x, ports: [{ name: web, containerPort: 8080 }, { name: admin, containerPort: 9090 }] }] }
status: { phase: Running, podIP: ${ip}, podIPs: [{ ip: ${ip} }], conditions: [{ type: Ready, status: "True" }]${more} }
---`;

const endpoint = (name: string, ip: string): string =>
  `{ addresses: ["${ip}"], nodeName: n1, conditions: { ready: true }, targetRef: { kind: Pod, namespace: shop, name: ${name} } }`;

/** Kept and dropped targets by port, selector, phase and relabelling; equal ones in one job; one URL in two jobs; one that fails. */
const documents = `
kind: Namespace
metadata: { name: shop }
---${pod('cart-0', '10.9.0.1', '{ app: cart, tier: front }')}${pod('cart-1', '10.9.0.2', '{ app: cart }')}${pod('pay-0', '10.9.0.3', '{ app: pay }')}
kind: Service
metadata: { name: cart, namespace: shop, labels: { app: cart }, annotations: { a/b: c } }
spec: { selector: { app: cart }, ports: [{ name: web, port: 80, targetPort: 8080 }] }
---
kind: EndpointSlice
metadata: { name: cart-x, namespace: shop, labels: { kubernetes.io/service-name: cart } }
addressType: IPv4
ports: [{ name: web, port: 8080 }]
endpoints: [${endpoint('cart-0', '10.9.0.1')}, ${endpoint('cart-1', '10.9.0.2')}]
---
kind: ServiceMonitor
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  targetLabels: [app]
  endpoints:
    - { port: web, interval: 20s, relabelings: [{ action: drop, sourceLabels: [__meta_kubernetes_pod_label_tier], regex: front }] }
    - { port: nope }
---
kind: PodMonitor
metadata: { name: all, namespace: shop }
spec: { selector: {}, podMetricsEndpoints: [{ port: web, params: { module: [a, b] } }] }
---
kind: PodMonitor
metadata: { name: again, namespace: shop }
spec: { selector: { matchLabels: { app: pay } }, podMetricsEndpoints: [{ port: web, params: { module: [a, b] } }] }
---
kind: PodMonitor
metadata: { name: one, namespace: shop }
spec:
  selector: {}
  podMetricsEndpoints:
    - port: admin
      relabelings:
        - { targetLabel: __address__, replacement: "10.9.0.9:1" }
        - { action: labeldrop, regex: pod }
---
kind: PodMonitor
metadata: { name: none, namespace: shop }
spec: { selector: { matchLabels: { app: pay } }, podMetricsEndpoints: [{ port: web, relabelings: [{ targetLabel: __address__, replacement: a/b }] }] }
---
kind: Prometheus
metadata: { name: main, namespace: shop }
spec: { version: 3.15.0, serviceDiscoveryRole: EndpointSlice, serviceMonitorSelector: {}, podMonitorSelector: {} }
`;

const manifests = documents.replaceAll(/^kind: (\S+)$/gm, (line, kind: string) => {
  const type = types.find((one) => one.kind === kind);
  assert.ok(type, kind);
  return `apiVersion: ${apiVersionOf(type)}\n${line}`;
});

/** An API server with all of this. */
async function fill(client: KubernetesClient): Promise<void> {
  for (const kind of customKinds) await client.create(crdType, renderCRD(kind) as unknown as KubernetesObject);
  for (const document of parseYamlDocuments(manifests)) {
    const { status, ...object } = document as KubernetesObject & { status?: unknown };
    const type = types.find(({ kind }) => kind === object.kind);
    assert.ok(type, object.kind);
    const created = await eventually(`${object.kind ?? ''} is served`, () => client.create(type, object));
    if (status !== undefined)
      await client.update(type, { ...created, status } as KubernetesObject, { subresource: 'status' });
  }
}

interface SdConfig {
  role: string;
}
interface Config {
  scrape_configs: { kubernetes_sd_configs?: SdConfig[] }[];
}

/** The configuration for a Prometheus outside of the cluster, as the config-reloader of shard 0 would hand it on. */
function adapt(yaml: string, { server, token }: Server['access']): string {
  const config = parseYaml(yaml.replaceAll('$(SHARD)', '0')) as Config;
  const client = {
    api_server: server,
    authorization: { credentials: token },
    tls_config: { insecure_skip_verify: true },
  };
  for (const job of config.scrape_configs)
    for (const discovery of job.kubernetes_sd_configs ?? []) Object.assign(discovery, client);
  return dumpYaml(config);
}

type Answer = Pick<ApiTargets, 'activeTargets' | 'droppedTargets' | 'droppedTargetCounts'>;

/** What both must say, in one order; health and times are Prometheus' alone. */
function canonical({ activeTargets, droppedTargets, droppedTargetCounts }: Answer): unknown {
  const sort = (list: readonly unknown[]): unknown[] => list.map((one) => JSON.stringify(one)).sort();
  const inOrder = (labels: Readonly<Record<string, string>>): unknown => Object.entries(labels).sort();
  return {
    active: sort(
      activeTargets.map(({ discoveredLabels, labels, scrapePool, scrapeUrl, scrapeInterval, scrapeTimeout }) => [
        scrapePool,
        // Which of two equal targets is shown is left to chance.
        scrapePool.includes('/one/') ? [] : inOrder(discoveredLabels),
        inOrder(labels),
        ...[scrapeUrl, scrapeInterval, scrapeTimeout],
      ]),
    ),
    dropped: sort(droppedTargets.map(({ discoveredLabels, scrapePool }) => [scrapePool, inOrder(discoveredLabels)])),
    counts: Object.entries(droppedTargetCounts).sort(),
  };
}

/** What does not depend on how long something runs; Prometheus counts the discovery of its own Alertmanagers apart. */
function readGauges(metrics: string): string[] {
  const names =
    /^(?:prometheus_sd_discovered_targets|prometheus_sd_failed_configs|prometheus_target_scrape_pool_targets|prometheus_target_scrape_pool_target_limit|prometheus_target_scrape_pools_total)\b/;
  const lines = metrics.split('\n').filter((line) => names.test(line) && !line.includes('name="notify"'));
  // The order of labels means nothing.
  return lines
    .map((line) => line.replace(/\{(.*)\}/, (_, labels: string) => `{${labels.split(',').sort().join(',')}}`))
    .sort();
}

interface Place {
  readonly start: (folder: string) => Promise<Server>;
  readonly skipped: string | undefined;
  readonly hasRbac: boolean;
}

function describeCommand(where: string, { start, skipped, hasRbac }: Place): void {
  describe(`stoker targets on ${where}`, { skip: skipped ?? false, timeout: 300_000 }, () => {
    let folder: string;
    let server: Server;
    let client: KubernetesClient;

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'stoker-targets-'));
      server = await start(folder);
      client = createClient(loadKubeConfig({ kubeconfig: server.kubeconfig }), {
        userAgent: 'test',
        clock: createSystemClock(),
      });
      await fill(client);
    });
    after(async () => {
      await client.close();
      await server.stop();
      rmSync(folder, { recursive: true });
    });

    interface Running {
      stdout: string;
      stderr: string;
      readonly code: Promise<number>;
    }

    function begin(signal: AbortSignal, ...args: readonly string[]): Running {
      const running = { stdout: '', stderr: '', code: Promise.resolve(-1) };
      running.code = runCli([...args, '--kubeconfig', server.kubeconfig], {
        stdout: (text) => (running.stdout += text),
        stderr: (text) => (running.stderr += text),
        isTerminal: false,
        signal,
        env: {},
      });
      return running;
    }

    async function run(...args: readonly string[]): Promise<{ stdout: string; stderr: string; code: number }> {
      const running = begin(new AbortController().signal, ...args);
      const code = await running.code;
      return { ...running, code };
    }

    it('answers as a real Prometheus does', async () => {
      const ours = await run('targets', '--prometheus', 'shop/main', '--shard', '0', '-o', 'json');
      assert.deepEqual([ours.code, ours.stderr], [0, '']);
      const found = JSON.parse(ours.stdout) as ApiTargets;
      const file = join(folder, 'manifests.yaml');
      writeFileSync(file, manifests);
      let yaml = '';
      const io = { stdout: (text: string) => (yaml += text), stderr: () => undefined, isTerminal: false };
      await runCli(['render', file, '--config', 'prometheus/main'], {
        ...io,
        signal: new AbortController().signal,
        env: {},
      });
      const configFile = join(folder, 'prometheus.yml');
      writeFileSync(configFile, adapt(yaml, server.access));
      const prometheus = await startPrometheus({ configFile, args: ['--scrape.discovery-reload-interval=1s'] });
      try {
        await eventually(
          'both say the same',
          async () => {
            const response = await fetch(`${prometheus.url}/api/v1/targets`);
            const { data } = (await response.json()) as { data: Answer };
            assert.deepEqual(canonical(found), canonical(data));
          },
          60_000,
        );
        await eventually('both count the same', async () => {
          const theirs = await (await fetch(`${prometheus.url}/metrics`)).text();
          const counted = await run('targets', '--prometheus', 'shop/main', '--shard', '0', '-o', 'metrics');
          assert.deepEqual(readGauges(counted.stdout), readGauges(theirs));
        });
      } finally {
        await prometheus.stop();
      }
      assert.ok(found.activeTargets.length >= 5 && found.droppedTargets.length >= 10, ours.stdout.slice(0, 500));
      assert.deepEqual([found.failedTargets.length, found.duplicateTargets.length], [1, 2]);
    });

    it('names the field behind each rule', async () => {
      const { stdout } = await run('targets', '--prometheus', 'main', '--job', 'serviceMonitor/shop/cart/0');
      assert.match(
        stdout,
        /dropped .* drop: __meta_kubernetes_pod_label_tier is "front", which matches front · ServiceMonitor shop\/cart spec\.endpoints\[0\]\.relabelings\[0\]$/m,
      );
      assert.match(stdout, / · 2 in several jobs · 6 jobs · waste \d+ %\n$/);
    });

    it('takes what the API server refuses for a verdict', async () => {
      const config = join(folder, 'pods.yml');
      writeFileSync(
        config,
        'scrape_configs: [{job_name: j, kubernetes_sd_configs: [{role: pod, namespaces: {names: [shop]}}], static_configs: [{targets: ["a:1"]}]}]',
      );
      const nobody = 'system:serviceaccount:shop:nobody';
      const { code, stdout, stderr } = await run('targets', '--config', config, '--as', nobody);
      assert.deepEqual([code, stderr], [0, hasRbac ? 'stoker: cannot list pods in namespace shop: forbidden\n' : '']);
      assert.match(stdout, /http:\/\/a:1\/metrics +active/);
    });

    it('--watch tells of changes as they come, and Ctrl-C ends it with 0', async () => {
      const stopping = new AbortController();
      const running = begin(
        stopping.signal,
        'targets',
        '--watch',
        '--state',
        'active',
        '--job',
        'podMonitor/shop/all/0',
      );
      await eventually(
        'all targets are shown',
        () => running.stdout.split('\n').filter((line) => line.startsWith('+ ')).length === 3,
      );
      const known = running.stdout.length;
      await client.delete(podType, { namespace: 'shop', name: 'cart-1' }, { gracePeriodSeconds: 0 });
      await eventually('the target of a pod that is gone is gone', () => {
        assert.match(
          running.stdout.slice(known),
          /^- podMonitor\/shop\/all\/0 {3}http:\/\/10\.9\.0\.2:8080\/metrics\?module=a&module=b {3}active$/m,
        );
      });
      stopping.abort(new Error('SIGINT'));
      assert.equal(await running.code, 0);
    });
  });
}

const withoutPrometheus = locatePrometheus().skipped;
describeCommand('a real API server', {
  start: startReal,
  skipped: locateControlPlane().skipped ?? withoutPrometheus,
  hasRbac: true,
});
describeCommand('the sandbox', { start: startSandbox, skipped: withoutPrometheus, hasRbac: false });
