import type { Command } from 'commander';
import { addClusterFlags } from './cluster/connect.ts';
import type { Io } from './io.ts';
import type { RunCommand } from './mcp/call-tool.ts';
import { openGround } from './mcp/ground.ts';
import type { McpFlags } from './mcp/ground.ts';
import { serveTools } from './mcp/serve.ts';

const help = `
Speaks the Model Context Protocol on standard input and output, for the program that a model runs in. The tools answer
as the commands of the same names do: explain, reason (explain --code), targets, route, check, render. None of them changes
anything; the manifests or the cluster are those of the flags here, a model cannot name others. What Secrets hold is
masked in every answer (docs/mcp.md).

Examples:
  stoker mcp --offline deploy/
  stoker mcp --context staging --as system:serviceaccount:monitoring:reader
  claude mcp add stoker -- stoker mcp --offline deploy/`;

/** `stoker mcp`: the read-only commands as tools for models. `run` runs a command line as the program itself does. */
export function addMcpCommand(program: Command, io: Io, run: RunCommand): void {
  const command = program
    .command('mcp')
    .description('answer a model: explain, targets, route, check and render as tools of the Model Context Protocol')
    .option('--offline <path...>', 'files and folders of manifests in the place of a cluster');
  addClusterFlags(command)
    .addHelpText('after', help)
    .action(async (flags: McpFlags) => {
      await serveTools({ ground: openGround(flags), run, env: io.env, signal: io.signal });
    });
}
