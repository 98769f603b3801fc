import type { Command } from 'commander';
import { Option } from 'commander';
import type { Flag } from '../operator/options/flags.ts';
import type { FlagTexts } from '../operator/options/reader.ts';
import { version } from '../operator/version.ts';
import type { Io } from './io.ts';

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** Adds flags that are written Go's way; `readTexts` gives back what was given. */
export function addFlags(command: Command, flags: readonly Flag[]): void {
  for (const { name, kind, fallback, description } of flags) {
    const placeholder = kind === 'bool' ? 'true|false' : kind;
    const note = fallback === '' ? '' : ` (default: ${fallback})`;
    command.addOption(new Option(`--${name} <${placeholder}>`, description + note).argParser(collect));
  }
}

/** What was given on the command line, by flag name. */
export function readTexts(command: Command): FlagTexts {
  const given: Record<string, readonly string[]> = {};
  for (const option of command.options) {
    const value: unknown = command.getOptionValue(option.attributeName());
    if (Array.isArray(value)) given[(option.long ?? '').slice(2)] = value as readonly string[];
  }
  return given;
}

/** Whether the version was asked for; it is printed then, and the command ends. */
export function printVersion(texts: FlagTexts, io: Io): boolean {
  const isOn = (name: string): boolean => texts[name]?.at(-1) === 'true';
  if (isOn('version')) io.stdout(`stoker ${version} (node ${process.versions.node})\n`);
  else if (isOn('short-version')) io.stdout(`${version}\n`);
  else return false;
  return true;
}
