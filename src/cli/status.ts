import type { Command } from 'commander';
import type { ExplainedRow, Overview } from '../core/overview/overview.ts';
import { filterOverview } from '../core/overview/filter.ts';
import { addClusterFlags, openCluster } from './cluster/connect.ts';
import { addOperatorFlags } from './explain/scope-flags.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { withProgress } from './progress.ts';
import { findObjects, hitFormats } from './status/find-objects.ts';
import { statusFormats } from './status/status-formats.ts';
import type { StatusStyle } from './status/status-formats.ts';
import { readStatusRequest } from './status/status-request.ts';
import type { StatusFlags, StatusRequest } from './status/status-request.ts';
import { surveyCluster } from './status/survey-cluster.ts';
import { surveyFolder } from './status/survey-folder.ts';
import type { Surveyor } from './status/surveyor.ts';
import { watchStatus } from './status/watch-status.ts';

const help = `
One line for each monitor and each workload that selects it, the worst first; one that none selects has a line for the workload that
comes nearest. Then rules and routes in the same way, then workloads, and what waits for an approval or a window. Each line says what
stoker explain says of the two; MORE is the command that says all of it. With a QUERY it lists what that may be in the place of all this.

States:
  failed    not scraped or used, or not all of it; a workload: cannot be rendered, or its condition says so
  unknown   too little could be read to say
  warning   scraped, used or running, but something is wrong
  ok        as it should be
TARGETS are those that are up of those that there are; one number where nobody was asked.

With a cluster the replicas are asked what they have loaded and how their scrapes went. --offline works without one, for CI:
Pods and endpoints that the files do not hold are supposed, as by stoker explain --offline.

--watch goes on: first all of it, then a line for each row that changes, with the state "gone" for one that went; with -o json a document
a row, {"type": "ADDED", "list": "monitors", "row": {…}}. Files of --offline are read again as they change. Ctrl-C ends it.

Exit codes:
  0  nothing of what is shown is failed or unknown; --watch was ended
  1  something is unknown, nothing was found, or the cluster gave no answer
  2  a flag or a file cannot be used
  4  something failed

Examples:
  stoker status
  stoker status --state failed,unknown -n shop -o wide
  stoker status --offline deploy/
  stoker status --watch --state failed,unknown,warning
  stoker status 10.0.0.12:8080
  stoker status --workload monitoring/main --reason PortNotFound
  stoker status -o json | jq -r '.monitors[] | select(.state != "ok") | .summary'`;

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...value.split(',').map((word) => word.trim())];
}

/** `stoker status`: everything that is watched over, the worst first. */
export function addStatusCommand(program: Command, io: Io): void {
  const command = program
    .command('status')
    .description('list all monitors, rules, routes and workloads with what is wrong with them, the worst first')
    .argument('[query]', 'look for this instead: a name, an alert, a receiver, IP:PORT, the URL of a target')
    .option('--offline <path...>', 'files and folders of manifests in the place of a cluster, "-" for stdin')
    .option('-n, --namespace <name>', 'only objects of this namespace; all by default')
    .option('--workload <name>', 'only this workload, and what it selects: [NAMESPACE/]NAME')
    .option('--kind <kinds>', 'only these kinds, divided by commas: servicemonitor, prometheusrule', collect)
    .option('--state <states>', 'only these states, divided by commas', collect)
    .option('--reason <reasons>', 'only these reasons or codes, divided by commas', collect)
    .option('-w, --watch', 'go on, and print rows as they change')
    .option('-o, --output <format>', Object.keys(statusFormats).join(', '), 'table')
    .option('--kubernetes-version <version>', 'with --offline: the version of the cluster', '1.36');
  addClusterFlags(addOperatorFlags(command))
    .addHelpText('after', help)
    .action((query: string | undefined, flags: StatusFlags) => runStatus(query, readStatusRequest(flags), io));
}

async function runStatus(query: string | undefined, request: StatusRequest, io: Io): Promise<void> {
  const { offline } = request.flags;
  const suffix = offline === undefined ? '' : ` --offline ${offline.join(' ')}`;
  const style: StatusStyle = { isTerminal: io.isTerminal, suffix };
  if (request.flags.watch === true) {
    if (query !== undefined)
      throw new ExitError(exitCodes.usage, `Cannot use --watch with a query: leave "${query}" or --watch away`);
    return watchStatus(request, style, io);
  }
  await withSurveyor(request, io, (surveyor) =>
    query === undefined
      ? printOverview(surveyor, request, { io, style })
      : printHits(query, surveyor, { request, io, style }),
  );
}

interface Printing {
  readonly io: Io;
  readonly style: StatusStyle;
}

/** @throws {ExitError} as `finish`. */
async function printOverview(
  { survey }: Surveyor,
  { filter, output }: StatusRequest,
  { io, style }: Printing,
): Promise<void> {
  const overview = filterOverview(await withProgress('Looking at everything', io, survey), filter);
  io.stdout(statusFormats[output]?.(overview, style) ?? '');
  for (const note of overview.notes) io.stderr(`stoker: ${note}\n`);
  finish(overview);
}

/** @throws {ExitError} with code 1 when nothing is found. */
async function printHits(
  query: string,
  { gatherer }: Surveyor,
  { request, io, style }: Printing & { readonly request: StatusRequest },
): Promise<void> {
  const hits = await findObjects(query, gatherer);
  if (hits.length === 0)
    throw new ExitError(exitCodes.failed, `Cannot find "${query}" in any name, alert, receiver or address`);
  io.stdout(hitFormats[request.output]?.(hits, style) ?? '');
}

async function withSurveyor(
  { flags }: StatusRequest,
  io: Io,
  work: (surveyor: Surveyor) => Promise<void>,
): Promise<void> {
  if (flags.offline !== undefined) return work(surveyFolder(flags.offline, flags, io));
  const cluster = await openCluster(flags, io);
  try {
    await work(surveyCluster(cluster, flags, io));
  } finally {
    await cluster.client.close();
  }
}

/** @throws {ExitError} when something failed, or cannot be said. */
function finish({ monitors, rules, routes, workloads }: Overview): void {
  const rows: readonly Pick<ExplainedRow, 'state'>[] = [...monitors, ...rules, ...routes, ...workloads];
  if (rows.some(({ state }) => state === 'failed')) throw new ExitError(exitCodes.notScraped, '');
  if (rows.some(({ state }) => state === 'unknown')) throw new ExitError(exitCodes.failed, '');
}
