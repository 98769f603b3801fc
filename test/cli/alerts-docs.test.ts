import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { invoke } from './invoke.ts';

/** docs/alerts.md is what the command prints: `UPDATE_GOLDEN=1` rewrites the answers in it. */
const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const page = join(docs, 'alerts.md');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

/** Runs a command line of the page; `| jq -r .NAME` picks one member. What goes to stderr is shown behind. */
async function run(line: string): Promise<string> {
  const [command = '', filter] = line.split(' | jq -r .');
  const args = command
    .replace('$ stoker ', '')
    .replaceAll(/teams(?:\.test)?\.yaml/g, (file) => join(docs, 'alerts', file))
    .replaceAll('silences.json', join(docs, 'silences.json'))
    .split(' ');
  const { stdout, stderr } = await invoke(...args);
  const text =
    filter === undefined
      ? stdout
      : `${JSON.stringify((JSON.parse(stdout) as Readonly<Record<string, unknown>>)[filter], null, 2)}\n`;
  return `${text}${stderr}`.replaceAll(`${docs}alerts/`, '').replaceAll(docs, '');
}

const block = /```\n(\$ stoker (?:route|test|explain) [^\n]*)\n[\s\S]*?```/g;

describe('docs/alerts.md', () => {
  it('shows what the command prints', async () => {
    const text = readFileSync(page, 'utf8');
    let wanted = text;
    let found = 0;
    for (const [whole, line = ''] of text.matchAll(block)) {
      found += 1;
      const answer = `\`\`\`\n${line}\n${await run(line)}\`\`\``;
      wanted = wanted.replace(whole, () => answer);
    }
    assert.equal(found, 13);
    if (isUpdate) writeFileSync(page, wanted);
    assert.equal(readFileSync(page, 'utf8'), wanted);
  });
});
