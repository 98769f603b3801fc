import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { createSystemClock } from '../base/clock.ts';
import { writeReport } from '../web/page/views/report.ts';
import { addClusterFlags } from './cluster/connect.ts';
import { addOperatorFlags } from './explain/scope-flags.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { readReport } from './page/offline.ts';
import type { OfflinePageFlags } from './page/offline.ts';
import { servePage } from './page/serve-cluster-page.ts';
import type { LivePageFlags } from './page/serve-cluster-page.ts';

interface PageFlags extends OfflinePageFlags, LivePageFlags {
  readonly offline?: readonly string[];
  readonly output?: string;
}

const help = `
From a cluster the page is served on 127.0.0.1 until Ctrl-C, with the rights of who asks: everything is only read, and what may not be
read is said on stderr and on the page. It follows changes as they come. Whoever may list in some namespaces alone names them with -n.

The report of --offline is one file that needs no server, no other file and no network: a CI artefact. It holds the chain of each
monitor, rule object, AlertmanagerConfig and Alertmanager among the manifests as \`stoker explain\` gives it, the worst first.
Values of Secrets are in neither.

Exit codes:
  0  Ctrl-C ended it, or the report is written
  1  the cluster gave no answer, or the port is in use
  2  a flag, an argument or a file cannot be used

Examples:
  stoker page
  stoker page --context prod --port 9080 --no-open
  stoker page -n shop,monitoring
  stoker page --offline deploy/ -o report.html`;

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...value.split(',').map((word) => word.trim())];
}

/** `stoker page`: what can be asked of Stoker, to look at in a browser. */
export function addPageCommand(program: Command, io: Io): void {
  const command = program
    .command('page')
    .description('look at monitors, their chains and what to change in a browser')
    .option('-n, --namespace <names>', 'read these namespaces alone, divided by commas; all by default', collect)
    .option('--port <port>', 'port on 127.0.0.1; 0 for any that is free', '0')
    .option('--no-open', 'do not open a browser')
    .option('--offline <path...>', 'files and folders of manifests in the place of a cluster, "-" for stdin')
    .option('-o, --output <file>', 'with --offline: the file to write, "-" for stdout')
    .option('--kubernetes-version <version>', 'with --offline: the version of the cluster', '1.36');
  addClusterFlags(addOperatorFlags(command))
    .addHelpText('after', help)
    .action((flags: PageFlags) => runPage(flags, io));
}

async function runPage(flags: PageFlags, io: Io): Promise<void> {
  const { offline: paths, output } = flags;
  if (paths !== undefined && output === undefined)
    throw new ExitError(exitCodes.usage, 'Cannot write a report without a file: name it with -o FILE, "-" for stdout');
  if (paths === undefined && output !== undefined)
    throw new ExitError(exitCodes.usage, 'Cannot use -o without --offline: a cluster is served, not written');
  if (paths === undefined || output === undefined) return servePage(flags, io);
  const chrome = { place: paths.join(', '), asOf: createSystemClock().now(), medium: 'file' } as const;
  const text = writeReport(await readReport(paths, flags, io), chrome);
  if (output === '-') io.stdout(text);
  else writeFileSync(output, text);
}
