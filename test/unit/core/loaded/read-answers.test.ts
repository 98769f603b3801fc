import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complete } from '../../../../src/base/interruptible.ts';
import type { Interruptible } from '../../../../src/base/interruptible.ts';
import { readConfigAnswer, readRuntimeInfo } from '../../../../src/core/loaded/read-answers.ts';
import { readTargetsAnswer } from '../../../../src/core/loaded/read-targets.ts';

function countRests<T>(work: Interruptible<T>): { readonly rests: number; readonly value: T } {
  for (let rests = 0; ; rests += 1) {
    const step = work.next();
    if (step.done === true) return { rests, value: step.value };
  }
}

const answer = (yaml: string): string => JSON.stringify({ status: 'success', data: { yaml } });

describe('The answer of /api/v1/status/config', () => {
  it('is the text, whatever is escaped in it', () => {
    for (const text of ['', 'a: b\n', 'a: "\\n\\\\n"\n\tb: \\\n', 'ä: "€\u0001"\n', 'regex: \\\\n\\n\n'])
      assert.equal(complete(readConfigAnswer(answer(text))), text);
  });

  it('is decoded in pieces when it is long', () => {
    const text = 'a: "\\\\n\\n"\n'.repeat(200_000);
    const { rests, value } = countRests(readConfigAnswer(answer(text)));
    assert.equal(value, text);
    assert.ok(rests >= 10, String(rests));
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      '{}',
      '<html>',
      '{"status":"error","error":"x"}',
      '{"status":"success","data":{"yaml":"\\q"}}',
    ])
      assert.equal(complete(readConfigAnswer(text)), undefined);
  });
});

describe('The answer of /api/v1/status/runtimeinfo', () => {
  it('tells of the last reload', () => {
    const data = { startTime: 'x', reloadConfigSuccess: false, lastConfigTime: '2026-11-29T19:30:47Z' };
    assert.deepEqual(readRuntimeInfo({ status: 'success', data }), {
      succeeded: false,
      loadedAt: '2026-11-29T19:30:47Z',
    });
    for (const other of [undefined, {}, { data: {} }, { data: { reloadConfigSuccess: 'yes', lastConfigTime: '' } }])
      assert.equal(readRuntimeInfo(other), undefined);
  });
});

describe('The answer of /api/v1/targets', () => {
  const target = (scrapePool: string, health: string, lastError = ''): unknown => ({
    ...{ discoveredLabels: { a: '}{"' }, labels: {}, scrapePool, lastError, health },
  });

  it('is counted by job', () => {
    const activeTargets = [
      target('a', 'up'),
      target('b', 'down', 'x "}" y'),
      target('a', 'unknown'),
      target('b', 'down', 'z'),
    ];
    const text = JSON.stringify({ status: 'success', data: { activeTargets, droppedTargets: [] } });
    assert.deepEqual(Object.fromEntries(complete(readTargetsAnswer(text)) ?? []), {
      a: { up: 1, fresh: 1, total: 2, lastError: '' },
      b: { up: 0, fresh: 0, total: 2, lastError: 'x "}" y' },
    });
    const none = JSON.stringify({ status: 'success', data: { activeTargets: [] } });
    assert.equal(complete(readTargetsAnswer(none))?.size, 0);
  });

  it('is read in pieces when it is long, and is nothing else', () => {
    const activeTargets = Array.from({ length: 2000 }, () => target('a', 'up'));
    const text = JSON.stringify({ status: 'success', data: { activeTargets } });
    const { rests, value } = countRests(readTargetsAnswer(text));
    assert.equal(value?.get('a')?.up, 2000);
    assert.ok(rests >= 10, String(rests));
    for (const other of ['', '{}', text.slice(0, -20), '{"data":{"activeTargets":[1]}}'])
      assert.equal(complete(readTargetsAnswer(other)), undefined);
  });
});
