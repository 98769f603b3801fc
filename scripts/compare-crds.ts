import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { renderCRD } from '../src/api/crd.ts';
import { customKinds } from '../src/api/kinds.ts';
import { flattenCRD } from './compare/flatten.ts';

/**
 * Prints field by field what our CRDs and the tables of the reference's CRDs (one .tsv a kind) differ in.
 * Usage: node --import tsx scripts/compare-crds.ts FOLDER [PLURAL…]. Exits 1 when a difference is not intended.
 */
const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder of the .tsv files');

const print = (line: string): unknown => process.stdout.write(`${line}\n`);
let fields = 0;
const explained: string[] = [];
const open: string[] = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith('.tsv'))) {
  const plural = basename(file, '.tsv');
  if (wanted.length > 0 && !wanted.includes(plural)) continue;
  const kind = customKinds.find((one) => one.type.plural === plural);
  const theirs = readTable(join(folder, file));
  const ours = kind === undefined ? new Map<string, string>() : flattenCRD(renderCRD(kind, 'full'));
  fields += theirs.size;
  for (const path of [...new Set([...theirs.keys(), ...ours.keys()])].sort()) {
    const found = ours.get(path) ?? 'absent';
    const expected = theirs.get(path) ?? 'absent';
    if (found === expected) continue;
    const reason = explainRules(expected, found);
    if (reason === undefined) open.push(`${path}\n    theirs: ${expected}\n    ours:   ${found}`);
    else explained.push(`${path}: ${reason}`);
  }
}

for (const line of [...open, ...explained.map((one) => `intended: ${one}`)]) print(line);
print(
  `${String(fields)} fields compared, ${String(open.length)} differences, ${String(explained.length)} intended ones`,
);
if (open.length > 0) process.exitCode = 1;

/** CEL rules are in our words: their number is compared here, what they refuse by the tests of the API server. */
function explainRules(expected: string, found: string): string | undefined {
  const rule = /cel="(?:[^"\\]|\\.)*" ?/g;
  const [ours, theirs] = [found, expected].map((text) => text.match(rule)?.length ?? 0);
  if (ours !== theirs || found.replaceAll(rule, '').trim() !== expected.replaceAll(rule, '').trim()) return undefined;
  return `${String(ours)} CEL rules with the same meaning, in our words`;
}

/** Path → checks, in one order, so that texts can be compared. */
function readTable(file: string): Map<string, string> {
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
  return new Map(
    rows.map((row) => {
      const [path = '', ...cells] = row.split('\t');
      return [path, path.endsWith('#meta') ? cells.join(' ') : [cells[0], ...cells.slice(1).sort()].join(' ')];
    }),
  );
}
