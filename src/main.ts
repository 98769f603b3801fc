/** The process: arguments, signals and exit code; everything else is `cli`. */
import { runCli } from './cli/program.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second signal ends at once.
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort(new Error(signal));
  });
}
// A closed pipe (`stoker crds | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  isTerminal: process.stdout.isTTY,
  signal: stopping.signal,
  onUserSignal: (handle) => void process.on('SIGUSR2', handle),
  env: process.env,
});
