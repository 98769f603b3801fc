import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cutText } from '../../../src/base/cut-text.ts';

describe('cutText', () => {
  it('leaves what fits as it is', () => {
    assert.equal(cutText('', 8), '');
    assert.equal(cutText('12345678', 8), '12345678');
    assert.equal(cutText('üüüü', 8), 'üüüü');
  });

  it('ends with dots, within the bytes and behind a whole character', () => {
    assert.equal(cutText('123456789', 8), '12345...');
    assert.equal(cutText('üüüüü', 8), 'üü...');
    assert.equal(cutText('🦭🦭🦭', 8), '🦭...');
    for (let most = 3; most < 40; most += 1) {
      for (const text of ['x'.repeat(50), 'aü'.repeat(25), '🦭a'.repeat(15), '€'.repeat(30)]) {
        const cut = cutText(text, most);
        assert.ok(Buffer.byteLength(cut) <= most && !cut.includes('\ufffd'), `${most} of ${text}: ${cut}`);
        assert.ok(text.startsWith(cut.slice(0, -3)) && cut.endsWith('...'), cut);
      }
    }
  });
});
