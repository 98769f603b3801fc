import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatDuration, parseDuration } from '../../../src/base/durations.ts';

describe('parseDuration()', () => {
  it('adds up units from years to milliseconds', () => {
    const expected = {
      '0': 0,
      '30s': 30_000,
      '1h30m': 5_400_000,
      '1d': 86_400_000,
      '2w': 1_209_600_000,
      '1m5ms': 60_005,
    };
    for (const [text, ms] of Object.entries(expected)) assert.equal(parseDuration(text), ms, text);
    assert.equal(parseDuration('1y'), 365 * 86_400_000);
  });

  it('refuses what Prometheus refuses', () => {
    for (const text of ['', '30', 's', '1.5h', '-1s', '1s1h', '1h 30m', '30S', '300y'])
      assert.throws(() => parseDuration(text), { name: 'SyntaxError' }, text);
  });
});

describe('formatDuration', () => {
  it('prints as Prometheus does: years and weeks only when nothing is left over', () => {
    const printed: Readonly<Record<string, string>> = {
      '0': '0s',
      '60s': '1m',
      '90s': '1m30s',
      '7d': '1w',
      '8d': '8d',
      '365d': '1y',
      '36h': '1d12h',
      '1500ms': '1s500ms',
    };
    for (const [text, expected] of Object.entries(printed)) assert.equal(formatDuration(parseDuration(text)), expected);
    assert.equal(formatDuration(parseDuration('1w1h30s'), 'h'), '169h30s');
  });
});
