/** Where `stoker targets` is asked: API servers with targets of every sort, and what Prometheus says of them. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderCRD } from '../../../src/api/crd.ts';
import { customKinds } from '../../../src/api/kinds.ts';
import { namespaceType, podType, serviceType } from '../../../src/api/builtin-types.ts';
import { apiVersionOf } from '../../../src/api/meta.ts';
import type { KubernetesObject, ResourceType } from '../../../src/api/meta.ts';
import { dumpYaml, parseYaml, parseYamlDocuments } from '../../../src/base/yaml.ts';
import type { ApiTargets } from '../../../src/core/targets/api-targets.ts';
import type { KubernetesClient } from '../../../src/kubernetes/client/client.ts';
import { createSandboxServer } from '../../../src/sandbox/server.ts';
import { startControlPlane } from '../../control-plane/control-plane.ts';
import { eventually } from './eventually.ts';

export interface Server {
  readonly kubeconfig: string;
  readonly access: { readonly server: string; readonly token: string };
  stop(): Promise<void>;
}

export async function startReal(): Promise<Server> {
  const controlPlane = await startControlPlane();
  return {
    kubeconfig: controlPlane.kubeconfigPath,
    access: { server: controlPlane.server, token: controlPlane.adminToken },
    stop: () => controlPlane.stop(),
  };
}

export async function startSandbox(folder: string): Promise<Server> {
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

export const manifests = documents.replaceAll(/^kind: (\S+)$/gm, (line, kind: string) => {
  const type = types.find((one) => one.kind === kind);
  assert.ok(type, kind);
  return `apiVersion: ${apiVersionOf(type)}\n${line}`;
});

/** An API server with all of this. */
export async function fill(client: KubernetesClient): Promise<void> {
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
export function adapt(yaml: string, { server, token }: Server['access']): string {
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

export type Answer = Pick<ApiTargets, 'activeTargets' | 'droppedTargets' | 'droppedTargetCounts'>;

/** What both must say, in one order; health and times are Prometheus' alone. */
export function canonical({ activeTargets, droppedTargets, droppedTargetCounts }: Answer): unknown {
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
export function readGauges(metrics: string): string[] {
  const names =
    /^(?:prometheus_sd_discovered_targets|prometheus_sd_failed_configs|prometheus_target_scrape_pool_targets|prometheus_target_scrape_pool_target_limit|prometheus_target_scrape_pools_total)\b/;
  const lines = metrics.split('\n').filter((line) => names.test(line) && !line.includes('name="notify"'));
  // The order of labels means nothing.
  return lines
    .map((line) => line.replace(/\{(.*)\}/, (_, labels: string) => `{${labels.split(',').sort().join(',')}}`))
    .sort();
}

export interface Place {
  readonly start: (folder: string) => Promise<Server>;
  readonly skipped: string | undefined;
  readonly hasRbac: boolean;
}
