/** The API servers of the bench: the embedded one in a process of its own, or a real kube-apiserver with etcd. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { namespaceType } from '../../src/api/builtin-types.ts';
import { renderCRD } from '../../src/api/crd.ts';
import { customKinds } from '../../src/api/kinds.ts';
import type { ResourceType } from '../../src/api/meta.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { createSystemClock } from '../../src/base/clock.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { createClient } from '../../src/kubernetes/client/rest-client.ts';
import { loadKubeConfig } from '../../src/kubernetes/client/kube-config.ts';
import { startControlPlane } from '../control-plane/control-plane.ts';
import { createMonitor, createNamespace, createPrometheus, namespaceCount } from './monitors.ts';
import { startNode, stop, waitForLine } from './processes.ts';

export interface BenchCluster {
  readonly kubeconfig: string;
  readonly client: KubernetesClient;
  /** Adds monitors until there are so many. */
  fill(monitors: number): Promise<void>;
  /** A scrape interval that no monitor has had yet. */
  nextInterval(): string;
  /** Bytes of the bodies of all writes so far that were not about monitors; undefined where the server does not count them. */
  readWrittenBytes(): Promise<number | undefined>;
  stop(): Promise<void>;
}

const crdType: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};
const createdAtOnce = 16;

function countIntervals(): () => string {
  let seconds = 1000;
  return () => `${(seconds += 1)}s`;
}

const connect = (kubeconfig: string): KubernetesClient =>
  createClient(loadKubeConfig({ kubeconfig }), { userAgent: 'bench', clock: createSystemClock() });

/** Has the monitors before it listens. */
export async function startEmbedded(monitors: number): Promise<BenchCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-bench-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const server = startNode(['--import', 'tsx', 'test/bench/server.ts', String(monitors), kubeconfig]);
  await waitForLine(server, 'ready');
  const client = connect(kubeconfig);
  let count = monitors;
  return {
    kubeconfig,
    client,
    nextInterval: countIntervals(),
    fill: async (wanted) => void (count = await createMonitors(client, count, wanted)),
    readWrittenBytes: () => Promise.resolve(undefined),
    stop: async () => {
      await client.close();
      await stop(server);
      rmSync(folder, { recursive: true });
    },
  };
}

/** @throws {Error} when its binaries are not there. */
export async function startReal(): Promise<BenchCluster> {
  const controlPlane = await startControlPlane();
  const kubeconfig = controlPlane.kubeconfigPath;
  const client = connect(kubeconfig);
  await Promise.all(customKinds.map((kind) => client.create(crdType, renderCRD(kind) as never)));
  for (let at = 0; at < namespaceCount; at += 1) await client.create(namespaceType, createNamespace(at));
  await untilServed(client, prometheusType);
  await untilServed(client, serviceMonitorType);
  await client.create(prometheusType, createPrometheus());
  let count = 0;
  return {
    kubeconfig,
    client,
    nextInterval: countIntervals(),
    fill: async (wanted) => void (count = await createMonitors(client, count, wanted)),
    readWrittenBytes: async () => sumBodies(String((await client.raw({ method: 'GET', path: '/metrics' })).body)),
    stop: async () => {
      await client.close();
      await controlPlane.stop();
    },
  };
}

async function untilServed(client: KubernetesClient, type: ResourceType): Promise<void> {
  for (;;) {
    try {
      await client.list(type, { limit: 1 });
      return;
    } catch {
      await delay(200);
    }
  }
}

async function createMonitors(client: KubernetesClient, from: number, to: number): Promise<number> {
  let next = from;
  const work = async (): Promise<void> => {
    for (let at = next++; at < to; at = next++) await client.create(serviceMonitorType, createMonitor(at));
  };
  await Promise.all(Array.from({ length: createdAtOnce }, work));
  return Math.max(from, to);
}

/** The monitors are what the bench writes. */
function sumBodies(metrics: string): number {
  const sums = metrics.matchAll(/^apiserver_request_body_size_bytes_sum\{([^}]*)\} (\S+)$/gm);
  let bytes = 0;
  for (const [, labels = '', value] of sums) if (!labels.includes('servicemonitors')) bytes += Number(value);
  return bytes;
}
