import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import type { Desired, Step } from '../../core/desired/steps.ts';
import type { RuleFiles } from '../../core/loaded/compare-rules.ts';
import { nameRuleConfigMap } from '../../core/render/rules/config-maps.ts';
import type { RuleFormat } from '../../core/render/rules/rule-context.ts';
import { unpackedAtOnceBytes } from '../limits.ts';

/** What the replicas of a workload should load. */
export interface Revisions {
  /** A digest of all of it: the configuration, files with jobs, rules. */
  readonly revision: string;
  /** What its answers do not show: of that it is only known when something was loaded. "" for nothing. */
  readonly unprovenRevision: string;
  /** Undefined where the program loads none of the operator's. */
  readonly config: WrittenFile | undefined;
  /** Undefined where no rules are evaluated. */
  readonly rules: WrittenRules | undefined;
}

export interface WrittenFile {
  readonly revision: string;
  readonly text: () => Promise<string>;
}

export interface WrittenRules {
  readonly revision: string;
  readonly files: () => RuleFiles;
}

/** Digests of contents by the names of objects: those of which the fingerprint is the same are not looked into again. */
export type KnownDigests = Map<string, { readonly fingerprint: string; readonly digest: string }>;

export type Write = Extract<Step, { readonly kind: 'write' }>;

export const listWrites = ({ steps }: Desired): Write[] => steps.filter((step): step is Write => step.kind === 'write');

/** The compressed file in a Secret. @param key of the Secret */
export function readPacked(write: Write, key: string, known: KnownDigests): WrittenFile {
  const packed = write.object.data?.[key] ?? '';
  return {
    revision: digestData(write, known),
    text: async () => (await unpack(Buffer.from(packed, 'base64'))).toString('utf8'),
  };
}

/** A large one in another thread. */
const unpack = async (packed: Buffer): Promise<Buffer> =>
  packed.length <= unpackedAtOnceBytes ? gunzipSync(packed) : promisify(gunzip)(packed);

export interface RuleSource {
  readonly format: RuleFormat;
  readonly ownLabels: ReadonlySet<string>;
}

/** The rule ConfigMaps among the steps. */
export function readRules(desired: Desired, { format, ownLabels }: RuleSource, known: KnownDigests): WrittenRules {
  const prefix = nameRuleConfigMap(format, desired.workload.owner.metadata.name ?? '', '');
  const writes = listWrites(desired).filter(({ object }) => object.metadata.name?.startsWith(prefix) === true);
  return {
    revision: writes.map((write) => digestData(write, known)).join(' '),
    files: () => ({
      prefix,
      ownLabels,
      files: new Map(
        writes.flatMap(({ object: { metadata, data = {} } }) =>
          Object.entries(data).map(([key, text]) => [`${metadata.name ?? ''}/${key}`, text] as const),
        ),
      ),
    }),
  };
}

/** Of the contents: labels and annotations reload nothing. */
export function digestData({ object, fingerprint }: Write, known: KnownDigests): string {
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
