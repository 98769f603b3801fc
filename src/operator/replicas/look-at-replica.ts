import type { Clock } from '../../base/clock.ts';
import type { KnownJobs } from '../../core/loaded/compare-config.ts';
import type { KnownRuleFiles } from '../../core/loaded/compare-rules.ts';
import type { ExpectedReplica } from '../../core/loaded/expected-replicas.ts';
import type { ReplicaState, VersionGap } from '../../core/loaded/judge-loaded.ts';
import type { ReloadFacts } from '../../core/loaded/read-answers.ts';
import { Version } from '../../base/version.ts';
import type { Turns } from '../../runtime/turns.ts';
import { AskError } from './ask-replica.ts';
import type { AskReplica, ReplicaAddress, ReplicaAnswer } from './ask-replica.ts';
import { lateLoadMs } from '../limits.ts';
import type { Revisions } from './written-config.ts';

/** What was written last. */
export interface WrittenConfig extends Revisions {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** Whether it was seen being written, so that `at` is more than the time of the start. */
  readonly isSeen: boolean;
}

/** What the looks at one replica leave behind. */
export interface ReplicaMemory {
  readonly known: KnownJobs;
  readonly knownRules: KnownRuleFiles;
  /** When it had loaded what it ran, at the last look. */
  loadedAt: string | undefined;
  /** The same at the last look before something was written that its answers do not show. */
  loadedBefore: string | undefined;
  /** What was found when its configuration was read last. */
  found: Finding | undefined;
  /** The same of its rules. */
  foundRules: Finding | undefined;
  /** Its version, as it was when a reload had failed. */
  version: { readonly loadedAt: string; readonly value: string | undefined } | undefined;
  /** Of the configuration, where that is what the program tells. */
  hash: { readonly revision: string; readonly value: number | undefined } | undefined;
}

/** What reading one answer found. */
export interface Finding {
  /** Of what was written. */
  readonly revision: string;
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
  /** That the configuration is written for. */
  readonly version: Version;
}

/** Asks one replica of a kind. @throws {AskError} */
export type Look = (deps: LookDeps, task: LookTask) => Promise<ReplicaState>;

/** Asks a replica that runs what it has loaded. Never rejects for what the replica does. */
export async function lookAtReplica(look: Look, deps: LookDeps, task: LookTask): Promise<ReplicaState> {
  try {
    return await look(deps, task);
  } catch (error) {
    if (error instanceof AskError) return explainFailure(error, task);
    throw error;
  }
}

/** What a replica said of its last reload, and when. */
export interface Told {
  readonly answer: ReplicaAnswer;
  readonly facts: ReloadFacts;
}

/** Whether something was read that still holds: the same was written, and nothing was loaded since. */
export const isKnown = (found: Finding | undefined, revision: string, loadedAt: string): found is Finding =>
  found?.isFinal === true && found.loadedAt === loadedAt && found.revision === revision;

/** Times of reloads have whole seconds. */
export const isFinal = ({ answer, facts }: Told): boolean =>
  answer.at !== undefined && answer.at - Date.parse(facts.loadedAt) >= 2000;

/** What is to be said of a replica whose last reload was good. */
export function judgePlace({ clock }: LookDeps, { memory, written }: LookTask, told: JudgedPlace): ReplicaState {
  const { place, loadedAt } = told;
  const isStale = place === undefined && memory.loadedBefore === loadedAt;
  if (place === undefined && !isStale) return { kind: 'loaded' };
  const isLate = clock.now() - written.at > lateLoadMs;
  return { kind: 'behind', place: place ?? 'files or secrets, which are not printed', loadedAt, isLate };
}

export interface JudgedPlace {
  /** Where it differs from what was written; undefined: nowhere that can be seen. */
  readonly place: string | undefined;
  readonly loadedAt: string;
}

/**
 * Undefined unless the program is older than what the configuration is written for, or of another major version: such a one refuses what it
 * does not know.
 */
export function findGap(runs: string | undefined, wanted: Version): VersionGap | undefined {
  const version = readVersion(runs);
  if (version === undefined) return undefined;
  const isFit = version.major === wanted.major && version.isAtLeast(wanted.toString());
  return isFit ? undefined : { runs: version.toString(), wanted: wanted.toString() };
}

function readVersion(text = ''): Version | undefined {
  try {
    return Version.parse(text);
  } catch {
    return undefined;
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
