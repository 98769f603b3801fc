import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseByteSize } from '../../../src/base/byte-size.ts';

describe('parseByteSize()', () => {
  it('counts in powers of 1024 with and without "i"', () => {
    const expected = {
      '0': 0,
      '10B': 10,
      '1KB': 1024,
      '1KiB': 1024,
      '512MB': 512 * 1024 ** 2,
      '1.5GiB': 1.5 * 1024 ** 3,
    };
    for (const [text, bytes] of Object.entries(expected)) assert.equal(parseByteSize(text), bytes, text);
    assert.equal(parseByteSize('.5KB'), 512);
  });

  it('refuses what is no size', () => {
    for (const text of ['', '10', 'MB', '1 MB', '-1MB', '1mb', '1.MB'])
      assert.throws(() => parseByteSize(text), { name: 'SyntaxError' }, text);
  });
});
