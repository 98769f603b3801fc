import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { approximateFloat, canonicalQuantity } from '../../../src/base/quantity.ts';

describe('canonicalQuantity', () => {
  it('gives one text to all spellings of a value', () => {
    const alike = [
      ['1', '1000m', '1.0', '1e0', '1000000u', '0.001k', 1],
      ['1Gi', '1024Mi', '1048576Ki', '1073741824'],
      ['1.5G', '1500M', '15e8', '1.5E9'],
      ['0', '0m', '0Ki', '.0', '-0'],
    ];
    for (const group of alike) assert.equal(new Set(group.map((one) => canonicalQuantity(one))).size, 1, String(group));
  });

  it('tells different values apart, however close', () => {
    assert.notEqual(canonicalQuantity('1Gi'), canonicalQuantity('1G'));
    assert.notEqual(canonicalQuantity('999999999n'), canonicalQuantity('1'));
    assert.notEqual(canonicalQuantity('-1'), canonicalQuantity('1'));
  });

  it('rounds up to the decimals that are kept', () => {
    assert.equal(canonicalQuantity('0.1m', 3), '0.001');
    assert.equal(canonicalQuantity('-0.1m', 3), '-0.001');
    assert.equal(canonicalQuantity('1500m', 0), '2');
  });

  it('refuses what is no quantity', () => {
    for (const text of ['', '.', 'Gi', '1 Gi', '1gi', 'abc', '1e', '1e9999', '--1']) {
      assert.throws(() => canonicalQuantity(text), SyntaxError, text);
    }
  });
});

describe('approximateFloat', () => {
  it('gives the floats that Go gives', () => {
    assert.equal(approximateFloat('1.15'), 1.1500000000000001);
    assert.equal(approximateFloat('1150m'), 1.1500000000000001);
    assert.equal(approximateFloat('0.5'), 0.5);
    assert.equal(approximateFloat('12.124'), 12.124);
    assert.equal(approximateFloat(3), 3);
    assert.equal(approximateFloat('1Ki'), 1024);
    assert.equal(approximateFloat('1e3'), 1000);
  });
});
