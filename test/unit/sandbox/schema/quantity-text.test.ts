import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderQuantity } from '../../../../src/sandbox/schema/quantity-text.ts';

describe('canonical text of a quantity', () => {
  const cases: readonly [string, string | undefined][] = [
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['0.5', '500m'],
    ['1000', '1k'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['1023', '1023'],
    ['0.5Ki', '512'],
    ['1e3', '1e3'],
    ['100e-3', '100e-3'],
    ['0', '0'],
    ['0Mi', '0'],
    ['-2000m', '-2'],
    ['+5', '5'],
    ['.5', '500m'],
    ['0.1n', '1n'],
    ['', undefined],
    ['Gi', undefined],
    ['1 Gi', undefined],
    ['1gi', undefined],
  ];
  for (const [text, rendered] of cases) {
    it(`of "${text}" is ${rendered ?? 'none'}`, () => {
      assert.equal(renderQuantity(text), rendered);
    });
  }
});
