import { createHash } from 'node:crypto';

/** How much more than its even share a shard may have. */
const slack = 1.05;

/** Targets that stay together: those of one address, in whichever jobs. */
export interface WeighedKey {
  readonly key: string;
  /** Number of targets. */
  readonly weight: number;
}

/**
 * Deals keys out to shards evenly: each goes to the shard that it prefers among those that are not full (rendezvous hashing with
 * bounded load: Mirrokni, Thorup and Zadimoghaddam, "Consistent Hashing with Bounded Loads", 2016). A function of the keys alone,
 * so that all who know the same keys agree. One shard more takes its share from the others and moves little else.
 * @returns the number of the shard by key.
 */
export function assignShards(keys: readonly WeighedKey[], shards: number): ReadonlyMap<string, number> {
  const total = keys.reduce((sum, { weight }) => sum + weight, 0);
  const room = new Array<number>(shards).fill(Math.ceil((total * slack) / shards));
  const placed = new Map<string, number>();
  const ordered = keys.map((one) => ({ ...one, digest: digestOf(one.key) }));
  // Heavy ones first: they fit while there is room. Then in an order that does not depend on who came when.
  ordered.sort((a, b) => b.weight - a.weight || Buffer.compare(a.digest, b.digest));
  for (const { key, weight, digest } of ordered) {
    const shard = chooseShard(digest, room, weight);
    room[shard] = (room[shard] ?? 0) - weight;
    placed.set(key, shard);
  }
  return placed;
}

const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** The shard that it likes best of those with room; when none has, that with most. */
function chooseShard(digest: Buffer, room: readonly number[], weight: number): number {
  let best = -1;
  let liking = -1;
  room.forEach((left, shard) => {
    if (left < weight) return;
    const score = mix(digest, shard);
    if (score > liking) [best, liking] = [shard, score];
  });
  return best >= 0 ? best : room.indexOf(Math.max(...room));
}

/** 32 bits that depend on all of both. */
function mix(digest: Buffer, shard: number): number {
  let hash = digest.readUInt32BE(0) ^ Math.imul(shard + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) ^ digest.readUInt32BE(4);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
