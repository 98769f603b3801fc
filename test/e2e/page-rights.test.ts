/** Who sees what of the page, by the word of a real API server. */
import assert from 'node:assert/strict';
import { alertmanagerConfigType } from '../../src/api/alertmanager-config.ts';
import { alertmanagerType } from '../../src/api/alertmanager.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { listRules } from '../../src/operator/install/access-plan.ts';
import { findFreePort } from '../control-plane/readiness.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { grant } from './support/grants.ts';
import { makeHostileRequests, sendBytes } from './support/hostile-requests.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';

const rights = [{ apiGroups: ['monitoring.coreos.com'], resources: ['*'], verbs: ['get', 'list', 'watch'] }];
const seed = 20_261_130;
/** A namespace that the tenant has no right in; its name is in no other word. */
const other = 'team-blue';
const lists = [
  '/',
  '/workloads',
  '/rules',
  '/alertmanagerconfigs',
  '/rejected',
  '/permissions',
  '/configuration',
  '/targets',
];

const suite = planSuite();
let cluster: Cluster;
let operator: Operator;
let url: string;
suite.before(async () => {
  cluster = await startCluster({
    controllerManager: false,
    users: ['stranger', 'tenant', 'keeper', 'owner'].map((name) => ({ name })),
  });
  for (const namespace of ['shop', other]) {
    await cluster.createNamespace(namespace);
    await cluster.api.create(serviceMonitorType, {
      metadata: { namespace, name: `${namespace}-cart` },
      spec: { selector: {}, endpoints: [{ port: 'web' }] },
    });
    await cluster.api.create(alertmanagerConfigType, {
      metadata: { namespace, name: `${namespace}-routes` },
      spec: {
        route: { receiver: 'chat' },
        receivers: [{ name: 'chat', webhookConfigs: [{ url: 'http://x.example' }] }],
      },
    });
  }
  await cluster.createNamespace('monitoring');
  await cluster.api.create(prometheusType, {
    metadata: { namespace: 'monitoring', name: 'main' },
    spec: { serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {} },
  });
  await cluster.api.create(alertmanagerType, {
    metadata: { namespace: 'monitoring', name: 'alerts' },
    spec: { alertmanagerConfigSelector: {}, alertmanagerConfigNamespaceSelector: {} },
  });
  await grant(cluster.api, 'shop/see', { rules: rights, users: ['tenant'] });
  for (const namespace of ['shop', 'monitoring'])
    await grant(cluster.api, `${namespace}/keep`, { rules: rights, users: ['keeper'] });
  await grant(cluster.api, 'see-all', { rules: rights, users: ['owner'] });
  const port = await findFreePort();
  url = `http://127.0.0.1:${port}`;
  operator = await cluster.startOperator({ args: [`--page.listen-address=0.0.0.0:${port}`] });
  await operator.whenReady();
});
suite.after(() => cluster.stop());

const tokenOf = (user: string): string => cluster.controlPlane.tokens.get(user) ?? user;

async function ask(path: string, user?: string, accept = '*/*'): Promise<{ status: number; body: string }> {
  const headers = { accept, ...(user === undefined ? {} : { authorization: `Bearer ${tokenOf(user)}` }) };
  const answer = await fetch(`${url}${path}`, { headers, redirect: 'manual' });
  return { status: answer.status, body: await answer.text() };
}

suite.it('without a token, or with one that the API server does not know, there is no page', async () => {
  for (const path of ['/', '/rights', '/events', '/explain/servicemonitor/shop/shop-cart', '/none']) {
    assert.equal((await ask(path)).status, 401, path);
    assert.equal((await ask(path, 'guess')).status, 401, path);
  }
  assert.match(operator.log(), /Tokens of callers are sent in clear/);
});

