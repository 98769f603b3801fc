import { agentKind } from '../../core/kinds/prometheus-agent.ts';
import { serverKind } from '../../core/kinds/prometheus.ts';
import { createTimeoutSignal } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import { isJsonObject } from '../../base/json.ts';
import type { ExplainFacts, ReplicaFacts, ReplicaTarget } from '../../core/explain/facts.ts';
import { readField } from '../../core/explain/fields.ts';
import type { ObjectName } from '../../core/explain/model.ts';
import type { PodObject } from '../../core/targets/groups/objects.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { replicaTimeoutMs } from '../limits.ts';

interface AskOptions {
  readonly client: KubernetesClient;
  readonly pods: readonly PodObject[];
  readonly facts: ExplainFacts;
  /** A running Prometheus to ask instead of the Pods. */
  readonly url: string | undefined;
  readonly signal: AbortSignal;
}

/** Gets the JSON at a path of Prometheus' API. */
type Fetch = (path: string) => Promise<unknown>;

/** Asks the running replicas of workloads what they have loaded and how their targets are. Never rejects. */
export async function askReplicas(
  workloads: readonly ObjectName[],
  options: AskOptions,
): Promise<readonly ReplicaFacts[]> {
  const distinct = new Map(workloads.map((one) => [`${one.kind}/${one.namespace}/${one.name}`, one]));
  const all = [...distinct.values()].flatMap((workload) => listReplicas(workload, options));
  return Promise.all(all.map(({ replica, fetchJson }) => ask(replica, fetchJson)));
}

interface Asked {
  readonly replica: Pick<ReplicaFacts, 'workload' | 'name' | 'shard'>;
  readonly fetchJson: Fetch;
}

function listReplicas(workload: ObjectName, options: AskOptions): Asked[] {
  const { url, pods, client, signal } = options;
  if (url !== undefined)
    return [{ replica: { workload, name: url, shard: 0 }, fetchJson: (path) => fetchPlain(url, path, signal) }];
  const { port, prefix, scheme } = describeWeb(workload, options.facts);
  return pods
    .filter((pod) => isReplica(pod, workload))
    .map((pod) => {
      const { namespace = '', name = '', labels = {} } = pod.metadata;
      const shard = Number(labels['operator.prometheus.io/shard'] ?? '0');
      const target = `${scheme === 'https' ? 'https:' : ''}${name}:${port}`;
      const root = `/api/v1/namespaces/${namespace}/pods/${target}/proxy${prefix}`;
      const deadline = AbortSignal.any([signal, createTimeoutSignal(replicaTimeoutMs)]);
      const fetchJson: Fetch = async (path) =>
        (await client.raw({ method: 'GET', path: `${root}${path}`, signal: deadline })).body;
      return { replica: { workload, name, shard }, fetchJson };
    });
}

function isReplica({ metadata, status }: PodObject, { kind, namespace, name }: ObjectName): boolean {
  const label = kind === 'Prometheus' ? 'prometheus' : 'prometheus-agent';
  const { labels = {} } = metadata;
  const isOurs = labels['operator.prometheus.io/name'] === name && labels['app.kubernetes.io/name'] === label;
  return isOurs && metadata.namespace === namespace && status?.phase === 'Running';
}

function describeWeb(
  workload: ObjectName,
  { instancesOf }: ExplainFacts,
): { port: string; prefix: string; scheme: string } {
  const object = [...instancesOf(serverKind), ...instancesOf(agentKind)].find(
    ({ metadata }) => metadata.namespace === workload.namespace && metadata.name === workload.name,
  );
  const prefix = readField(object, 'spec.routePrefix');
  const isTls = readField(object, 'spec.web.tlsConfig') !== undefined;
  return {
    port: '9090',
    prefix: typeof prefix === 'string' ? prefix.replace(/\/$/, '') : '',
    scheme: isTls ? 'https' : 'http',
  };
}

async function fetchPlain(url: string, path: string, signal: AbortSignal): Promise<unknown> {
  const deadline = AbortSignal.any([signal, createTimeoutSignal(replicaTimeoutMs)]);
  const response = await fetch(`${url.replace(/\/$/, '')}${path}`, { signal: deadline });
  if (!response.ok) throw new Error(`${path} gives status ${response.status}`);
  return response.json();
}

async function ask(replica: Asked['replica'], fetchJson: Fetch): Promise<ReplicaFacts> {
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
