import { mostShards } from '../../core/limits.ts';
import type { ClusterFlags } from '../cluster/connect.ts';
import { ExitError, exitCodes } from '../io.ts';
import { shardFormats } from './shard-formats.ts';

/** What commander makes of the flags of `stoker shards`. */
export interface ShardsFlags extends ClusterFlags {
  readonly plan: string;
  readonly offline?: readonly string[];
  readonly namespace?: string;
  readonly output: string;
  readonly featureGates?: string;
}

/** The flags, read and checked. */
export interface ShardsRequest {
  readonly flags: ShardsFlags;
  /** `[KIND/][NAMESPACE/]NAME`; undefined: the only one that there is. */
  readonly wanted: string | undefined;
  readonly shards: number;
}

const refuse = (message: string): ExitError => new ExitError(exitCodes.usage, message);

/** @throws {ExitError} for flags that cannot be used. */
export function readShardsRequest(name: string | undefined, flags: ShardsFlags): ShardsRequest {
  const { plan, output, namespace } = flags;
  if (!Object.hasOwn(shardFormats, output))
    throw refuse(`Cannot print as "${output}": known are ${Object.keys(shardFormats).join(', ')}`);
  const shards = /^\d{1,6}$/.test(plan) ? Number(plan) : 0;
  if (shards < 1 || shards > mostShards)
    throw refuse(`Cannot plan "${plan}" shards: want a number from 1 to ${mostShards}`);
  const isBare = name !== undefined && namespace !== undefined && !name.includes('/');
  return { flags, shards, wanted: isBare ? `${namespace}/${name}` : name };
}
