import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatDuration, readDuration } from '../../../../src/core/targets/duration.ts';

const day = 86_400_000;

describe('durations of targets', () => {
  it('are printed as Prometheus prints them', () => {
    const expected: readonly [number, string][] = [
      [0, '0s'],
      [90_000, '1m30s'],
      [day, '1d'],
      [7 * day, '1w'],
      [8 * day, '8d'],
      [14 * day, '2w'],
      [365 * day, '1y'],
      [1500, '1s500ms'],
    ];
    for (const [ms, text] of expected) assert.equal(formatDuration(ms), text);
  });

  it('are refused in the words of Prometheus', () => {
    const problems: Readonly<Record<string, string>> = {
      '': 'empty duration string',
      '5': 'not a valid duration string: "5"',
      '999us': 'unknown unit "us" in duration "999us"',
      '1s1m': 'not a valid duration string: "1s1m"',
      '300y': 'duration out of range',
    };
    for (const [text, problem] of Object.entries(problems)) assert.deepEqual(readDuration(text), { problem });
    assert.deepEqual(readDuration('1h30m'), { ms: 5_400_000 });
  });
});
