import { ExitError, exitCodes } from '../io.ts';
import type { ExplainFlags } from './explain-request.ts';

/** What is to be done about an edit. */
export interface FixRequest {
  /** Which of those that are proposed, counted from 1. */
  readonly number: number;
  /** Into the file. */
  readonly isWritten: boolean;
  /** What a program may not do unasked is done as well. */
  readonly isForced: boolean;
}

const usage = (message: string): ExitError => new ExitError(exitCodes.usage, message);

/** Undefined when an answer is wanted, and no edit. @throws {ExitError} for flags that do not go together. */
export function readFixRequest(flags: ExplainFlags): FixRequest | undefined {
  const { fix, write, yes } = flags;
  const problem = explainFlags(flags);
  if (problem !== undefined) throw usage(problem);
  if (fix === undefined) return undefined;
  const number = fix === true ? 1 : Number(fix);
  if (!Number.isInteger(number) || number < 1)
    throw usage(`Cannot read --fix "${String(fix)}": want the number of an edit, counted from 1; it stands at the end`);
  return { number, isWritten: write === true, isForced: yes === true };
}

/** What is wrong with flags beside each other. */
function explainFlags({ fix, write, yes, offline }: ExplainFlags): string | undefined {
  if (write === true && fix === undefined) return 'Cannot use --write without --fix';
  if (yes === true && write !== true) return 'Cannot use --yes without --write';
  if (write !== true) return undefined;
  if (offline === undefined)
    return 'Cannot write into a cluster: use --write with --offline, or run the command that --fix prints';
  return offline.includes('-') ? 'Cannot write into stdin: name a file' : undefined;
}
