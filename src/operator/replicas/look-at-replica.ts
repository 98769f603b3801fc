import type { Clock } from '../../base/clock.ts';
import { compareConfig } from '../../core/loaded/compare-config.ts';
import type { KnownJobs } from '../../core/loaded/compare-config.ts';
import type { ExpectedReplica } from '../../core/loaded/expected-replicas.ts';
import type { ReplicaState } from '../../core/loaded/judge-loaded.ts';
import { readConfigAnswer, readRuntimeInfo } from '../../core/loaded/read-answers.ts';
import type { ReloadFacts } from '../../core/loaded/read-answers.ts';
import type { Turns } from '../../runtime/turns.ts';
import { AskError } from './ask-replica.ts';
import type { AskReplica, ReplicaAddress, ReplicaAnswer } from './ask-replica.ts';
import { lateLoadMs } from '../limits.ts';

/** What was written last. */
export interface WrittenConfig {
  /** Other contents, another revision. */
  readonly revision: string;
  /** The configuration alone, of the revision. */
  readonly configRevision: string;
  readonly text: () => Promise<string>;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** Whether it was seen being written, so that `at` is more than the time of the start. */
  readonly isSeen: boolean;
}

/** What the looks at one replica leave behind. */
export interface ReplicaMemory {
  readonly known: KnownJobs;
  /** When it had loaded what it ran, at the last look. */
  loadedAt: string | undefined;
  /** The same at the last look before something else was written. */
  loadedBefore: string | undefined;
  /** What was found when its configuration was read last. */
  found: FoundConfig | undefined;
}

interface FoundConfig {
  readonly configRevision: string;
  readonly loadedAt: string;
  /** Where it differs from what was written; undefined: nowhere. */
  readonly place: string | undefined;
  /** Nothing else can have been loaded in the same second. */
  readonly isFinal: boolean;
}

export interface LookDeps {
  readonly ask: AskReplica;
  readonly turns: Turns;
  readonly clock: Clock;
}

export interface LookTask {
  readonly replica: ExpectedReplica;
  readonly address: ReplicaAddress;
  readonly written: WrittenConfig;
  readonly memory: ReplicaMemory;
}

/**
 * Asks a replica that runs what it has loaded: one small answer tells whether it has loaded anything since the last look, and only then
 * its configuration is read, once. Never rejects for what the replica does.
 */
export async function lookAtReplica(deps: LookDeps, task: LookTask): Promise<ReplicaState> {
  try {
    const answer = await deps.ask(task.address, '/api/v1/status/runtimeinfo');
    const facts = readRuntimeInfo(parse(answer.text));
    if (facts === undefined)
      return { kind: 'barred', why: 'it does not tell of its reloads: it is no Prometheus from 2.14 on' };
    return await judge(deps, task, { answer, facts });
  } catch (error) {
    if (error instanceof AskError) return explainFailure(error, task);
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function judge(
  deps: LookDeps,
  task: LookTask,
  { answer, facts }: { readonly answer: ReplicaAnswer; readonly facts: ReloadFacts },
): Promise<ReplicaState> {
  const { memory, written } = task;
  const { loadedAt, succeeded } = facts;
  const place = await findPlace(deps, task, { answer, loadedAt });
  if (place === 'unread') return { kind: 'barred', why: 'its configuration cannot be read' };
  const isStale = place === undefined && memory.loadedBefore === loadedAt;
  memory.loadedAt = loadedAt;
  if (!succeeded) return { kind: 'refused', loadedAt };
  if (place === undefined && !isStale) return { kind: 'loaded' };
  const isLate = deps.clock.now() - written.at > lateLoadMs;
  return { kind: 'behind', place: place ?? 'rules, files or secrets, which are not printed', loadedAt, isLate };
}

/** Where its configuration differs; what was read at the last look is not read again. */
async function findPlace(
  { ask, turns }: LookDeps,
  { address, memory, written, replica }: LookTask,
  { answer, loadedAt }: { readonly answer: ReplicaAnswer; readonly loadedAt: string },
): Promise<string | undefined> {
  const { configRevision } = written;
  const { found } = memory;
  if (found?.isFinal === true && found.loadedAt === loadedAt && found.configRevision === configRevision)
    return found.place;
  const { text } = await ask(address, '/api/v1/status/config');
  const running = await turns.run(readConfigAnswer(text));
  if (running === undefined) return 'unread';
  const compared = await turns.run(
    compareConfig({ written: await written.text(), running, variables: replica.variables, known: memory.known }),
  );
  const place = compared.same ? undefined : compared.place;
  const isFinal = answer.at !== undefined && answer.at - Date.parse(loadedAt) >= 2000;
  memory.found = { configRevision, loadedAt, place, isFinal };
  return place;
}

function explainFailure(error: AskError, { replica, address }: LookTask): ReplicaState {
  const where = `${address.host}:${address.port}`;
  const { failure, message, status = 0 } = error;
  if (failure === 'closed' || status === 503) return { kind: 'away', why: `${where}: ${message}` };
  if (failure === 'silent') {
    if (!replica.isReady) return { kind: 'away', why: `${where} ${message}, and ${replica.problem}` };
    const way = 'if a NetworkPolicy keeps the operator out, let it in (docs/loaded.md)';
    return { kind: 'barred', why: `${where} ${message}: ${way}` };
  }
  if (failure === 'untrusted')
    return {
      kind: 'barred',
      why: `${where} ${message}: the operator trusts the certificate of spec.web.tlsConfig.cert, and has none of its own`,
    };
  if (status === 401 || status === 403)
    return { kind: 'barred', why: `${where} ${message}: it wants credentials, and the operator has none for it` };
  return { kind: 'barred', why: `${where} ${message}` };
}
