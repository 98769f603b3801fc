import type { Command } from 'commander';
import { addClusterFlags } from './cluster/connect.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { planShardsLive, planShardsOffline } from './shards/plan-shards.ts';
import { shardFormats } from './shards/shard-formats.ts';
import { readShardsRequest } from './shards/shards-request.ts';
import type { ShardsFlags } from './shards/shards-request.ts';

const help = `
Targets are dealt out by a hash of their address, modulo the number of shards: with another number most of them get another
shard, and their series go on in another Prometheus. Which ones is found out as Prometheus would find it out, target by target.
Nothing is changed. A target that one of its shards keeps does not move; one that every shard scrapes never does.

Exit codes:
  0  it is known who moves
  1  the Prometheus cannot be rendered, the cluster gave no answer, or not all could be read: what is printed is of the rest
  2  a flag, an object or a file cannot be used

Examples:
  stoker shards --plan 3
  stoker shards --plan 3 monitoring/main -o wide
  stoker shards --plan 3 prometheusagent/monitoring/edge -o json | jq .share
  kubectl get pod,service,endpointslice,node,namespace,prometheus,servicemonitor,podmonitor -A -o yaml > all.yaml &&
    stoker shards --plan 3 --offline all.yaml`;

/** `stoker shards --plan N`: which targets another number of shards moves. */
export function addShardsCommand(program: Command, io: Io): void {
  const command = program
    .command('shards')
    .description('show which targets move to another shard when a Prometheus has another number of them')
    .argument('[name]', 'NAMESPACE/NAME of the Prometheus, prometheusagent/NAMESPACE/NAME of an agent')
    .requiredOption('--plan <number>', 'number of shards that there are to be')
    .option('--offline <path...>', 'files and folders of manifests in the place of a cluster, "-" for stdin')
    .option('-n, --namespace <name>', 'namespace of the Prometheus, where its name gives none')
    .option('-o, --output <format>', Object.keys(shardFormats).join(', '), 'table')
    .option('--feature-gates <gates>', 'as for `stoker run`: NAME=true,NAME=false');
  addClusterFlags(command)
    .addHelpText('after', help)
    .action((name: string | undefined, flags: ShardsFlags) => runShards(name, flags, io));
}

/** @throws {ExitError} with code 1 when not all could be read. */
async function runShards(name: string | undefined, flags: ShardsFlags, io: Io): Promise<void> {
  const request = readShardsRequest(name, flags);
  const { isWhole, ...plan } = await (flags.offline === undefined
    ? planShardsLive(request, io)
    : planShardsOffline(request, flags.offline));
  io.stdout(shardFormats[flags.output]?.(plan) ?? '');
  for (const note of plan.notes) io.stderr(`stoker: ${note}\n`);
  if (!isWhole) throw new ExitError(exitCodes.failed, '');
}
