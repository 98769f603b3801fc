import { Version } from '../../base/version.ts';
import { targetStates } from '../../core/targets/target-rows.ts';
import type { TargetState } from '../../core/targets/target-rows.ts';
import type { ClusterFlags } from '../cluster/connect.ts';
import { readDurationFlag } from '../cluster/connect.ts';
import { ExitError, exitCodes } from '../io.ts';
import type { TargetFilter } from './target-formats.ts';
import { targetFormats } from './target-formats.ts';

/** What commander makes of the flags of `stoker targets`. */
export interface TargetsFlags extends ClusterFlags {
  readonly config?: string;
  readonly prometheus?: string;
  readonly fromSecret?: true;
  readonly shard?: string;
  readonly offline?: readonly string[];
  readonly namespace?: string;
  readonly output: string;
  readonly state?: string;
  readonly job?: readonly string[];
  readonly watch?: true;
  readonly prometheusVersion?: string;
  readonly featureGates?: string;
  readonly timeout: string;
}

/** The flags, read and checked. */
export interface TargetsRequest {
  readonly flags: TargetsFlags;
  readonly output: string;
  readonly filter: TargetFilter;
  readonly version: Version | undefined;
  readonly shard: number | undefined;
  readonly timeoutMs: number;
}

const refuse = (message: string): ExitError => new ExitError(exitCodes.usage, message);

/** @throws {ExitError} for flags that cannot be used, or not together. */
export function readRequest(flags: TargetsFlags): TargetsRequest {
  const { output, config, prometheus } = flags;
  if (!Object.hasOwn(targetFormats, output))
    throw refuse(`Cannot print as "${output}": known are ${Object.keys(targetFormats).join(', ')}`);
  if (config !== undefined && prometheus !== undefined)
    throw refuse('Cannot use --config and --prometheus together: whose targets are wanted?');
  for (const flag of ['fromSecret', 'shard'] as const)
    if (config !== undefined && flags[flag] !== undefined)
      throw refuse(`Cannot use --${flag === 'shard' ? flag : 'from-secret'} with --config: it is about --prometheus`);
  checkOutput(flags);
  return {
    flags,
    output,
    filter: { states: readStates(flags.state), jobs: new Set(flags.job) },
    version: readVersion(flags.prometheusVersion),
    shard: readShard(flags.shard),
    timeoutMs: readDurationFlag('--timeout', flags.timeout),
  };
}

/** Not every output goes with every way of finding targets. */
function checkOutput({ output, watch, offline }: TargetsFlags): void {
  if (watch === true && offline !== undefined)
    throw refuse('Cannot use --watch with --offline: manifests are read once');
  if (watch === true && !['table', 'wide', 'json'].includes(output))
    throw refuse(`Cannot print as "${output}" with --watch: known are table, wide, json`);
  if (offline !== undefined && output === 'metrics')
    throw refuse('Cannot print metrics with --offline: nothing runs that counts');
}

function readStates(text: string | undefined): ReadonlySet<TargetState> {
  const names = text === undefined ? [] : text.split(',').map((name) => name.trim().toLowerCase());
  const states = names.map((name) => targetStates.find((state) => state === name));
  const unknown = names.find((_, index) => states[index] === undefined);
  if (unknown !== undefined) throw refuse(`Cannot show state "${unknown}": known are ${targetStates.join(', ')}`);
  return new Set(states.filter((state) => state !== undefined));
}

function readVersion(text: string | undefined): Version | undefined {
  if (text === undefined) return undefined;
  try {
    return Version.parse(text);
  } catch {
    throw refuse(`Cannot read --prometheus-version "${text}": want something like "3.5" or "v2.53.0"`);
  }
}

function readShard(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw refuse(`Cannot show shard "${text}": want a number from 0`);
  return Number(text);
}
