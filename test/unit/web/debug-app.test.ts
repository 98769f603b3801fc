import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDebugApp } from '../../../src/web/debug-app.ts';

function makeApp() {
  const state = { level: 'info', endProfile: (): void => undefined };
  const app = createDebugApp({
    log: { levels: ['info', 'debug'], level: () => state.level, setLevel: (level) => void (state.level = level) },
    profiles: {
      cpu: (ms) => new Promise((resolve) => (state.endProfile = () => resolve(`{"cpu":${ms}}`))),
      heap: (ms) => Promise.resolve(`{"heap":${ms}}`),
    },
  });
  const fetch = async (path: string, init: RequestInit = {}, host = '127.0.0.1:8081') => {
    const response = await app.fetch(new Request(`http://${host}${path}`, init));
    return { status: response.status, text: await response.text() };
  };
  return { state, fetch };
}

describe('the debug endpoints', () => {
  it('read and change the log level, and refuse one that is none', async () => {
    const { state, fetch } = makeApp();
    assert.deepEqual(await fetch('/log-level'), { status: 200, text: 'info\n' });
    assert.deepEqual(await fetch('/log-level', { method: 'PUT', body: 'debug\n' }), { status: 200, text: 'debug\n' });
    const refused = await fetch('/log-level', { method: 'PUT', body: 'loud' });
    assert.deepEqual(refused, { status: 400, text: 'Cannot set the log level to "loud": want one of info, debug\n' });
    assert.equal(state.level, 'debug');
  });

  it('take one profile at a time, of a bounded length', async () => {
    const { state, fetch } = makeApp();
    assert.equal((await fetch('/debug/pprof/heap?seconds=0.5')).text, '{"heap":500}');
    const first = fetch('/debug/pprof/profile?seconds=2');
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal((await fetch('/debug/pprof/heap')).status, 409);
    state.endProfile();
    assert.deepEqual(await first, { status: 200, text: '{"cpu":2000}' });
    for (const seconds of ['0', '301', 'x', '-1']) {
      assert.equal((await fetch(`/debug/pprof/profile?seconds=${seconds}`)).status, 400);
    }
  });

  it('refuse a page that was led here by a name of its own', async () => {
    const { state, fetch } = makeApp();
    const init = { method: 'PUT', body: 'debug' };
    assert.equal((await fetch('/log-level', init, 'evil.example:8081')).status, 403);
    assert.equal(state.level, 'info');
    for (const host of ['localhost:1', '[::1]:1', '127.0.0.2'])
      assert.equal((await fetch('/log-level', {}, host)).status, 200);
  });
});
