import type { Command } from 'commander';
import { addClusterFlags } from './cluster/connect.ts';
import type { Io } from './io.ts';
import { findLive, watchLive } from './targets/find-live.ts';
import { findOffline } from './targets/find-offline.ts';
import { describeTargets, targetFormats } from './targets/target-formats.ts';
import { readRequest } from './targets/targets-request.ts';
import type { TargetsFlags } from './targets/targets-request.ts';

const help = `
States:
  active     scraped
  dropped    a relabelling rule dropped it; WHY names the rule, counted from 1, and what it compared with what
  failed     Prometheus cannot build it; Prometheus logs it and shows it nowhere
  duplicate  it came out equal to another target of its job and is scraped as that one
A target whose URL another job scrapes as well is active in both, and WHY says so: its samples are stored twice.
Waste is the share of discovered targets that give no scrape of their own.

Targets are those that Prometheus would have, with what the user of the kubeconfig may see; --as shows what a service
account may. What the API server refuses is said on stderr. Health is not asked for: nothing is scraped.

Exit codes:
  0  targets were found, or there are none
  1  Prometheus would refuse the configuration, the cluster gave no answer, or discovery took too long
  2  a flag, an object or a file cannot be used

Examples:
  stoker targets --prometheus monitoring/main
  stoker targets --prometheus monitoring/main --state dropped,failed --job serviceMonitor/shop/cart/0 -o wide
  stoker targets --prometheus monitoring/main --as system:serviceaccount:monitoring:prometheus --watch
  stoker targets --config prometheus.yml -o json | jq -r '.activeTargets[].scrapeUrl'
  kubectl get pod,service,endpointslice,node,namespace,prometheus,servicemonitor,podmonitor -A -o yaml > all.yaml &&
    stoker targets --offline all.yaml`;

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...value.split(',')];
}

/** `stoker targets`: which targets a configuration has, and which rule decided about each. */
export function addTargetsCommand(program: Command, io: Io): void {
  const command = program
    .command('targets')
    .description('show the active, dropped, failed and duplicate targets of a Prometheus, and why')
    .option('-p, --prometheus <name>', 'NAMESPACE/NAME of the Prometheus, prometheusagent/NAMESPACE/NAME of an agent')
    .option('--from-secret', 'take the configuration that the operator published, do not render it')
    .option('--shard <number>', 'show one shard; all together by default')
    .option('-c, --config <file>', 'take a prometheus.yml instead, "-" for stdin')
    .option('--offline <path...>', 'files and folders of manifests in the place of a cluster, "-" for stdin')
    .option('-n, --namespace <name>', 'namespace of the Prometheus, where its name gives none')
    .option('-o, --output <format>', Object.keys(targetFormats).join(', '), 'table')
    .option('--state <states>', 'show only these, divided by commas')
    .option('--job <names>', 'show only these jobs, divided by commas; may be repeated', collect)
    .option('-w, --watch', 'go on, and print changes as they come')
    .option('--prometheus-version <version>', 'show what that version would have; spec.version by default')
    .option('--feature-gates <gates>', 'as for `stoker run`: NAME=true,NAME=false')
    .option('--timeout <duration>', 'how long discovery may take', '30s');
  addClusterFlags(command)
    .addHelpText('after', help)
    .action((flags: TargetsFlags) => runTargets(flags, io));
}

async function runTargets(flags: TargetsFlags, io: Io): Promise<void> {
  const request = readRequest(flags);
  if (flags.watch === true) {
    await watchLive(request, io);
    return;
  }
  const found = await (flags.offline === undefined ? findLive(request, io) : findOffline(request, flags.offline));
  io.answered?.(() => describeTargets(found, request.filter));
  io.stdout(targetFormats[request.output]?.(found, request.filter) ?? '');
  for (const note of found.notes) io.stderr(`stoker: ${note}\n`);
}
