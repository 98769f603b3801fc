import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { codeOf, findNearestReason, findReason, listedReasons } from '../../../../src/core/reasons/lookup.ts';
import { reasonGroups } from '../../../../src/core/reasons/table.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Codes that were given once, "STK1001 Watched" a line: lines are added to it, and never changed or taken out. */
const given = join(import.meta.dirname, 'codes.txt');
const isUpdate = process.env.UPDATE_GOLDEN === '1';

describe('the table of reasons', () => {
  it('has each reason and each code once, and the digits of the group first', () => {
    const entries = reasonGroups.flatMap(({ digits, entries: all }) =>
      Object.entries(all).map(([reason, { code }]) => ({ digits, reason, code })),
    );
    assert.ok(entries.length > 150, `found ${entries.length}`);
    assert.equal(new Set(entries.map(({ reason }) => reason)).size, entries.length, 'a reason is there twice');
    assert.equal(new Set(entries.map(({ code }) => code)).size, entries.length, 'a code is there twice');
    assert.equal(new Set(reasonGroups.map(({ digits }) => digits)).size, reasonGroups.length);
    for (const { digits, reason, code } of entries) assert.match(code, new RegExp(`^STK${digits}\\d\\d$`), reason);
  });

  it('keeps every code that was given for its reason', () => {
    const known = readFileSync(given, 'utf8').trimEnd().split('\n');
    const wanted = listedReasons.map(({ code, reason }) => `${code} ${reason}`);
    const gone = known.filter((line) => !wanted.includes(line));
    assert.deepEqual(gone, [], 'codes are given for good: neither another reason nor none may have these');
    const added = wanted.filter((line) => !known.includes(line));
    if (isUpdate) writeFileSync(given, `${[...known, ...added].sort().join('\n')}\n`);
    else assert.deepEqual(added, [], 'add them: UPDATE_GOLDEN=1 npm test unit/core/reasons');
  });

  it('holds no reason that nobody gives', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.startsWith('core/reasons/'),
    );
    const text = files.map((file) => readFileSync(join(root, 'src', file), 'utf8')).join('\n');
    const unused = listedReasons.filter(({ reason }) => !text.includes(`'${reason}'`));
    assert.deepEqual(unused, []);
  });

  it('says of what is wrong how it reads and how it is mended', () => {
    for (const { reason, meaning, example, mend } of listedReasons) {
      assert.match(meaning, /^[A-Z`].*[^.]$/, reason);
      assert.equal(example === undefined, mend === undefined, reason);
      if (mend !== undefined) assert.match(mend, /^[A-Z].*\.$/, reason);
    }
  });

  it('has a page for each code, and no other pages', () => {
    const pages = readdirSync(join(root, 'docs', 'reasons')).filter((file) => file !== 'README.md');
    assert.deepEqual(
      pages.sort(),
      listedReasons.map(({ code }) => `${code}.md`),
    );
  });

  it('finds a reason by code and by name, and the nearest of others', () => {
    assert.equal(codeOf('SeriesImpossible'), 'STK1203');
    for (const wanted of ['STK1203', 'stk1203', 'SeriesImpossible', 'seriesimpossible'])
      assert.equal(findReason(wanted)?.reason, 'SeriesImpossible', wanted);
    assert.equal(findReason('STK9999'), undefined);
    assert.equal(findNearestReason('SeriesImposible')?.code, 'STK1203');
    assert.equal(findNearestReason('STK1203a')?.code, 'STK1203');
    assert.equal(findNearestReason('nothing like it'), undefined);
  });
});
