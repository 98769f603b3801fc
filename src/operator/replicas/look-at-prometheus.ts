import { compareConfig } from '../../core/loaded/compare-config.ts';
import type { ReplicaState, VersionGap } from '../../core/loaded/judge-loaded.ts';
import { readBuildInfo, readConfigAnswer, readRuntimeInfo } from '../../core/loaded/read-answers.ts';
import { findGap, isFinal, isKnown, judgePlace, parseJson } from './look-at-replica.ts';
import type { LookDeps, LookTask, Told } from './look-at-replica.ts';
import { findRulesPlace } from './look-at-rules.ts';

/**
 * One small answer tells whether it has loaded anything since the last look, and only then its configuration is read, once, and
 * its rules where the configuration is as it should be.
 */
export async function lookAtPrometheus(deps: LookDeps, task: LookTask): Promise<ReplicaState> {
  const { memory, address } = task;
  const answer = await deps.ask(address, '/api/v1/status/runtimeinfo');
  const facts = readRuntimeInfo(parseJson(answer.text));
  if (facts === undefined)
    return { kind: 'barred', why: 'it does not tell of its reloads: it is no Prometheus from 2.14 on' };
  const { loadedAt } = facts;
  const told: Told = { answer, facts };
  if (!facts.succeeded) {
    memory.loadedAt = loadedAt;
    return { kind: 'refused', loadedAt, version: await askVersion(deps, task, told) };
  }
  const place = await findPlace(deps, task, told);
  memory.loadedAt = loadedAt;
  if (place === 'unread') return { kind: 'barred', why: 'its configuration or its rules cannot be read' };
  return judgePlace(deps, task, { place, loadedAt });
}

async function findPlace(deps: LookDeps, task: LookTask, told: Told): Promise<string | undefined> {
  return (await findConfigPlace(deps, task, told)) ?? (await findRulesPlace(deps, task, told));
}

/** Where its configuration differs; what was read at the last look is not read again. */
async function findConfigPlace(
  { ask, turns }: LookDeps,
  { address, memory, written: { config }, replica }: LookTask,
  told: Told,
): Promise<string | undefined> {
  if (config === undefined) return undefined;
  const { loadedAt } = told.facts;
  const { revision } = config;
  const { found } = memory;
  if (isKnown(found, revision, loadedAt)) return found.place;
  const { text } = await ask(address, '/api/v1/status/config');
  const running = await turns.run(readConfigAnswer(text));
  if (running === undefined) return 'unread';
  const { variables } = replica;
  const compared = await turns.run(
    compareConfig({ written: await config.text(), running, variables, known: memory.known }),
  );
  const place = compared.same ? undefined : compared.place;
  memory.found = { revision, loadedAt, place, isFinal: isFinal(told) };
  return place;
}

/** Asked once for what it runs: why a reload fails is often that it is older than what is written. */
async function askVersion(
  { ask }: LookDeps,
  { address, memory, version }: LookTask,
  { facts: { loadedAt } }: Told,
): Promise<VersionGap | undefined> {
  if (memory.version?.loadedAt !== loadedAt) {
    const { text } = await ask(address, '/api/v1/status/buildinfo');
    memory.version = { loadedAt, value: readBuildInfo(parseJson(text)) };
  }
  return findGap(memory.version.value, version);
}
