import { Command } from 'commander';
import { flags } from '../operator/options/flags.ts';
import type { FlagTexts } from '../operator/options/reader.ts';
import { addFlags, readTexts } from './flags.ts';
import { normaliseGoFlags } from './go-flags.ts';
import { ExitError, exitCodes } from './io.ts';

/** The same in one text. @throws {ExitError} */
export const readOperatorArgs = (text: string): FlagTexts => readArgs(text.split(/\s+/).filter((word) => word !== ''));

/** Flags of the operator as the words of a command line. @throws {ExitError} for one that no operator has */
export function readArgs(args: readonly string[]): FlagTexts {
  const [first = '', ...rest] = args;
  const own = first === 'run' || first === 'operator' ? rest : args;
  const command = new Command('run').argument('[command]').exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  addFlags(command, flags);
  try {
    command.parse(normaliseGoFlags(own, flags), { from: 'user' });
  } catch (error) {
    throw new ExitError(exitCodes.usage, `Cannot read the flags of the operator "${own.join(' ')}": ${String(error)}`);
  }
  return readTexts(command);
}
