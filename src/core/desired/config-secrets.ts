import { createHash } from 'node:crypto';
import type { ObjectMetadata } from '../../api/meta.ts';
import { TerminalError } from '../../base/errors.ts';
import { hashJson } from '../../base/hash.ts';
import type { Interruptible } from '../../base/interruptible.ts';
import { joinedConfigShare, largestSecretBytes } from '../limits.ts';
import type { RenderedConfig } from '../render/prometheus/config/prometheus-config.ts';
import type { SplitCache, SplitConfig } from '../render/prometheus/config/split-config.ts';
import { areAllInForm, chooseReserve, readJobFileReserve } from '../render/prometheus/job-file-reserve.ts';
import {
  nameJobFileSecret,
  nameSplitSecret,
  renderJobFileSecret,
  renderSplitSecret,
} from '../render/prometheus/job-file-secrets.ts';
import { renderConfigSecret } from '../render/prometheus/prometheus-secrets.ts';
import type { PrometheusWorkload } from '../render/prometheus/prometheus-workload.ts';
import { countShards } from '../render/prometheus/shards.ts';
import type { Secret, StatefulSet } from '../render/shared/rendered-objects.ts';
import type { Step } from './steps.ts';

interface ConfigToWrite {
  readonly workload: PrometheusWorkload;
  readonly config: RenderedConfig | 'unmanaged';
  /** The StatefulSets that there are in the namespace. */
  readonly live: readonly StatefulSet[];
  readonly cache: SplitCache;
}

/** How the configuration comes into Secrets. */
export interface WrittenConfig {
  /** What is to be there before the pods that mount it. */
  readonly before: readonly Step[];
  /** What is left from another form, for when no pod mounts it any more. */
  readonly after: readonly Step[];
  /** How many Secrets with jobs pods mount beside that with the configuration; 0: all jobs are in that one. */
  readonly jobFileReserve: number;
}

/**
 * One Secret as long as the configuration fits into it, else several (docs/adr/0009-beyond-one-secret.md). What pods run with is never
 * written over by another form: each form has Secrets of its own.
 * @throws {TerminalError} when there is too much of it: half of a configuration would drop targets.
 */
export function* writeConfig({ workload, config, live, cache }: ConfigToWrite): Interruptible<WrittenConfig> {
  if (config === 'unmanaged') {
    const object = renderConfigSecret(workload, new Uint8Array());
    const step: Step = { kind: 'write', object, fingerprint: 'unmanaged', once: true };
    return { before: [step], after: [], jobFileReserve: 0 };
  }
  const bytes = yield* config.gzip();
  const reserve = readJobFileReserve(workload, live);
  const fitting = reserve === 0 ? largestSecretBytes : largestSecretBytes * joinedConfigShare;
  if (bytes.length > fitting && canSplit(workload))
    return listSplitSteps(workload, yield* config.split(cache), reserve);
  requireFit(workload, bytes.length);
  const beyond = canSplit(workload) ? splits : `no change is written any more. ${describeWayOut(workload)}`;
  const step = writeBytes(renderConfigSecret(workload, bytes), bytes, beyond);
  return { before: [step], after: [pruneForm(workload, false)], jobFileReserve: 0 };
}

const splits = 'its jobs go into further Secrets, and pods restart once to mount them';

/** Jobs in other files than the first one are read from 2.43 on; in a DaemonSet each node would need files of its own. */
const canSplit = ({ version, form }: PrometheusWorkload): boolean =>
  form === 'StatefulSet' && version.isAtLeast('2.43.0');

function requireFit(workload: PrometheusWorkload, bytes: number): void {
  if (bytes <= largestSecretBytes) return;
  throw new TerminalError(
    `Cannot write the configuration: compressed it has ${bytes} bytes, and a Secret holds at most ${largestSecretBytes}; ` +
      `the last one stays. ${describeWayOut(workload)}`,
  );
}

