import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { secretType } from '../../src/api/builtin-types.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import type { KubernetesClient } from '../../src/kubernetes/client/client.ts';
import type { BenchCluster } from './cluster.ts';
import { createMonitor, nameNamespace } from './monitors.ts';
import type { ConfigSecret } from './observer.ts';
import { ConfigObserver } from './observer.ts';
import { median, readCpuMs, readPeakMb, stop } from './processes.ts';
import type { Subject } from './subjects.ts';

export interface Figures {
  readonly monitors: number;
  readonly startMs: number;
  readonly startCpuMs: number;
  readonly startPeakMb: number;
  readonly changeMs: number;
  readonly changeCpuMs: number;
  /** Bodies of all writes. */
  readonly changeBytes: number | undefined;
  readonly burstMs: number;
  readonly burstCpuMs: number;
  readonly peakMb: number;
  readonly configKb: number;
  readonly secrets: number;
  readonly largestKb: number;
}

export interface Floor {
  readonly ms: number;
  readonly cpuMs: number;
}

export interface Effort {
  /** Single changes, one after the other. */
  readonly changes: number;
  /** Changes at once; 0: none. */
  readonly burst: number;
  /** What a start, a change or a burst may take before the operator is given up. */
  readonly patienceMs: number;
}

export const fullEffort: Effort = { changes: 20, burst: 500, patienceMs: 600_000 };

const restMs = 300;

async function patchInterval(client: KubernetesClient, at: number, interval: string): Promise<void> {
  const { metadata } = createMonitor(at);
  const name = { namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
  const body = [{ op: 'replace', path: '/spec/endpoints/0/interval', value: interval }];
  await client.patch(serviceMonitorType, name, { kind: 'json', body });
}

/** The least that any operator needs: one event arrives on a watch, one Secret of that size is written. */
export async function measureFloor(cluster: BenchCluster, bytes: number): Promise<Floor> {
  const { client } = cluster;
  const name = { namespace: nameNamespace(1), name: `floor-${bytes}` };
  const content = Buffer.alloc(bytes, 'x').toString('base64');
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: name, data: { 'prometheus.yaml.gz': content } };
  await client.create<ConfigSecret>(secretType, secret);
  const abort = new AbortController();
  const { metadata } = await client.list(serviceMonitorType, { limit: 1 });
  const events = client
    .watch(serviceMonitorType, { resourceVersion: metadata.resourceVersion, signal: abort.signal })
    [Symbol.asyncIterator]();
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let at = 0; at < fullEffort.changes; at += 1) {
    const arrived = events.next();
    const begin = performance.now();
    await patchInterval(client, at, cluster.nextInterval());
    await arrived;
    const changed = { ...secret, data: { 'prometheus.yaml.gz': `${String.fromCharCode(65 + at)}${content.slice(1)}` } };
    await client.update<ConfigSecret>(secretType, changed);
    times.push(performance.now() - begin);
    await delay(restMs / 3);
  }
  const { user, system } = process.cpuUsage(before);
  abort.abort(new Error('done'));
  await client.delete(secretType, name);
  return { ms: median(times), cpuMs: (user + system) / 1000 / fullEffort.changes };
}

/** What the bench waits for did not come in time. */
export class GaveUpError extends Error {
  override readonly name = 'GaveUpError';
}

/** One operator on its way through start, changes and burst. */
class Run {
  readonly #cluster: BenchCluster;
  readonly #observer: ConfigObserver;
  readonly #effort: Effort;
  readonly #operator: ChildProcess;

  constructor(cluster: BenchCluster, observer: ConfigObserver, subject: Subject, effort: Effort) {
    this.#cluster = cluster;
    this.#observer = observer;
    this.#effort = effort;
    this.#operator = subject.start(cluster.kubeconfig);
  }

