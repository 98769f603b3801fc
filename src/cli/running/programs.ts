import { createTimeoutSignal } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { ReplicasQuestion, ReplicaWeb } from '../../core/explain/questions.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { readAtMost } from '../../kubernetes/client/read-at-most.ts';
import { replicaAnswerBytes, replicaLogLines, replicaTimeoutMs } from '../limits.ts';

/** A Prometheus, ThanosRuler or Alertmanager that runs. */
export interface Program {
  /** For people: the pod, or the URL that is asked. */
  readonly name: string;
  readonly shard: number;
  /**
   * What it answers at a path below its prefix: parsed JSON, or the text where it is none. Rejects when no answer comes in
   * time, it is too long, or its status says no.
   */
  get(path: string): Promise<unknown>;
  /** The end of what a container of its Pod has printed, as `get`; absent of a program at a URL. */
  readonly readLog?: (container: string) => Promise<string>;
}

export interface ProgramOptions {
  /** For the Pods; absent: there is no cluster. */
  readonly client?: KubernetesClient | undefined;
  /** Programs to ask instead of the Pods. */
  readonly urls?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** The programs of a workload: those of the URLs, else those of the Pods. */
export function openPrograms({ pods, web }: ReplicasQuestion, options: ProgramOptions): readonly Program[] {
  const { urls, client } = options;
  if (urls !== undefined) return urls.map((url) => openUrl(url, options));
  return client === undefined ? [] : pods.map((pod) => openPod(pod, web, { ...options, client }));
}

const openUrl = (url: string, options: ProgramOptions): Program => ({
  name: url,
  shard: 0,
  get: (path) => fetchPlain(`${url.replace(/\/$/, '')}${path}`, options),
});

/** Through the API server, which takes the rights of who asks. */
function openPod(
  { namespace, name, shard }: ReplicasQuestion['pods'][number],
  web: ReplicaWeb,
  options: ProgramOptions & { readonly client: KubernetesClient },
): Program {
  const target = `${web.scheme === 'https' ? 'https:' : ''}${name}:${web.port}`;
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  const ask = async (request: { readonly path: string; readonly query?: Record<string, string> }): Promise<unknown> => {
    const bounds = { mostBytes: replicaAnswerBytes, signal: openDeadline(options) };
    return (await options.client.raw({ ...request, ...bounds, method: 'GET', accept: '*/*' })).body;
  };
  return {
    name,
    shard,
    get: (path) => ask({ path: `${pods}/${target}/proxy${web.prefix}${path}` }),
    async readLog(container) {
      const query = { container, tailLines: String(replicaLogLines) };
      const body = await ask({ path: `${pods}/${name}/log`, query });
      // A single line of JSON was parsed.
      return typeof body === 'string' ? body : JSON.stringify(body ?? '');
    },
  };
}

const openDeadline = ({ signal }: Pick<ProgramOptions, 'signal'>): AbortSignal =>
  AbortSignal.any([signal, createTimeoutSignal(replicaTimeoutMs)]);

async function fetchPlain(url: string, options: ProgramOptions): Promise<unknown> {
  const response = await fetch(url, { signal: openDeadline(options) });
  if (!response.ok || response.body === null) throw new Error(`${url} gives status ${response.status}`);
  const text = await readAtMost(response.body, replicaAnswerBytes);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** One part of what a program says, or why it could not be had. */
export type Part<T> = { readonly value: T; readonly problem?: undefined } | { readonly problem: string };

/** @param read undefined for what is no such answer. */
export async function readPart<T>(
  program: Program,
  path: string,
  read: (answer: unknown) => T | undefined,
): Promise<Part<T>> {
  const answer = await tryPart(() => program.get(path));
  if (!('value' in answer)) return answer;
  const value = read(answer.value);
  return value === undefined ? { problem: `${path} gives something else` } : { value };
}

/** What is got, or why not. */
export async function tryPart<T>(get: () => Promise<T>): Promise<Part<T>> {
  try {
    return { value: await get() };
  } catch (error) {
    return { problem: describeError(error) };
  }
}

/** Why something is absent: the first reason, which mostly is the one for all. */
export function findProblem(parts: readonly Part<unknown>[]): { readonly problem?: string } {
  const problem = parts.find((part) => part.problem !== undefined)?.problem;
  return problem === undefined ? {} : { problem };
}
