import { runCli } from '../../src/cli/program.ts';

export interface Invocation {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in this process. */
export async function invoke(...args: readonly string[]): Promise<Invocation> {
  let stdout = '';
  let stderr = '';
  const code = await runCli(args, {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    isTerminal: false,
    signal: new AbortController().signal,
    env: {},
  });
  return { code, stdout, stderr };
}
