import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseOptions } from '../../../../src/operator/options/options.ts';

const explainAt = (address: string, choice?: string): string =>
  parseOptions({
    'web.listen-address': [address],
    ...(choice === undefined ? {} : { 'web.explain': [choice] }),
  }).exposure.explain;

describe('flags about who may see what', () => {
  it('explain to nobody on the pod network and leave metrics open, when nothing is said', () => {
    assert.deepEqual(parseOptions({}).exposure, { explain: 'off', metrics: 'open' });
  });

  it('explain to whoever reaches a loopback address', () => {
    for (const address of ['127.0.0.1:8080', 'localhost:8080', '[::1]:8080', '127.8.0.1:0'])
      assert.equal(explainAt(address), 'loopback', address);
    for (const address of [':8080', '0.0.0.0:8080', '[::]:8080', '10.0.0.1:8080', 'localhost.example:8080'])
      assert.equal(explainAt(address), 'off', address);
  });

  it('do what they are told', () => {
    for (const choice of ['off', 'authorized', 'open']) assert.equal(explainAt(':8080', choice), choice);
    assert.equal(explainAt('127.0.0.1:8080', 'off'), 'off');
    assert.equal(parseOptions({ 'web.metrics': ['authorized'] }).exposure.metrics, 'authorized');
    assert.throws(() => explainAt(':8080', 'on'), /Cannot read --web.explain: "on" is none of auto, off/);
  });
});
