import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Question } from '../../../src/core/explain/facts.ts';
import type { Explanation } from '../../../src/core/explain/model.ts';
import { SubjectNotFoundError } from '../../../src/core/explain/not-found.ts';
import { createExplainApp } from '../../../src/web/explain.ts';

const object = { kind: 'ServiceMonitor', namespace: 'shop', name: 'cart' };
const explanation: Explanation = {
  subject: object,
  verdict: 'NotScraped',
  reason: 'PortNotFound',
  object,
  at: 'spec.endpoints[0].port',
  summary: 'shop/cart is NOT scraped: no port is named "web"',
  chains: [],
  fixes: [],
  notes: [],
};

function createApp(unavailable?: string) {
  const asked: Question[] = [];
  const app = createExplainApp({
    unavailable: () => unavailable,
    explain: (question) => {
      asked.push(question);
      const { subject } = question;
      if (subject.kind !== 'Target' && subject.name === 'nope')
        return Promise.reject(new SubjectNotFoundError('Cannot find ServiceMonitor shop/nope'));
      return Promise.resolve(explanation);
    },
  });
  return { app, asked };
}

describe('GET /explain/KIND/NAMESPACE/NAME', () => {
  it('answers with JSON, by any of kubectl’s words for the kind', async () => {
    const { app, asked } = createApp();
    for (const kind of ['servicemonitor', 'ServiceMonitors', 'smon']) {
      const response = await app.request(`/explain/${kind}/shop/cart?workload=monitoring/main`);
      assert.equal(response.status, 200);
      assert.equal(((await response.json()) as { reason: string }).reason, 'PortNotFound');
    }
    assert.deepEqual(asked[0], { subject: { ...object }, workload: 'monitoring/main' });
    assert.deepEqual(asked[0], asked[2]);
  });

  it('answers with text for Accept: text/plain', async () => {
    const response = await createApp().app.request('/explain/smon/shop/cart', { headers: { accept: 'text/plain' } });
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
    assert.equal(await response.text(), `${explanation.summary}\n`);
  });

  it('answers 404 for kinds and objects that are not there', async () => {
    const { app } = createApp();
    const kind = await app.request('/explain/secret/shop/cart');
    const found = (await kind.json()) as { error: string };
    assert.equal(kind.status, 404);
    assert.match(found.error, /^Cannot explain "secret": known are podmonitor, /);
    const name = await app.request('/explain/smon/shop/nope', { headers: { accept: 'text/plain' } });
    assert.deepEqual([name.status, await name.text()], [404, 'Cannot find ServiceMonitor shop/nope\n']);
  });

  it('answers 503 where this replica cannot say', async () => {
    const response = await createApp('this replica does not lead').app.request('/explain/smon/shop/cart');
    assert.deepEqual([response.status, await response.json()], [503, { error: 'this replica does not lead' }]);
  });
});
