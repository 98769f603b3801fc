/**
 * `node --import tsx test/bench/page-streams.ts [MONITORS] [CLIENTS]`: what clients on the event stream of the page cost the operator: memory, how long
 * one change takes to reach all of them, and what a sync takes with and without them. Printed, never asserted. Linux only (proc(5)).
 */
import { readFileSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadavg, setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { findFreePort } from '../control-plane/readiness.ts';
import type { CrowdOrder, CrowdReport } from './page-crowd.ts';
import type { BenchCluster } from './cluster.ts';
import { startEmbedded } from './cluster.ts';
import { createMonitor, nameNamespace } from './monitors.ts';
import { ConfigObserver } from './observer.ts';
import { median, readCpuMs, stop } from './processes.ts';
import { stoker } from './subjects.ts';

const [monitors = 2_000, clients = 1_000] = process.argv.slice(2).map(Number);
const [rounds, changes, restMs] = [3, 15, 1_000];

interface Effort {
  /** From the change to the changed Secret. */
  readonly syncMs: number[];
  cpuMs: number;
  /** From the change until the last client has its event. */
  readonly reachMs: number[];
}

const readMb = (child: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** All clients, in a process of their own that gives way to the operator. */
class Crowd {
  readonly #child: ChildProcess;
  /** Rejects when there are no clients any more. */
  readonly #ended: Promise<never>;

  constructor(port: number) {
    const args = ['--import', 'tsx', 'test/bench/page-crowd.ts', String(port)];
    this.#child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    setPriority(this.#child.pid ?? 0, 5);
    this.#ended = once(this.#child, 'exit').then(() => Promise.reject(new Error('The clients have ended')));
  }

  async open(count: number): Promise<void> {
    this.#tell({ open: count });
    await this.#report();
  }

  /** Resolves when the last client has an event of what changes from now on; with that time, in milliseconds since 1970. */
  async mark(): Promise<{ readonly reached: Promise<number> }> {
    const reached = this.#report();
    this.#tell('mark');
    await delay(20);
    return { reached };
  }

  close(): void {
    this.#tell('close');
  }

  end(): void {
    this.#child.kill();
  }

  #tell(order: CrowdOrder): void {
    this.#child.send(order);
  }

  async #report(): Promise<number> {
    const [{ at }] = (await Promise.race([once(this.#child, 'message'), this.#ended])) as [CrowdReport];
    return at;
  }
}

async function settle(operator: ChildProcess): Promise<void> {
  for (let [last, quiet] = [readCpuMs(operator), 0]; quiet < 4;) {
    await delay(restMs);
    const now = readCpuMs(operator);
    quiet = now - last <= 10 ? quiet + 1 : 0;
    last = now;
  }
}

class Trial {
  readonly #cluster: BenchCluster;
  readonly #observer: ConfigObserver;
  readonly #operator: ChildProcess;
  #at = 0;

  constructor(cluster: BenchCluster, observer: ConfigObserver, operator: ChildProcess) {
    this.#cluster = cluster;
    this.#observer = observer;
    this.#operator = operator;
  }

  /** Single changes, one after the other. */
  async change(effort: Effort, crowd: Crowd, count: number): Promise<void> {
    const cpu = readCpuMs(this.#operator);
    for (let index = 0; index < changes; index += 1) {
      const marked = count > 0 ? await crowd.mark() : undefined;
      const begin = performance.now();
      const interval = this.#cluster.nextInterval();
      const synced = this.#observer.waitFor(`scrape_interval: ${interval}`, 1, new AbortController().signal);
      await this.#patch(interval);
      const arrived = await synced;
      if (arrived === undefined) throw new Error('The configuration did not change');
      effort.syncMs.push(arrived - begin);
      if (marked !== undefined) effort.reachMs.push((await marked.reached) - performance.timeOrigin - begin);
      await delay(restMs);
    }
    await settle(this.#operator);
    effort.cpuMs += readCpuMs(this.#operator) - cpu;
  }

  async #patch(interval: string): Promise<void> {
    const { metadata } = createMonitor((this.#at += 4) % monitors);
    const body = [{ op: 'replace', path: '/spec/endpoints/0/interval', value: interval }];
    const name = { namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
    await this.#cluster.client.patch(serviceMonitorType, name, { kind: 'json', body });
  }
}

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
const cluster = await startEmbedded(monitors);
const port = await findFreePort();
const operator = stoker([`--page.listen-address=127.0.0.1:${port}`]).start(cluster.kubeconfig);
const crowd = new Crowd(port);
try {
  const observer = new ConfigObserver(cluster.client);
  observer
    .run(nameNamespace(0), 'prometheus-bench')
    .catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  await observer.waitFor('\n- job_name:', monitors, new AbortController().signal);
  await settle(operator);
  const trial = new Trial(cluster, observer, operator);
  const alone: Effort = { syncMs: [], cpuMs: 0, reachMs: [] };
  const crowded: Effort = { syncMs: [], cpuMs: 0, reachMs: [] };
  const memory: { before: number; with: number }[] = [];
  await trial.change({ syncMs: [], cpuMs: 0, reachMs: [] }, crowd, 0);
  for (let at = 0; at < rounds; at += 1) {
    await trial.change(alone, crowd, 0);
    const before = readMb(operator);
    await crowd.open(clients);
    await trial.change(crowded, crowd, clients);
    memory.push({ before, with: readMb(operator) });
    crowd.close();
    await settle(operator);
  }
  const perChange = ({ cpuMs }: Effort): number => cpuMs / (rounds * changes);
  process.stdout.write(
    [
      `${monitors} ServiceMonitors, ${clients} clients, ${rounds} rounds of ${changes} changes, without and with clients by turns`,
      '| | without clients | with clients |',
      '|---|--:|--:|',
      `| one change to changed Secret, ms (median) | ${round(median(alone.syncMs))} | ${round(median(crowded.syncMs))} |`,
      `| CPU of the operator for one change, ms | ${round(perChange(alone))} | ${round(perChange(crowded))} |`,
      `| one change to the last client, ms (median) | | ${round(median(crowded.reachMs))} |`,
      `| the same, the slowest | | ${round(Math.max(...crowded.reachMs))} |`,
      `| memory of the operator, MB, by rounds | ${memory.map((one) => round(one.before)).join(', ')} | ${memory.map((one) => round(one.with)).join(', ')} |`,
      `load of the machine: ${loadavg().map(round).join(' ')}`,
      '',
    ].join('\n'),
  );
} finally {
  crowd.end();
  await stop(operator);
  await cluster.stop();
}
