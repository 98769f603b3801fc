import { gzipSync } from 'node:zlib';
import type { Interruptible } from '../../../../base/interruptible.ts';
import type { KeyReference } from '../../../assets/references.ts';
import type { Fragment, Warning } from './fragment.ts';
import { joinWritten } from './fragment.ts';
import { chunkFragments, compressedAtOnce } from '../../../limits.ts';

/** What fragments say besides their text. */
export interface FragmentTraces {
  readonly jobs: number;
  readonly warnings: readonly Warning[];
  readonly tlsAssets: readonly KeyReference[];
}

/** Neighbouring fragments: one member of the gzip stream. */
export interface Chunk {
  readonly fragments: readonly Fragment[];
  readonly traces: FragmentTraces;
  /** Undefined until it is asked for. */
  member: Uint8Array | undefined;
}

/** The chunks of the last time, by the key of the first fragment. */
export type ChunkCache = Map<string, Chunk>;

/** FNV-1a, 32 bits: spreads keys evenly, the same on every machine. */
export function hashKey(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/**
 * Whether a chunk ends behind the fragment of that key: decided by the key alone, so that a monitor that comes or goes moves
 * no cut but its own.
 */
export const endsChunk = (key: string): boolean => hashKey(key) % chunkFragments === 0;

/** Offsets in the header of a gzip member (RFC 1952). */
const header = { mtime: 4, os: 9 };
const unknownSystem = 255;

/** One gzip member, the same bytes for the same text on every machine. Members that follow each other are one stream. */
export function compress(text: string | Uint8Array): Uint8Array {
  const member = gzipSync(text, { level: 6 });
  member.fill(0, header.mtime, header.mtime + 4);
  member[header.os] = unknownSystem;
  return member;
}

/**
 * A text of any length, as one gzip member a part. It may rest behind each. Where a part ends depends on its length alone: equal
 * texts give equal bytes.
 */
export function* compressParts(text: string | Uint8Array): Interruptible<Uint8Array> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const members: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += compressedAtOnce) {
    members.push(compress(bytes.subarray(at, at + compressedAtOnce)));
    yield;
  }
  return members.length === 1 && members[0] !== undefined ? members[0] : Buffer.concat(members);
}

/** What they say together, in their order; most say nothing, and there are thousands. */
export function joinTraces(all: readonly FragmentTraces[]): FragmentTraces {
  const warnings: Warning[] = [];
  const tlsAssets: KeyReference[] = [];
  let jobs = 0;
  for (const one of all) {
    jobs += one.jobs;
    if (one.warnings.length > 0) warnings.push(...one.warnings);
    if (one.tlsAssets.length > 0) tlsAssets.push(...one.tlsAssets);
  }
  return { jobs, warnings, tlsAssets };
}

/** Whether the chunk is what begins there: the same fragments, and it would end where it ends. They are not looked into. */
function isAt({ fragments: own }: Chunk, fragments: readonly Fragment[], from: number): boolean {
  const to = from + own.length;
  if (to > fragments.length || (to < fragments.length && own.at(-1)?.endsChunk !== true)) return false;
  for (let at = 0; at < own.length; at += 1) if (own[at] !== fragments[from + at]) return false;
  return true;
}

const haveSameText = (some: readonly Fragment[], others: readonly Fragment[]): boolean =>
  some.length === others.length &&
  some.every((one, at) => one === others[at] || joinWritten([one]) === joinWritten(others.slice(at, at + 1)));

function cutChunk(fragments: readonly Fragment[], from: number, cache: ChunkCache): Chunk {
  const known = cache.get(fragments[from]?.key ?? '');
  if (known !== undefined && isAt(known, fragments, from)) return known;
  let to = from + 1;
  while (to < fragments.length && fragments[to - 1]?.endsChunk !== true) to += 1;
  const own = fragments.slice(from, to);
  const isKnown = known !== undefined && haveSameText(known.fragments, own);
  return { fragments: own, traces: joinTraces(own), member: isKnown ? known.member : undefined };
}

/** The fragments, in their order, as chunks: those of the last time where nothing has changed. `cache` then holds exactly these. */
export function cutChunks(fragments: readonly Fragment[], cache: ChunkCache): Chunk[] {
  const chunks: Chunk[] = [];
  for (let from = 0; from < fragments.length;) {
    const chunk = cutChunk(fragments, from, cache);
    chunks.push(chunk);
    from += chunk.fragments.length;
  }
  cache.clear();
  for (const chunk of chunks) cache.set(chunk.fragments[0]?.key ?? '', chunk);
  return chunks;
}

/** The chunks as gzip members; each is compressed once. It may rest behind each that it has compressed. */
export function* compressChunks(chunks: readonly Chunk[]): Interruptible<Uint8Array[]> {
  const members: Uint8Array[] = [];
  for (const chunk of chunks) {
    if (chunk.member === undefined) {
      chunk.member = compress(joinWritten(chunk.fragments));
      yield;
    }
    members.push(chunk.member);
  }
  return members;
}
