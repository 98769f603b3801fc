import { readFileSync } from 'node:fs';
import { flagsWithoutEffect } from '../../src/operator/options/waiting.ts';
import type { Flag, FlagKind } from '../../src/operator/options/flags.ts';
import { flags } from '../../src/operator/options/flags.ts';
import type { Output } from './output.ts';

const kinds: Readonly<Record<FlagKind, string>> = {
  string: 'text',
  bool: '`--x` or `--x=false`',
  float: 'number',
  duration: 'duration, such as `1m30s`',
  set: 'comma separated; adds up',
  map: '`k=v,k2=v2`',
};

function renderRow({ name, kind, fallback, description }: Flag): string {
  const reason = flagsWithoutEffect[name];
  const meaning = reason === undefined ? description : `${description}. **No effect**: ${reason}`;
  const cells = [`\`--${name}\``, kinds[kind], fallback === '' ? '' : `\`${fallback}\``, meaning];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function renderGroup(group: string): string {
  const rows = flags.filter((flag) => flag.group === group).map(renderRow);
  return [`## ${group}`, '', '| flag | value | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** docs/flags.md: every flag of `stoker run`, from the table that parsing is made from. */
export const flagsDocsOutput: Output = {
  path: 'docs/flags.md',
  render: () => {
    const head = readFileSync(new URL('./flags-head.md', import.meta.url), 'utf8');
    const groups = [...new Set(flags.map(({ group }) => group))];
    return `${head}\n${groups.map(renderGroup).join('\n\n')}\n`;
  },
};
