import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { createSystemClock } from '../base/clock.ts';
import { writeReport } from '../web/page/views/report.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { readReport } from './page/offline.ts';
import type { OfflinePageFlags } from './page/offline.ts';

interface PageFlags extends OfflinePageFlags {
  readonly offline?: readonly string[];
  readonly output?: string;
}

const help = `
The report is one file that needs no server, no other file and no network: a CI artefact. It holds the chain of each monitor,
rule object, AlertmanagerConfig and Alertmanager among the manifests as \`stoker explain\` gives it, the worst first. Values of
Secrets are never in it.

Exit codes:
  0  the report is written
  2  a flag, an argument or a file cannot be used

Examples:
  stoker page --offline deploy/ -o report.html`;

/** `stoker page`: what can be asked of Stoker, to look at in a browser. */
export function addPageCommand(program: Command, io: Io): void {
  program
    .command('page')
    .description('look at monitors, their chains and what to change in a browser')
    .option('--offline <path...>', 'files and folders of manifests in the place of a cluster, "-" for stdin')
    .option('-o, --output <file>', 'with --offline: the file to write, "-" for stdout')
    .option('--kubernetes-version <version>', 'with --offline: the version of the cluster', '1.36')
    .addHelpText('after', help)
    .action(async (flags: PageFlags) => {
      const { offline: paths, output } = flags;
      if (paths === undefined || output === undefined)
        throw new ExitError(exitCodes.usage, 'Cannot show a page without --offline PATH and -o FILE');
      const chrome = { place: paths.join(', '), asOf: createSystemClock().now(), medium: 'file' } as const;
      const text = writeReport(await readReport(paths, flags, io), chrome);
      if (output === '-') io.stdout(text);
      else writeFileSync(output, text);
    });
}