suite.it('the chain of an object is shown to who may get it', async () => {
  const own = '/explain/servicemonitor/shop/shop-cart';
  const hidden = `/explain/servicemonitor/${other}/${other}-cart`;
  await eventually('the roles are in force', async () => {
    for (const user of ['tenant', 'owner']) assert.equal((await ask(own, user)).status, 200, user);
  });
  assert.equal((await ask(hidden, 'tenant')).status, 403);
  assert.equal((await ask(own, 'stranger')).status, 403);
  assert.equal((await ask(hidden, 'owner')).status, 200);
});

suite.it(
  'every list shows a tenant what is in their namespace, as JSON and as HTML, and nothing of others',
  async () => {
    await eventually('there is an overview', async () => {
      const { status, body } = await ask('/', 'owner');
      assert.equal(status, 200, body);
      for (const namespace of ['shop', other]) assert.ok(body.includes(`${namespace}-cart`), body);
    });
    for (const accept of ['application/json', 'text/html'])
      assert.ok((await ask('/', 'tenant', accept)).body.includes('shop-cart'), accept);
    for (const path of lists)
      for (const accept of ['application/json', 'text/html']) {
        const { status, body } = await ask(path, 'tenant', accept);
        assert.equal(status, 200, `${path} ${body}`);
        assert.ok(!body.includes(other), `${path} ${accept}: ${body}`);
        const stranger = await ask(path, 'stranger', accept);
        assert.ok(
          !stranger.body.includes(other) && !stranger.body.includes('shop'),
          `${path} ${accept}: ${stranger.body}`,
        );
      }
  },
);

suite.it('a search finds for a tenant what is in their namespace, and for who sees all what is in any', async () => {
  const json = 'application/json';
  const found = await ask('/search?q=cart', 'owner', json);
  for (const namespace of ['shop', other]) assert.ok(found.body.includes(`${namespace}-cart`), found.body);
  assert.ok((await ask('/search?q=cart', 'tenant', json)).body.includes('shop-cart'));
  for (const query of ['cart', 'blue', 'servicemonitor', '10.0.0.1:80'])
    for (const accept of [json, 'text/html']) {
      const { status, body } = await ask(`/search?q=${query}`, 'tenant', accept);
      assert.ok(status === 200 || status === 303, body);
      assert.ok(!body.includes(other), `${query} ${accept}: ${body}`);
      const stranger = await ask(`/search?q=${query}`, 'stranger', accept);
      assert.ok(!/team-blue|shop-cart/.test(stranger.body), `${query} ${accept}: ${stranger.body}`);
    }
  assert.equal((await ask('/explain/alert/shop/CartDown', 'tenant')).status, 403);
});

suite.it(
  'a configuration is shown to who may get its workload, with the jobs of monitors that they may see',
  async () => {
    const path = '/configuration/prometheus/monitoring/main';
    await eventually('it is written', async () => {
      const { status, body } = await ask(path, 'owner');
      assert.equal(status, 200, body);
      for (const namespace of ['shop', other])
        assert.ok(body.includes(`serviceMonitor/${namespace}/${namespace}-cart/0`));
    });
    assert.equal((await ask(path, 'tenant')).status, 403);
    for (const accept of ['application/json', 'text/html']) {
      const { status, body } = await ask(path, 'keeper', accept);
      assert.equal(status, 200, body);
      assert.ok(body.includes('serviceMonitor/shop/shop-cart/0') && !body.includes(other), body);
    }
  },
);

suite.it('routes are for a tenant those of their namespace, and for who sees all those of all', async () => {
  const json = 'application/json';
  for (const path of ['/routes', '/routes?labels=namespace%3Dshop', '/routes?labels=a%3Db']) {
    await eventually('the operator has routes', async () => {
      const { body } = await ask(path, 'owner', json);
      for (const namespace of ['shop', other]) assert.ok(body.includes(`${namespace}-routes`), body);
    });
    for (const accept of [json, 'text/html']) {
      const { status, body } = await ask(path, 'tenant', accept);
      assert.ok(body.includes('shop-routes') && !body.includes(other), `${path} ${accept} ${status}: ${body}`);
      const stranger = await ask(path, 'stranger', accept);
      assert.ok(!/team-blue|shop-routes|monitoring\/alerts/.test(stranger.body), `${path} ${accept}: ${stranger.body}`);
    }
  }
  const { body } = await ask('/routes?labels=namespace%3Dshop', 'tenant', json);
  assert.deepEqual((JSON.parse(body) as { told: string[] }).told, ['shop/shop-routes/chat']);
});

