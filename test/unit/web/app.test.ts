import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HealthCheck } from '../../../src/web/app.ts';
import { createWebApp } from '../../../src/web/app.ts';

function createApp(readiness: readonly HealthCheck[]) {
  return createWebApp({
    metrics: () => Promise.resolve({ contentType: 'text/plain; version=0.0.4', text: 'up 1\n' }),
    liveness: () => [],
    readiness: () => readiness,
  });
}

describe('createWebApp', () => {
  it('serves metrics with their content type', async () => {
    const response = await createApp([]).request('/metrics');
    assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4');
    assert.equal(await response.text(), 'up 1\n');
  });

  it('refuses metrics to whom it does not know', async () => {
    const app = createWebApp({
      metrics: () => Promise.reject(new Error('nobody may ask')),
      liveness: () => [],
      readiness: () => [],
      metricsGuard: () => Promise.resolve({ refusal: { status: 401, message: 'Send a token' } }),
    });
    const response = await app.request('/metrics');
    const { status, headers } = response;
    assert.deepEqual(
      [status, headers.get('www-authenticate'), await response.text()],
      [401, 'Bearer', 'Send a token\n'],
    );
    assert.equal((await app.request('/healthz')).status, 200);
  });

  it('answers 503 and names the check that fails', async () => {
    const checks = [
      { name: 'Prometheus', ok: true, message: '3 objects' },
      { name: 'ServiceMonitor', ok: false, message: 'not listed yet: 403 Forbidden' },
    ];
    const response = await createApp(checks).request('/readyz');
    assert.equal(response.status, 503);
    assert.match(
      await response.text(),
      /\[\+\] Prometheus: 3 objects\n\[-\] ServiceMonitor: not listed yet: 403 Forbidden\nfailed/,
    );
  });

  it('answers 200 when nothing is wrong', async () => {
    const response = await createApp([]).request('/healthz');
    assert.equal(response.status, 200);
    assert.equal(await response.text(), 'ok\n');
  });
});
