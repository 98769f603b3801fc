import { runCli } from '../../src/cli/program.ts';

/** A command that goes on by itself. */
export interface Begun {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: Promise<number>;
  /** As Ctrl-C does. Resolves with the exit code. */
  interrupt(): Promise<number>;
}

/** Starts one command line in this process. */
export function begin(...args: readonly string[]): Begun {
  const ctrlC = new AbortController();
  const begun = { stdout: '', stderr: '', code: Promise.resolve(-1), interrupt: (): Promise<number> => begun.code };
  begun.code = runCli(args, {
    stdout: (text) => (begun.stdout += text),
    stderr: (text) => (begun.stderr += text),
    isTerminal: false,
    signal: ctrlC.signal,
    env: {},
  });
  begun.interrupt = () => {
    ctrlC.abort(new Error('SIGINT'));
    return begun.code;
  };
  return begun;
}
