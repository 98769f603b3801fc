import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { sharedFolder, skipWithoutShared } from '../shared-material.ts';
import { knownDifferences } from './known-differences.ts';

/** The recorded cases beside the repository: there where they were given, absent on a user's machine. */
const recordings = join(sharedFolder, 'conformance');

/** Absent recordings: the reason to skip a test with. */
export const skipReason: string | false = skipWithoutShared('conformance');

export function readRecording(path: string): unknown {
  return JSON.parse(readFileSync(join(recordings, path), 'utf8'));
}

/** One recorded case; the shapes of both halves are each folder's own. */
export interface RecordedCase<Input, Expected> {
  readonly name: string;
  readonly input: Input;
  readonly expect: Expected;
}

/** Counts of a folder's cases; every case ends in exactly one of them. */
interface Tally {
  passed: number;
  readonly known: string[];
  readonly failed: string[];
}

/**
 * Declares a test that runs every case of a folder. `check` throws where the outcome differs; a case that differs is
 * failed unless the table of known differences lists it, and a listed case that does not differ is failed as well.
 */
export function itAgreesWithFolder<Input, Expected>(
  folder: string,
  check: (one: RecordedCase<Input, Expected>) => void | Promise<void>,
): void {
  it(`agrees with the recorded cases of ${folder}`, { skip: skipReason }, async (test) => {
    const names = readdirSync(join(recordings, folder)).filter((name) => name.endsWith('.json'));
    const tally: Tally = { passed: 0, known: [], failed: [] };
    for (const file of names) {
      const name = `${folder}/${file.replace(/\.json$/, '')}`;
      const recorded = readRecording(join(folder, file)) as { input: Input; expect: Expected };
      await judge(name, () => check({ name, ...recorded }), tally);
    }
    const { passed, known, failed } = tally;
    test.diagnostic(`${folder}: ${passed} passed, ${known.length} known differences, ${failed.length} failed`);
    assert.deepEqual(failed, []);
    assert.ok(passed > 0, `No case of ${folder} was run`);
    assert.equal(passed + known.length, names.length, `Not every case of ${folder} was run`);
  });
}

async function judge(name: string, run: () => void | Promise<void>, tally: Tally): Promise<void> {
  const isKnown = name in knownDifferences;
  try {
    await run();
    if (isKnown) tally.failed.push(`${name} is listed as a known difference, but it agrees`);
    else tally.passed += 1;
  } catch (error) {
    if (isKnown) tally.known.push(name);
    else tally.failed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