function describeWayOut({ version, form, owner }: PrometheusWorkload): string {
  const { name = '' } = owner.metadata;
  const fewer = `Let "${name}" select fewer objects, or spread them over several objects of its kind`;
  if (form === 'DaemonSet')
    return `${fewer}: in mode DaemonSet jobs name their node, which is filled into one file alone`;
  if (version.isAtLeast('2.43.0')) return `${fewer}: only jobs without variables of pods go into further Secrets`;
  return `${fewer}, or run Prometheus 2.43 or later, which reads jobs from several Secrets`;
}

function writeBytes(object: Secret, bytes: Uint8Array, beyond: string): Step {
  const digest = createHash('sha256').update(bytes).digest('base64url');
  return {
    kind: 'write',
    object,
    fingerprint: hashJson({ metadata: object.metadata, digest }),
    room: { bytes: bytes.length, beyond },
  };
}

/**
 * A file that is new takes jobs from one with a lower number: high numbers are written first and surplus files removed last, so
 * that no job is ever missing. One that is there twice makes Prometheus keep what it has, until the files are right.
 */
function listSplitSteps(workload: PrometheusWorkload, { main, files }: SplitConfig, live: number): WrittenConfig {
  requireFit(workload, Math.max(main.length, ...files.map(({ bytes }) => bytes)));
  const reserve = chooseReserve(files, live);
  const shards = Array.from({ length: countShards(workload.spec) }, (_, shard) => shard);
  const sorted = [...files].sort((a, b) => b.index - a.index);
  const secrets = shards.flatMap((shard) => sorted.map((file) => renderJobFileSecret(workload, shard, file)));
  const wanted = new Set(secrets.map(({ object }) => object.metadata.name));
  const names = shards.flatMap((shard) =>
    Array.from({ length: reserve }, (_, index) => nameJobFileSecret(workload, shard, index)),
  );
  const isSurplus = (name: string): boolean => names.includes(name) && !wanted.has(name);
  return {
    before: [
      ...secrets.map((secret): Step => ({ kind: 'write', ...secret })),
      writeBytes(renderSplitSecret(workload, main), main, `no change is written any more. ${describeWayOut(workload)}`),
      pruneSecrets(workload, names.filter(isSurplus), isSurplus),
    ],
    after: [pruneForm(workload, true)],
    jobFileReserve: reserve,
  };
}

/** @param names those that are asked for one by one where Secrets may not be listed */
function pruneSecrets(
  workload: PrometheusWorkload,
  names: readonly string[],
  isSurplus: (name: string) => boolean,
): Extract<Step, { kind: 'prune' }> {
  return {
    kind: 'prune',
    type: 'Secret',
    prefix: nameSplitSecret(workload),
    wanted: 0,
    names,
    choose: (live) => listOwned(workload, live).filter(({ metadata: { name = '' } }) => isSurplus(name)),
  };
}

/** What of the live objects is the workload's own. */
export function listOwned({ owner }: PrometheusWorkload, live: readonly ObjectMetadata[]): ObjectMetadata[] {
  const { uid, namespace } = owner.metadata;
  return live.filter(
    ({ metadata }) =>
      metadata.namespace === namespace &&
      (metadata.ownerReferences ?? []).some((one) => one.controller === true && one.uid === uid),
  );
}

/** Secrets of the other form, and of shards that are no more, once every pod runs with this one. */
function pruneForm(workload: PrometheusWorkload, isSplit: boolean): Step {
  const shards = countShards(workload.spec);
  const split = nameSplitSecret(workload);
  const isOfShardAway = (name: string): boolean => {
    const [, shard] = /^-(\d+)-\d+$/.exec(name.startsWith(split) ? name.slice(split.length) : '') ?? [];
    return shard !== undefined && (!isSplit || Number(shard) >= shards);
  };
  const isOther = (name: string): boolean =>
    isOfShardAway(name) || name === (isSplit ? workload.names.configSecret : split);
  const step = pruneSecrets(workload, isSplit ? [workload.names.configSecret] : [], isOther);
  return {
    ...step,
    prefix: workload.names.configSecret,
    choose: (live, sets = []) => (areAllInForm(workload, sets, isSplit) ? step.choose(live) : []),
  };
}
