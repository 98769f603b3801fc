import { gunzipSync } from 'node:zlib';
import type { KubernetesObject } from '../../api/meta.ts';
import type { Prometheus } from '../../api/prometheus.ts';
import { prometheusType } from '../../api/prometheus.ts';
import { secretType } from '../../api/builtin-types.ts';
import type { Io } from '../io.ts';
import type { SandboxApi } from '../../sandbox/api.ts';

/** Says what happens, one line a step; ticks are coloured on terminals only. */
export class Story {
  readonly #io: Io;
  #since = performance.now();

  constructor(io: Io) {
    this.#io = io;
  }

  say(text = ''): void {
    this.#io.stdout(`${text}\n`);
  }

  /** A step that is done, with the time since the one before. */
  done(text: string): void {
    const now = performance.now();
    const seconds = ((now - this.#since) / 1000).toFixed(1);
    this.#since = now;
    this.say(`  ${this.#mark('✓', 32)} ${text.padEnd(78)} ${seconds.padStart(5)} s`);
  }

  failed(text: string): void {
    this.say(`  ${this.#mark('✗', 31)} ${text}`);
  }

  /** Something to look at, and the command that says more. */
  warn(text: string, command: string): void {
    this.say(`  ${this.#mark('!', 33)} ${text}\n      ${command}`);
  }

  #mark(sign: string, colour: number): string {
    return this.#io.isTerminal ? `\u001b[${colour}m${sign}\u001b[0m` : sign;
  }
}

/** "1 Prometheus, 3 ServiceMonitors, 5 others": our own kinds by name, so that the line stays short. */
export function countKinds(objects: readonly KubernetesObject[]): string {
  const counts = new Map<string, number>();
  for (const { kind = '', apiVersion = '' } of objects) {
    const name = apiVersion.startsWith('monitoring.coreos.com/') ? kind : 'other';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const others = counts.get('other') ?? 0;
  counts.delete('other');
  if (others > 0) counts.set('other', others);
  return [...counts]
    .map(([kind, count]) => `${count} ${kind}${count === 1 || kind.endsWith('s') ? '' : 's'}`)
    .join(', ');
}

/** What the status of a Prometheus says: ready, and if not, why. */
export interface Progress {
  readonly available: boolean;
  readonly text: string;
}

export function readProgress(prometheus: Prometheus): Progress {
  const { conditions = [], availableReplicas = 0 } = prometheus.status ?? {};
  const wanted = (prometheus.spec.replicas ?? 1) * Math.max(1, prometheus.spec.shards ?? 1);
  const bad = conditions
    .filter(({ status }) => status !== 'True')
    .map(({ type, reason = '', message = '' }) => `${type}: ${reason} ${message}`);
  const available =
    conditions.some(({ type, status }) => type === 'Available' && status === 'True') && bad.length === 0;
  return {
    available,
    text: available ? `${availableReplicas}/${wanted} ready` : bad.join('; ').trim() || 'no status yet',
  };
}

export function listPrometheuses(api: SandboxApi): Prometheus[] {
  return api.list(prometheusType).items as unknown as Prometheus[];
}

/** Names of the jobs in the config that the operator wrote; undefined while there is none. */
export function readJobs(api: SandboxApi, prometheus: Prometheus): string[] | undefined {
  const { namespace = '', name = '' } = prometheus.metadata;
  const secret = api.get(secretType, { namespace, name: `prometheus-${name}` });
  const data = (secret?.data as Record<string, string> | undefined)?.['prometheus.yaml.gz'] ?? '';
  if (data === '') return undefined;
  const text = gunzipSync(Buffer.from(data, 'base64')).toString('utf8');
  return [...text.matchAll(/^- job_name: (.+)$/gm)].map(([, job = '']) => job);
}
