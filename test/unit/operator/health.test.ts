import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secretType } from '../../../src/api/builtin-types.ts';
import { checkLiveness, checkReadiness } from '../../../src/operator/health.ts';

type Health = Parameters<typeof checkLiveness>[0][number]['health'];

const now = Date.UTC(2026, 0, 1);
const minutes = 60_000;

function makeCache(changes: Partial<Health>) {
  const health: Health = {
    synced: true,
    settled: true,
    lastEventAt: now,
    quietSince: now,
    failingSince: undefined,
    lastError: undefined,
    refusals: [],
    ...changes,
  };
  return { type: secretType, health };
}

const isAlive = (changes: Partial<Health>): boolean => checkLiveness([makeCache(changes)], now)[0]?.ok === true;
const refusals = [{ verb: 'list', status: 403, namespace: '', message: 'you may not' }] as const;

describe('liveness', () => {
  it('fails when a watch was silent for a quarter of an hour', () => {
    assert.equal(isAlive({ quietSince: now - 14 * minutes }), true);
    const [check] = checkLiveness([makeCache({ quietSince: now - 16 * minutes })], now);
    assert.deepEqual(check, { name: 'secrets', ok: false, message: 'silent for 960 s' });
  });

  it('fails when lists or watches failed for a quarter of an hour, and says how', () => {
    const failingSince = now - 16 * minutes;
    const [check] = checkLiveness([makeCache({ failingSince, lastError: 'refused' })], now);
    assert.deepEqual(check, { name: 'secrets', ok: false, message: 'failing for 960 s: refused' });
    assert.equal(isAlive({ failingSince: now - minutes, lastError: 'refused' }), true);
  });

  it('does not fail for what the API server refuses: a restart would change nothing', () => {
    assert.equal(isAlive({ failingSince: now - 60 * minutes, refusals }), true);
  });

  it('does not fail before anything was heard', () => {
    assert.equal(isAlive({ quietSince: undefined, lastEventAt: undefined, synced: false, settled: false }), true);
  });
});

describe('readiness', () => {
  it('needs every cache to be filled or refused', () => {
    const check = (changes: Partial<Health>) => checkReadiness([makeCache(changes)])[0];
    assert.deepEqual(check({}), { name: 'secrets', ok: true, message: 'filled' });
    assert.equal(check({ synced: false, settled: false })?.ok, false);
    assert.deepEqual(check({ synced: false, refusals }), {
      name: 'secrets',
      ok: true,
      message: 'refused, done without: you may not',
    });
  });
});
