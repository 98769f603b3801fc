import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../src/base/version.ts';

describe('Version', () => {
  it('refuses numbers that no release has as it refuses all other texts', () => {
    for (const text of ['9'.repeat(40), '1'.repeat(1000), '3.99999999999999999999.0', `1.0.0-${'a'.repeat(300)}`])
      assert.throws(() => Version.parse(text), SyntaxError, text.slice(0, 20));
  });

  it('completes what is left out', () => {
    assert.equal(Version.parse('v3').toString(), '3.0.0');
  });
});
