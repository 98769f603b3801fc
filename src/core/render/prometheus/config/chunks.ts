import { gzipSync } from 'node:zlib';
import type { Interruptible } from '../../../../base/interruptible.ts';
import type { Fragment } from './fragment.ts';
import { chunkFragments, compressedAtOnce } from '../../../limits.ts';

/** Neighbouring fragments compressed together: one member of the gzip stream. */
export interface Chunk {
  readonly fragments: readonly Fragment[];
  readonly member: Uint8Array;
}

/** What was compressed the last time, by the key of the first fragment. */
export type ChunkCache = Map<string, Chunk>;

/** FNV-1a, 32 bits: spreads keys evenly, the same on every machine. */
function hashKey(key: string): number {
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

/** A part of the fragments that becomes one chunk; `known` when it is as it was the last time. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly known: Chunk | undefined;
}

function divide(fragments: readonly Fragment[], cache: ChunkCache): Range[] {
  const ranges: Range[] = [];
  let from = 0;
  for (let to = 1; to <= fragments.length; to += 1) {
    if (to < fragments.length && fragments[to - 1]?.endsChunk !== true) continue;
    const known = cache.get(fragments[from]?.key ?? '');
    ranges.push({ from, to, known: known !== undefined && isSame(known, fragments, { from, to }) ? known : undefined });
    from = to;
  }
  return ranges;
}

function isSame(
  chunk: Chunk,
  fragments: readonly Fragment[],
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  const before = chunk.fragments;
  if (before.length !== to - from) return false;
  for (let at = from; at < to; at += 1) {
    const [a, b] = [before[at - from], fragments[at]];
    if (a !== b && a?.yaml !== b?.yaml) return false;
  }
  return true;
}

/**
 * The fragments, in their order, as gzip members; those whose fragments are the same as the last time come from
 * `cache`, which afterwards holds exactly these. It may rest behind each that it has compressed.
 */
export function* compressFragments(fragments: readonly Fragment[], cache: ChunkCache): Interruptible<Uint8Array[]> {
  const chunks: Chunk[] = [];
  for (const { from, to, known } of divide(fragments, cache)) {
    if (known !== undefined) chunks.push(known);
    else {
      const group = fragments.slice(from, to);
      chunks.push({ fragments: group, member: compress(group.map(({ yaml }) => yaml).join('')) });
      yield;
    }
  }
  cache.clear();
  for (const chunk of chunks) cache.set(chunk.fragments[0]?.key ?? '', chunk);
  return chunks.map(({ member }) => member);
}
