import { createHash } from 'node:crypto';

const mask = (1n << 64n) - 1n;
const prime1 = 0x9e3779b185ebca87n;
const prime2 = 0xc2b2ae3d27d4eb4fn;
const prime3 = 0x165667b19e3779f9n;
const prime4 = 0x85ebca77c2b2ae63n;
const prime5 = 0x27d4eb2f165667c5n;

const rotate = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & mask;
const round = (lane: bigint, input: bigint): bigint => (rotate((lane + input * prime2) & mask, 31n) * prime1) & mask;

/** Four lanes over blocks of 32 bytes; gives the accumulator before the tail. */
function mixBlocks(bytes: Buffer): bigint {
  const lanes: [bigint, bigint, bigint, bigint] = [(prime1 + prime2) & mask, prime2, 0n, -prime1 & mask];
  for (let at = 0; at + 32 <= bytes.length; at += 32) {
    lanes[0] = round(lanes[0], bytes.readBigUInt64LE(at));
    lanes[1] = round(lanes[1], bytes.readBigUInt64LE(at + 8));
    lanes[2] = round(lanes[2], bytes.readBigUInt64LE(at + 16));
    lanes[3] = round(lanes[3], bytes.readBigUInt64LE(at + 24));
  }
  const [a, b, c, d] = lanes;
  const joined = rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n);
  return lanes.reduce((hash, lane) => ((hash ^ round(0n, lane)) * prime1 + prime4) & mask, joined & mask);
}

/** What is left after the blocks: words of eight, four and one byte. */
function mixTail(start: bigint, bytes: Buffer, from: number): bigint {
  let hash = start;
  let at = from;
  for (; at + 8 <= bytes.length; at += 8) {
    hash = (rotate(hash ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * prime1 + prime4) & mask;
  }
  if (at + 4 <= bytes.length) {
    hash = (rotate(hash ^ ((BigInt(bytes.readUInt32LE(at)) * prime1) & mask), 23n) * prime2 + prime3) & mask;
    at += 4;
  }
  for (; at < bytes.length; at += 1) {
    hash = (rotate(hash ^ ((BigInt(bytes.readUInt8(at)) * prime5) & mask), 11n) * prime1) & mask;
  }
  return hash;
}

/** xxHash64 with seed 0 of the text's UTF-8 bytes: volume names carry its digits (docs/reference/rendering.md 8.4). */
export function xxhash64(text: string): bigint {
  const bytes = Buffer.from(text, 'utf8');
  const start = bytes.length >= 32 ? mixBlocks(bytes) : prime5;
  let hash = mixTail((start + BigInt(bytes.length)) & mask, bytes, bytes.length - (bytes.length % 32));
  hash = ((hash ^ (hash >> 33n)) * prime2) & mask;
  hash = ((hash ^ (hash >> 29n)) * prime3) & mask;
  return hash ^ (hash >> 32n);
}

/** The value with the keys of every object in byte order and undefined left out, so that equal values give equal text. */
/** JSON with the keys of its objects in order. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sortKeys(one)]));
}

/** A 64-bit hash of JSON data as a decimal number; the order of keys does not count, that of lists does. */
export function hashJson(value: object): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(sortKeys(value)))
    .digest();
  return digest.readBigUInt64BE(0).toString();
}