  async start(monitors: number): Promise<Pick<Figures, 'startMs' | 'startCpuMs' | 'startPeakMb'>> {
    const begin = performance.now();
    const startMs = (await this.#waitFor('\n- job_name:', monitors)) - begin;
    await this.settle();
    return { startMs, startCpuMs: readCpuMs(this.#operator), startPeakMb: readPeakMb(this.#operator) };
  }

  async change(): Promise<Pick<Figures, 'changeMs' | 'changeCpuMs' | 'changeBytes'>> {
    const { changes } = this.#effort;
    const times: number[] = [];
    const [cpu, bytes] = [readCpuMs(this.#operator), await this.#cluster.readWrittenBytes()];
    for (let at = 0; at < changes; at += 1) {
      const interval = this.#cluster.nextInterval();
      const from = performance.now();
      await patchInterval(this.#cluster.client, at * 4, interval);
      times.push((await this.#waitFor(`scrape_interval: ${interval}`, 1)) - from);
      await delay(restMs);
    }
    await this.settle();
    const [changeCpuMs, written] = [
      (readCpuMs(this.#operator) - cpu) / changes,
      await this.#cluster.readWrittenBytes(),
    ];
    const changeBytes = bytes === undefined || written === undefined ? undefined : (written - bytes) / changes;
    return { changeMs: median(times), changeCpuMs, changeBytes };
  }

  async burst(): Promise<Pick<Figures, 'burstMs' | 'burstCpuMs'>> {
    const { burst } = this.#effort;
    if (burst === 0) return { burstMs: 0, burstCpuMs: 0 };
    const interval = this.#cluster.nextInterval();
    const cpu = readCpuMs(this.#operator);
    const begin = performance.now();
    const all = Array.from({ length: burst }, (_, at) => patchInterval(this.#cluster.client, at, interval));
    await Promise.all(all);
    const burstMs = (await this.#waitFor(`scrape_interval: ${interval}`, burst)) - begin;
    await this.settle();
    return { burstMs, burstCpuMs: readCpuMs(this.#operator) - cpu };
  }

  /** Resolves when the process has computed nothing for a while. */
  async settle(): Promise<void> {
    for (let [last, quiet] = [readCpuMs(this.#operator), 0]; quiet < 4;) {
      await delay(restMs);
      const now = readCpuMs(this.#operator);
      quiet = now - last <= 10 ? quiet + 1 : 0;
      last = now;
    }
  }

  readPeakMb(): number {
    return readPeakMb(this.#operator);
  }

  async stop(): Promise<void> {
    await stop(this.#operator);
  }

  async #waitFor(pattern: string, times: number): Promise<number> {
    const { patienceMs } = this.#effort;
    const ended = new AbortController();
    const end = (): void => ended.abort();
    const giveUp = setTimeout(end, patienceMs);
    this.#operator.once('exit', end);
    const arrived = await this.#observer.waitFor(pattern, times, ended.signal);
    clearTimeout(giveUp);
    this.#operator.off('exit', end);
    if (arrived === undefined) throw new GaveUpError(`No complete configuration within ${patienceMs} ms`);
    return arrived;
  }
}

export interface MeasureOptions {
  readonly monitors: number;
  readonly effort?: Effort;
  /** What has to end while the operator still runs. */
  readonly beforeStop?: () => Promise<unknown> | undefined;
}

/** Start, single changes and a burst of one operator that finds nothing of its own in the cluster. */
export async function measure(
  cluster: BenchCluster,
  subject: Subject,
  { monitors, effort = fullEffort, beforeStop }: MeasureOptions,
): Promise<Figures> {
  const observer = new ConfigObserver(cluster.client);
  const watching = observer.run(nameNamespace(0), 'prometheus-bench');
  const run = new Run(cluster, observer, subject, effort);
  try {
    const figures = { ...(await run.start(monitors)), ...(await run.change()), ...(await run.burst()) };
    const { sizes } = observer;
    const largest = Math.max(...sizes);
    const sum = sizes.reduce((all, bytes) => all + bytes, 0);
    const size = { configKb: sum / 1024, secrets: sizes.length, largestKb: largest / 1024 };
    const measured = { monitors, ...figures, peakMb: run.readPeakMb(), ...size };
    await beforeStop?.();
    return measured;
  } finally {
    await run.stop();
    observer.stop();
    await watching;
  }
}
