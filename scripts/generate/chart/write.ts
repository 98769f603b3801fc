import { dumpYaml } from '../../../src/base/yaml.ts';
import type { Entry, Group, JsonSchema } from './value.ts';

const width = 118;

/** Words in lines of at most `width` signs, each behind `prefix`. */
function wrap(sentence: string, prefix: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of sentence.split(' ')) {
    if (line !== '' && prefix.length + line.length + 1 + word.length > width) {
      lines.push(prefix + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, prefix + line].join('\n');
}

const indent = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by);

function writeEntry(name: string, entry: Entry, by: string): string {
  const comment = wrap(entry.description, `${by}# `);
  if (entry.kind === 'value') return `${comment}\n${indent(dumpYaml({ [name]: entry.fallback }), by)}`;
  return `${comment}\n${by}${name}:\n${writeEntries(entry, `${by}  `)}`;
}

/** The entries as YAML, a comment before each; those of the first level stand apart. */
export function writeEntries({ entries }: Group, by = ''): string {
  const parts = Object.entries(entries).map(([name, entry]) => writeEntry(name, entry, by));
  return parts.join(by === '' ? '\n' : '');
}

/** The schema of a group: nothing but its entries is allowed, so that a value with a typing error is refused. */
export function renderSchema({ description, entries, hidden }: Group): JsonSchema {
  const properties = Object.entries(entries).map(([name, entry]): [string, JsonSchema] => [
    name,
    entry.kind === 'group' ? renderSchema(entry) : { description: entry.description, ...entry.schema },
  ]);
  return {
    description,
    type: 'object',
    additionalProperties: false,
    properties: { ...Object.fromEntries(properties), ...hidden },
  };
}

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');

/** Rows of the README's table, a value a row, named with its path. */
export function listRows({ entries }: Group, path = ''): string[] {
  return Object.entries(entries).flatMap(([name, entry]) => {
    if (entry.kind === 'group') return listRows(entry, `${path}${name}.`);
    return [
      `| \`${path}${name}\` | \`${escapeCell(JSON.stringify(entry.fallback))}\` | ${escapeCell(entry.description)} |`,
    ];
  });
}
