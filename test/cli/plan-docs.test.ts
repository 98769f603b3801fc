import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { invoke } from './invoke.ts';

/** docs/plan.md is what the command prints: `UPDATE_GOLDEN=1` rewrites the answers in it. */
const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const page = join(docs, 'plan.md');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

/** Runs a command line of the page; `| jq -r .NAME` picks one member. */
async function run(line: string): Promise<string> {
  const [command = '', filter] = line.split(' | jq -r .');
  const args = command
    .replace('$ stoker ', '')
    .replaceAll(/[a-z]+\.yaml/g, (file) => join(docs, 'plan', file))
    .split(' ');
  const { stdout, stderr } = await invoke(...args);
  if (filter === undefined) return `${stdout}${stderr}`;
  return `${JSON.stringify((JSON.parse(stdout) as Readonly<Record<string, unknown>>)[filter], null, 2)}\n${stderr}`;
}

const block = /(`{3,})\n(\$ stoker plan [^\n]*)\n[\s\S]*?\n?\1\n/g;

/** The fence is longer than those in the answer. */
function frame(line: string, answer: string): string {
  const fence = answer.includes('```') ? '````' : '```';
  return `${fence}\n${line}\n${answer}${fence}\n`;
}

describe('docs/plan.md', () => {
  it('shows what the command prints', async () => {
    const text = readFileSync(page, 'utf8');
    let wanted = text;
    let found = 0;
    for (const [whole, , line = ''] of text.matchAll(block)) {
      found += 1;
      const answer = frame(line, await run(line));
      wanted = wanted.replace(whole, () => answer);
    }
    assert.equal(found, 4);
    if (isUpdate) writeFileSync(page, wanted);
    assert.equal(readFileSync(page, 'utf8'), wanted);
  });
});
