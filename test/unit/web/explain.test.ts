import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Question } from '../../../src/core/explain/facts.ts';
import type { Explanation } from '../../../src/core/explain/model.ts';
import { SubjectNotFoundError } from '../../../src/core/explain/not-found.ts';
import { createExplainApp } from '../../../src/web/explain.ts';
import type { Caller, Guard, ObjectAccess } from '../../../src/web/guard.ts';
import { closedGuard, loopbackGuard, openGuard } from '../../../src/web/guard.ts';

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

function createApp({ unavailable, guard = openGuard }: { unavailable?: string; guard?: Guard } = {}) {
  const asked: Question[] = [];
  const app = createExplainApp({
    guard,
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
    assert.match(found.error, /^Cannot explain "secret": known are alertmanagerconfig, podmonitor, /);
    const alert = await app.request('/explain/alert/shop/CartDown');
    assert.equal(alert.status, 404, 'rules of many namespaces would be told of: nobody can be asked who may see them');
    const name = await app.request('/explain/smon/shop/nope', { headers: { accept: 'text/plain' } });
    assert.deepEqual([name.status, await name.text()], [404, 'Cannot find ServiceMonitor shop/nope\n']);
  });

  it('answers 503 where this replica cannot say', async () => {
    const response = await createApp({ unavailable: 'this replica does not lead' }).app.request(
      '/explain/smon/shop/cart',
    );
    assert.deepEqual([response.status, await response.json()], [503, { error: 'this replica does not lead' }]);
  });
});

describe('who may ask /explain', () => {
  const path = '/explain/smon/shop/cart';

  it('is nobody where it is off', async () => {
    const { app, asked } = createApp({ guard: closedGuard('Explanations are off here') });
    const response = await app.request(path);
    assert.deepEqual([response.status, await response.json()], [403, { error: 'Explanations are off here' }]);
    assert.deepEqual(asked, []);
  });

  it('is whoever reaches a loopback address, but no web page with a name of its own', async () => {
    const { app } = createApp({ guard: loopbackGuard });
    for (const [host, status] of [
      ['localhost:8080', 200],
      ['127.0.0.1:8080', 200],
      ['[::1]:8080', 200],
      ['evil.example:8080', 403],
      ['10.0.0.1:8080', 403],
    ] as const)
      assert.equal((await app.request(`http://${host}${path}`)).status, status, host);
  });

  it('is told how to say who they are', async () => {
    const refusal = { status: 401, message: 'Send a token' } as const;
    const response = await createApp({ guard: () => Promise.resolve({ refusal }) }).app.request(path);
    assert.deepEqual([response.status, response.headers.get('www-authenticate')], [401, 'Bearer']);
  });
});

/** "servicemonitors shop/cart"; what is left out is all. */
const nameAccess = ({ resource, namespace = '*', name = '*' }: ObjectAccess): string =>
  `${resource} ${namespace}/${name}`;

describe('what a caller is told at /explain', () => {
  function callAs(...granted: readonly string[]) {
    const caller: Caller = { mayGet: (wanted) => Promise.resolve(granted.includes(nameAccess(wanted))) };
    return createApp({ guard: () => Promise.resolve({ caller }) });
  }

  it('is nothing of objects that they may not get', async () => {
    const { app, asked } = callAs('servicemonitors pay/*');
    const response = await app.request('/explain/smon/shop/cart');
    assert.deepEqual(
      [response.status, await response.json()],
      [403, { error: 'Cannot explain to you: you may not get servicemonitors "cart" in namespace "shop"' }],
    );
    assert.deepEqual(asked, []);
  });

  it('is all of a monitor that they may get', async () => {
    const { app, asked } = callAs('servicemonitors shop/cart');
    assert.equal((await app.request('/explain/smon/shop/cart')).status, 200);
    assert.deepEqual(asked[0], { subject: object, workload: undefined });
  });

  it('is of a Pod or Service the monitors beside it, unless they may get those of all namespaces', async () => {
    const all = ['servicemonitors */*', 'podmonitors */*'];
    const here = ['servicemonitors shop/*', 'podmonitors shop/*'];
    const ask = async (...granted: readonly string[]): Promise<readonly [number, string | undefined]> => {
      const { app, asked } = callAs('pods shop/cart-0', ...granted);
      const { status } = await app.request('/explain/pod/shop/cart-0');
      return [status, asked[0]?.monitorNamespace];
    };
    assert.deepEqual(await ask(...all), [200, undefined]);
    assert.deepEqual(await ask(...here), [200, 'shop']);
    assert.deepEqual(await ask(here[0] ?? ''), [403, undefined]);
    assert.deepEqual(await ask(), [403, undefined]);
  });

  it('is no name of another namespace where there is no such object', async () => {
    const ask = async (...granted: readonly string[]): Promise<string> => {
      const response = await callAs('servicemonitors shop/nope', ...granted).app.request('/explain/smon/shop/nope');
      assert.equal(response.status, 404);
      return ((await response.json()) as { error: string }).error;
    };
    assert.equal(await ask(), 'Cannot find ServiceMonitor shop/nope, or not the workload that was asked for');
    assert.equal(await ask('servicemonitors */*'), 'Cannot find ServiceMonitor shop/nope');
  });

  it('is nothing while nobody can say who they are', async () => {
    const caller: Caller = { mayGet: () => Promise.reject(new Error('connection refused')) };
    const { app, asked } = createApp({ guard: () => Promise.resolve({ caller }) });
    const response = await app.request('/explain/smon/shop/cart');
    assert.deepEqual([response.status, await response.json()], [503, { error: 'connection refused' }]);
    assert.deepEqual(asked, []);
  });
});
