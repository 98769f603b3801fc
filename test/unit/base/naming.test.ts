import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TerminalError } from '../../../src/base/errors.ts';
import { toLabelName, toUniqueLabelName } from '../../../src/base/naming.ts';

const label = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

describe('toLabelName', () => {
  it('makes a DNS label of any object name', () => {
    assert.equal(toLabelName('secret', 'My.Secret_1'), 'secret-my-secret-1');
    assert.equal(toLabelName('configmap', 'a..b'), 'configmap-a-b');
    assert.equal(toLabelName('secret', 'trailing.'), 'secret-trailing');
  });

  it('cuts long names to valid labels', () => {
    for (let length = 50; length < 70; length += 1) {
      assert.match(toLabelName('secret', `${'x'.repeat(length)}-.${'y'.repeat(60)}`), label);
    }
  });

  it('says so when nothing is left', () => {
    assert.throws(() => toLabelName('', '...'), TerminalError);
  });
});

describe('toUniqueLabelName', () => {
  it('ends with digits of the hash of the bare name', () => {
    assert.equal(
      toUniqueLabelName('web-config-tls-secret-key', 'some-secret'),
      'web-config-tls-secret-key-some-secret-3556f148',
    );
  });

  it('keeps long names apart that are cut to the same text', () => {
    const [a, b] = [`${'x'.repeat(100)}a`, `${'x'.repeat(100)}b`].map((name) => toUniqueLabelName('p', name));
    assert.notEqual(a, b);
    assert.match(a ?? '', label);
  });
});
