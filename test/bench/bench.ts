/**
 * `npm run bench [MONITORS…]`: start, one change, a burst and memory of the operator with many ServiceMonitors, beside the
 * floor measured in the same run. The figures are printed, never asserted. Linux only (proc(5)).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretType } from '../../src/api/builtin-types.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { createSystemClock } from '../../src/base/clock.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import { createClient } from '../../src/kubernetes/client/rest-client.ts';
import { loadKubeConfig } from '../../src/kubernetes/client/kube-config.ts';
import { createMonitor, nameNamespace } from './monitors.ts';
import type { ConfigSecret } from './observer.ts';
import { ConfigObserver } from './observer.ts';
import { median, readCpuMs, readPeakMb, startNode, stop, waitForLine } from './processes.ts';

interface Figures {
  readonly monitors: number;
  readonly startMs: number;
  readonly startCpuMs: number;
  readonly changeMs: number;
  readonly changeCpuMs: number;
  readonly burstMs: number;
  readonly burstCpuMs: number;
  readonly floorMs: number;
  readonly peakMb: number;
  readonly configKb: number;
  readonly secrets: number;
  readonly largestKb: number;
}

const changes = 20;
const burst = 500;

async function patchInterval(client: KubernetesClient, at: number, interval: string): Promise<void> {
  const { metadata } = createMonitor(at);
  const name = { namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
  const body = [{ op: 'replace', path: '/spec/endpoints/0/interval', value: interval }];
  await client.patch(serviceMonitorType, name, { kind: 'json', body });
}

/** The least that any operator needs: one event arrives on a watch, one Secret of the same size is written. */
async function measureFloor(client: KubernetesClient, bytes: number): Promise<number> {
  const name = { namespace: nameNamespace(1), name: 'floor' };
  const data = { 'prometheus.yaml.gz': Buffer.alloc(bytes, 'x').toString('base64') };
  await client.create<ConfigSecret>(secretType, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: name,
    data,
  });
  const abort = new AbortController();
  const { metadata } = await client.list(serviceMonitorType, { limit: 1 });
  const events = client
    .watch(serviceMonitorType, { resourceVersion: metadata.resourceVersion, signal: abort.signal })
    [Symbol.asyncIterator]();
  const times: number[] = [];
  for (let at = 0; at < changes; at += 1) {
    const arrived = events.next();
    const begin = performance.now();
    await patchInterval(client, at, `${20 + at}s`);
    await arrived;
    await client.update<ConfigSecret>(secretType, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: name,
      data,
    });
    times.push(performance.now() - begin);
  }
  abort.abort(new Error('done'));
  return median(times);
}

async function measure(monitors: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'stoker-bench-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const server = startNode(['--import', 'tsx', 'test/bench/server.ts', String(monitors), kubeconfig]);
  await waitForLine(server, 'ready');
  const client = createClient(loadKubeConfig({ kubeconfig }), { userAgent: 'bench', clock: createSystemClock() });
  const observer = new ConfigObserver(client);
  const watching = observer.run(nameNamespace(0), 'prometheus-bench');
  const begin = performance.now();
  const operator = startNode([
    'dist/stoker.mjs',
    'run',
    `--kubeconfig=${kubeconfig}`,
    '--web.listen-address=127.0.0.1:0',
    '--log-level=error',
  ]);
  const startMs = (await observer.waitFor('\n- job_name:', monitors)) - begin;
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const startCpuMs = readCpuMs(operator);
  const times: number[] = [];
  const cpuBefore = readCpuMs(operator);
  for (let at = 0; at < changes; at += 1) {
    const interval = `${100 + at}s`;
    const from = performance.now();
    await patchInterval(client, at * 17, interval);
    times.push((await observer.waitFor(`scrape_interval: ${interval}`, 1)) - from);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const changeCpuMs = (readCpuMs(operator) - cpuBefore) / changes;
  const cpuBurst = readCpuMs(operator);
  const burstBegin = performance.now();
  await Promise.all(Array.from({ length: burst }, (_, at) => patchInterval(client, at, '77s')));
  const burstMs = (await observer.waitFor('scrape_interval: 77s', burst)) - burstBegin;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const burstCpuMs = readCpuMs(operator) - cpuBurst;
  const peakMb = readPeakMb(operator);
  await stop(operator);
  const sizes = observer.sizes;
  const floorMs = await measureFloor(client, Math.max(...sizes));
  const figures = {
    monitors,
    startMs,
    startCpuMs,
    changeMs: median(times),
    changeCpuMs,
    burstMs,
    burstCpuMs,
    floorMs,
    peakMb,
    configKb: sizes.reduce((sum, bytes) => sum + bytes, 0) / 1024,
    secrets: sizes.length,
    largestKb: Math.max(...sizes) / 1024,
  };
  observer.stop();
  await watching;
  await client.close();
  await stop(server);
  rmSync(folder, { recursive: true });
  return figures;
}

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

function print(all: readonly Figures[]): void {
  const rows: [string, (figures: Figures) => string][] = [
    ['start to complete config, ms', ({ startMs }) => round(startMs)],
    ['CPU of the start, ms', ({ startCpuMs }) => round(startCpuMs)],
    [`one change to changed Secret, ms (median of ${changes})`, ({ changeMs }) => round(changeMs)],
    ['CPU of one change, ms', ({ changeCpuMs }) => round(changeCpuMs)],
    ['floor: one event and one Secret PUT, ms', ({ floorMs }) => round(floorMs)],
    ['one change, times the floor', ({ changeMs, floorMs }) => round(changeMs / floorMs)],
    [`burst of ${burst} changes to complete config, ms`, ({ burstMs }) => round(burstMs)],
    ['CPU of the burst, ms', ({ burstCpuMs }) => round(burstCpuMs)],
    ['peak memory, MB', ({ peakMb }) => round(peakMb)],
    ['configuration in Secrets, KB', ({ configKb }) => round(configKb)],
    ['Secrets with it', ({ secrets }) => String(secrets)],
    ['the largest of them, KB', ({ largestKb }) => round(largestKb)],
  ];
  const lines = [
    `| ServiceMonitors | ${all.map(({ monitors }) => monitors).join(' | ')} |`,
    `|---|${all.map(() => '--:').join('|')}|`,
    ...rows.map(([name, show]) => `| ${name} | ${all.map(show).join(' | ')} |`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const wanted = process.argv.slice(2).map(Number);
const all: Figures[] = [];
for (const monitors of wanted.length > 0 ? wanted : [2000, 10_000]) all.push(await measure(monitors));
print(all);
