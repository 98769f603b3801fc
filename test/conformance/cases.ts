import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sharedFolder, skipWithoutShared } from '../shared-material.ts';
import { knownDifferences } from './known-differences.ts';

/** One recorded case: what went into the reference and what came out. `error` is its message, or null. */
export interface RecordedCase<Input, Output> {
  readonly name: string;
  readonly input: Input;
  readonly error: string | null;
  readonly output: Output;
}

const root = join(sharedFolder, 'conformance');

function readCase<Input, Output>(folder: string, file: string): RecordedCase<Input, Output> {
  const { input, expect } = JSON.parse(readFileSync(join(root, folder, file), 'utf8'));
  return { name: file.replace(/\.json$/, ''), input, error: expect.error ?? null, output: expect.output };
}

/**
 * Runs `check` on every recorded case of a folder: it throws when our answer differs. Prints how many agreed, differed for
 * a listed reason and failed. Without the recordings (a user's machine) the suite is skipped and says so.
 */
export function describeCases<Input, Output>(
  folder: string,
  check: (recorded: RecordedCase<Input, Output>) => void,
): void {
  describe(`recorded cases of ${folder}`, () => {
    // Recordings that are there must all be there: a folder by another name would be lost without a word.
    const skip = skipWithoutShared(`conformance/${folder}`);
    if (skip !== false) {
      it(`agrees with the reference`, { skip }, () => undefined);
      return;
    }
    const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.json'));
    const counts = { passed: 0, known: 0, failed: 0 };
    for (const file of files) {
      it(file.replace(/\.json$/, ''), () => {
        const recorded = readCase<Input, Output>(folder, file);
        const reason = knownDifferences[`${folder}/${recorded.name}`];
        counts.failed += 1;
        if (reason === undefined) check(recorded);
        else assert.throws(() => check(recorded), `Listed as a known difference, but it agrees: ${reason}`);
        counts.failed -= 1;
        counts[reason === undefined ? 'passed' : 'known'] += 1;
      });
    }
    it('runs every case', (t) => {
      t.diagnostic(`${folder}: ${counts.passed} passed, ${counts.known} known, ${counts.failed} failed`);
      assert.ok(files.length > 0, 'the folder holds no case');
      assert.equal(counts.passed + counts.known + counts.failed, files.length);
    });
  });
}

/** The value without nulls, which recordings hold for what is not set. */
export function dropNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map((one: unknown) => dropNulls(one)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(entries.map(([key, one]) => [key, dropNulls<unknown>(one)])) as T;
}
