import { Command, CommanderError } from 'commander';
import { describeError } from '../base/errors.ts';
import { flags } from '../operator/options/flags.ts';
import type { Flag } from '../operator/options/flags.ts';
import { discoveryFlags } from '../operator/options/discovery-flags.ts';
import { webhookFlags } from '../operator/options/webhook-flags.ts';
import { OptionError } from '../operator/options/values.ts';
import { version } from '../operator/version.ts';
import { addCheckCommand } from './check.ts';
import { addCompletionCommand } from './completion.ts';
import { addCRDsCommand } from './crds.ts';
import { normaliseGoFlags } from './go-flags.ts';
import { addInstallCommand } from './install.ts';
import { addExplainCommand } from './explain.ts';
import type { Io } from './io.ts';
import { ExitError, exitCodes } from './io.ts';
import { addMcpCommand } from './mcp.ts';
import { addPageCommand } from './page.ts';
import { addPlanCommand } from './plan.ts';
import { addRenderCommand } from './render.ts';
import { addRouteCommand } from './route.ts';
import { addRunCommand } from './run.ts';
import { addSandboxCommand } from './sandbox.ts';
import { addShardsCommand } from './shards.ts';
import { addStartCommand } from './start.ts';
import { addStatusCommand } from './status.ts';
import { addTargetsCommand } from './targets.ts';
import { addTestCommand } from './test.ts';
import { addDiscoveryCommand } from './discovery.ts';
import { addWebhookCommand } from './webhook.ts';

const help = `
Exit codes:
  0  all is well
  1  something failed
  2  a flag, an argument or a file cannot be used
  3  objects were rejected (render)
  4  not scraped (explain, status), other receivers than expected (route)
  5  changes (plan)
  6  disruptive changes: running pods restart or go (plan)

Start here:  npm start            everything on this machine, with an embedded control plane
             stoker run --help    the operator in your cluster`;

function createProgram(io: Io): Command {
  const program = new Command('stoker')
    .description('A Prometheus operator for Kubernetes that also says why')
    .version(version)
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', help);
  addRunCommand(program, io);
  addWebhookCommand(program, io);
  addDiscoveryCommand(program, io);
  addRenderCommand(program, io);
  addPlanCommand(program, io);
  addCheckCommand(program, io);
  addExplainCommand(program, io);
  addStatusCommand(program, io);
  addPageCommand(program, io);
  addTargetsCommand(program, io);
  addShardsCommand(program, io);
  addRouteCommand(program, io);
  addTestCommand(program, io);
  addMcpCommand(program, io, runCli);
  addCRDsCommand(program, io);
  addInstallCommand(program, io);
  addStartCommand(program, io);
  addSandboxCommand(program, io);
  addCompletionCommand(program, io);
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeOut: io.stdout, writeErr: io.stderr });
  return program;
}

const goFlags: Readonly<Record<string, readonly Flag[]>> = {
  run: flags,
  operator: flags,
  webhook: webhookFlags,
  'admission-webhook': webhookFlags,
  discovery: discoveryFlags,
};

/** Flags of what replaces a program of the reference are written Go's way; those of the other commands as usual. */
function normalise(args: readonly string[]): string[] {
  const [command = '', ...rest] = args;
  const known = Object.hasOwn(goFlags, command) ? goFlags[command] : undefined;
  return known === undefined ? [...args] : [command, ...normaliseGoFlags(rest, known)];
}

/** Runs one command line. Resolves with the exit code; what went wrong is one line on stderr. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(io).parseAsync(normalise(args), { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (!(error instanceof ExitError && error.message === '')) io.stderr(`stoker: ${describeError(error)}\n`);
    return error instanceof ExitError || error instanceof OptionError ? error.exitCode : exitCodes.failed;
  }
}
