import type { KubernetesObject } from '../api/meta.ts';

/** Where commands write and read; handed in so that tests run commands in-process. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Colours and progress only on a terminal, and never as the only sign. */
  readonly isTerminal: boolean;
  /** Aborted at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Calls `handle` at each SIGUSR2. */
  readonly onUserSignal?: (handle: () => void) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What "-" stands for; the process's own input when absent. */
  readonly stdin?: () => string;
  /** Gets the answer as data, before it is printed. Not called when there is none. */
  readonly answered?: (document: () => object) => void;
  /** Gets each object that is read from a cluster by name or in a list. */
  readonly onRead?: (object: KubernetesObject) => void;
}

/** Exit codes of all commands; documented by `stoker --help`. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  rejected: 3,
  notScraped: 4,
  notExpected: 4,
  changes: 5,
  disruptive: 6,
} as const;

/** Ends a command with a code and one line on stderr; none when the message is empty because the output says it all. */
export class ExitError extends Error {
  override readonly name = 'ExitError';
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