suite.it('events tell a tenant of what is in their namespace, and of nothing else', async () => {
  const end = new AbortController();
  const [tenant, owner] = await Promise.all([listen('tenant', end.signal), listen('owner', end.signal)]);
  for (const namespace of [other, 'shop'])
    await cluster.api.patch(serviceMonitorType, `${namespace}/${namespace}-cart`, { spec: { jobLabel: 'changed' } });
  await eventually('the owner is told of both', () => {
    assert.ok(owner.text.includes(`${other}-cart`) && owner.text.includes('shop-cart'), JSON.stringify(owner));
  });
  await eventually('the tenant is told of theirs', () => tenant.text.includes('shop-cart'));
  assert.ok(!tenant.text.includes(other), tenant.text);
  end.abort();
});

interface Heard {
  text: string;
  opened: number;
}

/** What comes on the event stream of a user from now on; opened again with the last id when it ends, as browsers do. */
async function listen(user: string, signal: AbortSignal): Promise<Heard> {
  const heard: Heard = { text: '', opened: 0 };
  const read = async (): Promise<void> => {
    const id = [...heard.text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1];
    const headers = { authorization: `Bearer ${tokenOf(user)}`, ...(id === undefined ? {} : { 'last-event-id': id }) };
    const answer = await fetch(`${url}/events`, { headers, signal });
    heard.opened += 1;
    const decoder = new TextDecoder();
    for await (const part of answer.body ?? []) heard.text += decoder.decode(part as Uint8Array, { stream: true });
  };
  const go = async (): Promise<void> => {
    while (!signal.aborted) await read();
  };
  go().catch((error: unknown) => assert.ok(signal.aborted, String(error)));
  await eventually('the stream is open', () => heard.text.includes('event: state'));
  return heard;
}

suite.it('whoever is known sees what the operator reads with its own rights', async () => {
  const { status, body } = await ask('/rights', 'tenant');
  const said = JSON.parse(body) as { you: string; reads: { resources: string[] }[] };
  assert.deepEqual([status, said.you], [200, 'tenant']);
  assert.ok(said.reads.some(({ resources }) => resources.includes('servicemonitors')));
});

suite.it(
  '200 malformed or hostile requests of somebody who is known are answered with 4xx, and nothing is broken by them',
  async () => {
    const wrong: string[] = [];
    for (const { what, bytes } of makeHostileRequests(200, seed, tokenOf('owner'))) {
      const answer = await sendBytes(url, bytes);
      if (!/^HTTP\/1\.1 4\d\d /.test(answer))
        wrong.push(`${what}: ${JSON.stringify(bytes.slice(0, 200))} → ${answer.slice(0, 100)}`);
    }
    assert.deepEqual(wrong, []);
    assert.equal((await ask('/rights', 'owner')).status, 200);
    assert.equal((await operator.fetch('/healthz')).status, 200);
    assert.doesNotMatch(operator.log(), /Cannot answer a request/);
  },
);

suite.it('the rules of docs/rbac.md are enough to ask about callers', async () => {
  const { cluster: reviews } = listRules({
    ...{ namespaces: [], operatorNamespace: 'stoker', assetAccess: 'watch', features: ['caller-reviews'] },
  });
  await grant(cluster.api, 'reviews', { rules: reviews, users: ['stranger'] });
  const port = await findFreePort();
  const asking = await cluster.startOperator({ user: 'stranger', args: [`--page.listen-address=0.0.0.0:${port}`] });
  await eventually('the role is in force', async () => {
    const headers = { authorization: `Bearer ${tokenOf('tenant')}` };
    assert.equal((await fetch(`http://127.0.0.1:${port}/rights`, { headers })).status, 200);
  });
  await asking.close();
});
