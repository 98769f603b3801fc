import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import type { DesiredPrometheus } from '../../core/desired/desired-prometheus.ts';
import type { Step } from '../../core/desired/steps.ts';
import { nameSplitSecret } from '../../core/render/prometheus/job-file-secrets.ts';
import { planLabel } from '../../core/render/prometheus/plan-config-maps.ts';
import { unpackedAtOnceBytes } from '../limits.ts';
import { configKey } from '../../core/render/prometheus/prometheus-paths.ts';

/** What the replicas of a Prometheus should load. */
export interface Revisions {
  /** A digest of all of it: the configuration, files with jobs, rules. */
  readonly revision: string;
  /** Of the main part of the configuration alone, which is what Prometheus prints. */
  readonly configRevision: string;
  /** That part. */
  readonly text: () => Promise<string>;
}

/** Digests of contents by the names of objects: those of which the fingerprint is the same are not looked into again. */
export type KnownDigests = Map<string, { readonly fingerprint: string; readonly digest: string }>;

type Write = Extract<Step, { readonly kind: 'write' }>;

/** Undefined when there is no configuration of the operator's. */
export function readRevisions(
  { steps, workload, config }: DesiredPrometheus,
  known: KnownDigests,
): Revisions | undefined {
  if (config === undefined) return undefined;
  const writes = steps.filter((step): step is Write => step.kind === 'write');
  const jobFiles = `${nameSplitSecret(workload)}-`;
  const isJobFile = ({ object }: Write): boolean => object.metadata.name?.startsWith(jobFiles) === true;
  const main = writes.find((step) => !isJobFile(step) && isMain(step));
  if (main === undefined) return undefined;
  const beside = writes.filter((step) => isJobFile(step) || (step.object.kind === 'ConfigMap' && !isPlan(step)));
  const configRevision = digestData(main, known);
  const packed = main.object.data?.[configKey] ?? '';
  return {
    configRevision,
    revision: [configRevision, ...beside.map((step) => digestData(step, known))].join(' '),
    text: async () => (await unpack(Buffer.from(packed, 'base64'))).toString('utf8'),
  };
}

/** A large one in another thread. */
const unpack = async (packed: Buffer): Promise<Buffer> =>
  packed.length <= unpackedAtOnceBytes ? gunzipSync(packed) : promisify(gunzip)(packed);

const isMain = ({ object }: Write): boolean => Object.hasOwn(object.data ?? {}, configKey);

/** What the discovery service reads, not Prometheus. */
const isPlan = ({ object }: Write): boolean => object.metadata.labels?.[planLabel] !== undefined;

/** Of the contents: labels and annotations reload nothing. */
function digestData({ object, fingerprint }: Write, known: KnownDigests): string {
  const { name = '' } = object.metadata;
  const before = known.get(name);
  if (before?.fingerprint === fingerprint) return before.digest;
  const hash = createHash('sha1').update(name);
  const entries = Object.entries(object.data ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, value] of entries) hash.update(`\0${key}\0`).update(value);
  const digest = hash.digest('base64');
  known.set(name, { fingerprint, digest });
  return digest;
}
