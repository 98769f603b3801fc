import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { explainReasons } from '../../src/core/reasons/table.ts';
import { findReason } from '../../src/core/reasons/lookup.ts';
import { applyFix } from '../golden/explain/apply-fix.ts';
import type { MachineFix } from '../golden/explain/apply-fix.ts';
import { invoke } from './invoke.ts';

/** docs/explain.md is what the command prints: `UPDATE_GOLDEN=1` rewrites the answers and the table in it. */
const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const page = join(docs, 'explain.md');
const shop = join(docs, 'explain', 'shop.yaml');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

const folder = mkdtempSync(join(tmpdir(), 'stoker-explain-docs-'));
const input = join(folder, 'shop.yaml');
after(() => rmSync(folder, { recursive: true }));

type Answer = Readonly<Record<string, unknown>> & { readonly fixes: readonly MachineFix[] };

/** Runs a command line of the page; `| jq -r .NAME` picks one member. What `--fix` is shown by begins with the stack as it was. */
async function run(line: string): Promise<string> {
  const [command = '', filter] = line.split(' | jq -r .');
  const args = command.replace('$ stoker ', '').replace('shop.yaml', input).split(' ');
  if (args.includes('--fix') && !args.includes('--write')) writeFileSync(input, readFileSync(shop, 'utf8'));
  const { stdout, code } = await invoke(...args);
  if (code === 4 && !args.includes('--fix')) {
    const { fixes } = JSON.parse((await invoke(...args, '-o', 'json')).stdout) as Answer;
    writeFileSync(input, applyFix(readFileSync(input, 'utf8'), fixes[0]));
  }
  const text = filter === undefined ? stdout : `${String((JSON.parse(stdout) as Answer)[filter])}\n`;
  return text.replaceAll(`${folder}/`, '');
}

function renderReasons(): string {
  const rows = Object.entries(explainReasons).flatMap(([link, entries]) =>
    Object.entries(entries).map(([reason, { meaning }]) => {
      const code = findReason(reason)?.code ?? '';
      return `| ${link} | [${code}](reasons/${code}.md) | \`${reason}\` | ${meaning} |`;
    }),
  );
  return `\n| link | code | reason | means |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

const block = /```\n(\$ stoker explain [^\n]*)\n[\s\S]*?```/g;
const table = /(<!-- reasons:[^\n]*-->)[\s\S]*(<!-- \/reasons -->)/;

describe('docs/explain.md', () => {
  it('shows what the command prints, edit after edit', async () => {
    const text = readFileSync(page, 'utf8');
    writeFileSync(input, readFileSync(shop, 'utf8'));
    let wanted = text;
    let found = 0;
    for (const [whole, line = ''] of text.matchAll(block)) {
      found += 1;
      const at = wanted.indexOf(whole, wanted.indexOf('## A walk-through'));
      const answer = `\`\`\`\n${line}\n${await run(line)}\`\`\``;
      // Blocks with the same command stand one after the other: the first that is still old is meant.
      wanted = whole === answer ? wanted : `${wanted.slice(0, at)}${answer}${wanted.slice(at + whole.length)}`;
    }
    assert.equal(found, 11);
    if (isUpdate) writeFileSync(page, wanted);
    assert.equal(readFileSync(page, 'utf8'), wanted);
  });

  it('lists every reason', () => {
    const text = readFileSync(page, 'utf8');
    const wanted = text.replace(table, (_, start: string, end: string) => `${start}${renderReasons()}${end}`);
    if (isUpdate) writeFileSync(page, wanted);
    assert.equal(readFileSync(page, 'utf8'), wanted);
  });
});
