import { createTimeoutSignal } from '../../base/clock.ts';
import { describeError } from '../../base/errors.ts';
import type { ReplicasQuestion, ReplicaWeb } from '../../core/explain/questions.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { readAtMost } from '../../kubernetes/client/read-at-most.ts';
import { replicaAnswerBytes, replicaTimeoutMs } from '../limits.ts';

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
}

export interface ProgramOptions {
  /** For the Pods; absent: there is no cluster. */
  readonly client?: KubernetesClient | undefined;
  /** A program to ask instead of the Pods. */
  readonly url?: string | undefined;
  readonly signal: AbortSignal;
}

/** The programs of a workload: that of the URL, else those of the Pods. */
export function openPrograms({ pods, web }: ReplicasQuestion, options: ProgramOptions): readonly Program[] {
  const { url, client } = options;
  if (url !== undefined) return [openUrl(url, options)];
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
  const root = `/api/v1/namespaces/${namespace}/pods/${target}/proxy${web.prefix}`;
  return {
    name,
    shard,
    async get(path) {
      const request = { path: `${root}${path}`, accept: '*/*', mostBytes: replicaAnswerBytes };
      return (await options.client.raw({ ...request, method: 'GET', signal: openDeadline(options) })).body;
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
  try {
    const value = read(await program.get(path));
    return value === undefined ? { problem: `${path} gives something else` } : { value };
  } catch (error) {
    return { problem: describeError(error) };
  }
}

/** Why something is absent: the first reason, which mostly is the one for all. */
export function findProblem(parts: readonly Part<unknown>[]): { readonly problem?: string } {
  const problem = parts.find((part) => part.problem !== undefined)?.problem;
  return problem === undefined ? {} : { problem };
}
