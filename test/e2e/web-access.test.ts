/** Who may ask the operator's web server what, answered by a real API server. */
import assert from 'node:assert/strict';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { listRules } from '../../src/operator/install/access-plan.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { grant } from './support/grants.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';

const secretParameter = 'hunter2';
const path = '/explain/servicemonitor/shop/cart';
const { cluster: reviews } = listRules({
  namespaces: [],
  operatorNamespace: 'stoker',
  assetAccess: 'watch',
  features: ['caller-reviews'],
});
const paths = [{ nonResourceURLs: ['/explain/*', '/metrics'], verbs: ['get'] }];
const monitors = [{ apiGroups: ['monitoring.coreos.com'], resources: ['*'], verbs: ['get', 'list', 'watch'] }];

const suite = planSuite();
let cluster: Cluster;
suite.before(async () => {
  const users = ['stranger', 'paths-only', 'tenant'].map((name) => ({ name }));
  cluster = await startCluster({ controllerManager: false, users });
  await cluster.createNamespace('shop');
  await grant(cluster.api, 'paths', { rules: paths, users: ['paths-only', 'tenant'] });
  await grant(cluster.api, 'shop/monitors', { rules: monitors, users: ['tenant'] });
  await cluster.api.create(serviceMonitorType, {
    metadata: { namespace: 'shop', name: 'cart' },
    spec: { selector: {}, endpoints: [{ port: 'web', params: { api_key: [secretParameter] } }] },
  });
});
suite.after(() => cluster.stop());

async function start(...args: readonly string[]): Promise<Operator> {
  const operator = await cluster.startOperator({ listenHost: '0.0.0.0', args });
  return await operator.whenReady();
}

suite.it('nobody on the pod network is told anything at /explain when nothing is said', async () => {
  const operator = await start();
  for (const token of [
    undefined,
    'guess',
    cluster.controlPlane.tokens.get('tenant'),
    cluster.controlPlane.adminToken,
  ]) {
    const { status, body } = await operator.fetch(path, token);
    assert.equal(status, 403, body);
    assert.match(body, /Explanations are off here/);
  }
  assert.equal((await operator.fetch('/metrics')).status, 200);
  assert.equal((await operator.fetch('/readyz')).status, 200);
  await operator.close();
});

suite.it('with =authorized the API server decides who is told, of which object, and who reads metrics', async () => {
  const operator = await start('--web.explain=authorized', '--web.metrics=authorized');
  const ask = async (user: string | undefined, at = path): Promise<number> => {
    const { status, body } = await operator.fetch(at, user === undefined ? undefined : tokenOf(user));
    assert.ok(status === 200 || !body.includes(secretParameter), body);
    return status;
  };
  const tokenOf = (user: string): string => cluster.controlPlane.tokens.get(user) ?? user;
  await eventually('the roles are in force', async () => assert.equal(await ask('tenant'), 200));
  assert.deepEqual(
    [await ask(undefined), await ask('guess'), await ask('stranger'), await ask('paths-only')],
    [401, 401, 403, 403],
  );
  assert.equal(await ask('tenant', '/explain/servicemonitor/pay/cart'), 403);
  assert.deepEqual([await ask(undefined, '/metrics'), await ask('stranger', '/metrics')], [401, 403]);
  assert.equal(await ask('paths-only', '/metrics'), 200);
  assert.deepEqual([await ask(undefined, '/healthz'), await ask(undefined, '/readyz')], [200, 200]);
  assert.match(operator.log(), /Tokens of callers are sent in clear/);
  await operator.close();
});

suite.it('an operator that may not ask who a caller is lets nobody in', async () => {
  const operator = await cluster.startOperator({ args: ['--web.explain=authorized', '--as=nobody-special'] });
  await eventually('it serves', async () => {
    const { status, body } = await operator.fetch(path, cluster.controlPlane.adminToken);
    assert.deepEqual([status, /Cannot ask the API server who you are: tokenreviews/.test(body)], [503, true], body);
  });
  await operator.close();
});

suite.it('the rules of docs/rbac.md are enough to ask', async () => {
  await grant(cluster.api, 'reviews', { rules: reviews, users: ['reviewer'] });
  const operator = await cluster.startOperator({ args: ['--web.metrics=authorized', '--as=reviewer'] });
  await eventually('the role is in force', async () => {
    const { status, body } = await operator.fetch('/metrics', cluster.controlPlane.adminToken);
    assert.equal(status, 200, body);
  });
  await operator.close();
});
