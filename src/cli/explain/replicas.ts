import { createTimeoutSignal } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import { isJsonObject } from '../../base/json.ts';
import type { ReplicaFacts, ReplicaTarget } from '../../core/explain/facts.ts';
import { readField } from '../../core/explain/fields.ts';
import type { ReplicasQuestion } from '../../core/explain/questions.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { replicaTimeoutMs } from '../limits.ts';

interface AskOptions {
  readonly client: KubernetesClient;
  /** A running Prometheus to ask instead of the Pods. */
  readonly url: string | undefined;
  readonly signal: AbortSignal;
}

/** Gets the JSON at a path of Prometheus' API. */
type Fetch = (path: string) => Promise<unknown>;

/** Asks the running replicas of a workload what they have loaded and how their targets are. Never rejects. */
export function askReplicas(
  { workload, pods, web }: ReplicasQuestion,
  { client, url, signal }: AskOptions,
): Promise<readonly ReplicaFacts[]> {
  if (url !== undefined)
    return Promise.all([ask({ workload, name: url, shard: 0 }, (path) => fetchPlain(url, path, signal))]);
  const askPod = async ({ namespace, name, shard }: ReplicasQuestion['pods'][number]): Promise<ReplicaFacts> => {
    const target = `${web.scheme === 'https' ? 'https:' : ''}${name}:${web.port}`;
    const root = `/api/v1/namespaces/${namespace}/pods/${target}/proxy${web.prefix}`;
    const deadline = AbortSignal.any([signal, createTimeoutSignal(replicaTimeoutMs)]);
    return ask(
      { workload, name, shard },
      async (path) => (await client.raw({ method: 'GET', path: `${root}${path}`, signal: deadline })).body,
    );
  };
  return Promise.all(pods.map(askPod));
}

async function fetchPlain(url: string, path: string, signal: AbortSignal): Promise<unknown> {
  const deadline = AbortSignal.any([signal, createTimeoutSignal(replicaTimeoutMs)]);
  const response = await fetch(`${url.replace(/\/$/, '')}${path}`, { signal: deadline });
  if (!response.ok) throw new Error(`${path} gives status ${response.status}`);
  return response.json();
}

async function ask(
  replica: Pick<ReplicaFacts, 'workload' | 'name' | 'shard'>,
  fetchJson: Fetch,
): Promise<ReplicaFacts> {
  try {
    const [config, targets] = await Promise.all([
      fetchJson('/api/v1/status/config'),
      fetchJson('/api/v1/targets?state=active'),
    ]);
    const yaml = readField(config, 'data.yaml');
    return {
      ...replica,
      ...(typeof yaml === 'string' ? { config: yaml } : { problem: 'it gives no configuration' }),
      targets: readTargets(readField(targets, 'data.activeTargets')),
    };
  } catch (error) {
    return { ...replica, problem: describeError(error) };
  }
}

function readTargets(value: unknown): ReplicaTarget[] {
  const text = (object: Readonly<Record<string, unknown>>, name: string): string => {
    const found = object[name];
    return typeof found === 'string' ? found : '';
  };
  return (Array.isArray(value) ? (value as unknown[]) : []).filter(isJsonObject).map((one) => ({
    scrapePool: text(one, 'scrapePool'),
    scrapeUrl: text(one, 'scrapeUrl'),
    health: text(one, 'health'),
    lastError: text(one, 'lastError'),
  }));
}
