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
export function readFixRequest({ fix, write, yes, offline }: ExplainFlags): FixRequest | undefined {
  if (fix === undefined) {
    if (write === true || yes === true) throw usage(`Cannot use --${write === true ? 'write' : 'yes'} without --fix`);
    return undefined;
  }
  const number = fix === true ? 1 : Number(fix);
  if (!Number.isInteger(number) || number < 1)
    throw usage(`Cannot read --fix "${String(fix)}": want the number of an edit, counted from 1; it stands at the end`);
  if (yes === true && write !== true) throw usage('Cannot use --yes without --write');
  if (write === true && offline === undefined)
    throw usage('Cannot write into a cluster: use --write with --offline, or run the command that --fix prints');
  if (write === true && offline?.includes('-') === true) throw usage('Cannot write into stdin: name a file');
  return { number, isWritten: write === true, isForced: yes === true };
}
