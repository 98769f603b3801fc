/** Callers of the page by their client certificates: who they are says the CA, what they see the real API server. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { createLeaf } from '../../src/base/certificates.ts';
import type { KeyedCertificate, LeafSubject } from '../../src/base/certificates.ts';
import { findFreePort } from '../control-plane/readiness.ts';
import { look, makeAuthority, makeServer, validity, writePair } from '../unit/web/tls-fixture.ts';
import type { Seen } from '../unit/web/tls-fixture.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { grant } from './support/grants.ts';
import { makeServiceMonitor } from './support/objects.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const rules = [{ apiGroups: ['monitoring.coreos.com'], resources: ['*'], verbs: ['get', 'list', 'watch'] }];
/** Namespaces of two teams; one knows a member by name, the other by group. */
const [shop, other] = ['shop', 'team-blue'];

const suite = planSuite();
let cluster: Cluster;
let operator: Operator;
let url: string;
let authority: KeyedCertificate;
const folder = mkdtempSync(join(tmpdir(), 'stoker-page-certificates-'));
suite.before(async () => {
  cluster = await startCluster({ users: [{ name: 'tenant' }] });
  const world = new World(() => cluster, 'monitoring');
  for (const namespace of [shop, other]) {
    await cluster.createNamespace(namespace);
    await cluster.api.create(serviceMonitorType, makeServiceMonitor(namespace, `${namespace}-cart`));
  }
  await grant(cluster.api, `${shop}/see`, { rules, users: ['alice'] });
  await grant(cluster.api, `${other}/see`, { rules, groups: ['blue-team'] });
  authority = await makeAuthority();
  const [certFile, keyFile, clientCaFile] = ['tls.crt', 'tls.key', 'ca.crt'].map((name) => join(folder, name));
  writePair({ certFile: certFile!, keyFile: keyFile!, clientCaFile: clientCaFile! }, await makeServer(authority));
  writeFileSync(clientCaFile!, authority.certificate);
  const port = await findFreePort();
  url = `https://127.0.0.1:${port}`;
  operator = await cluster.startOperator({
    args: [
      ...[`--page.listen-address=0.0.0.0:${port}`, '--page.enable-tls', `--page.client-ca-file=${clientCaFile}`],
      ...[`--web.cert-file=${certFile}`, `--web.key-file=${keyFile}`],
    ],
  });
  await operator.whenReady();
  await world.begin({ serviceMonitorSelector: {}, serviceMonitorNamespaceSelector: {} });
});
suite.after(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

const createClient = (
  from: KeyedCertificate,
  commonName: string,
  more: Partial<LeafSubject> = {},
): Promise<KeyedCertificate> => createLeaf(from, { commonName, hosts: [], usage: 'client', ...validity, ...more });

function ask(path: string, client?: KeyedCertificate, token?: string): Promise<Seen> {
  const shown = client === undefined ? {} : { cert: client.certificate, key: client.key };
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return look(`${url}${path}`, { ca: authority.certificate, headers, ...shown });
}

suite.it('whom the certificate names sees what RBAC lets them, by name and by group', async () => {
  const alice = await createClient(authority, 'alice');
  const bob = await createClient(authority, 'bob', { organizations: ['nobody', 'blue-team'] });
  const nobody = await createClient(authority, 'nobody');
  for (const [client, own, hidden] of [
    [alice, shop, other],
    [bob, other, shop],
  ] as const) {
    await eventually(`${own} is seen`, async () => {
      const { status, text } = await ask('/', client);
      assert.deepEqual([status, text.includes(`${own}-cart`)], [200, true], text);
    });
    assert.ok(!(await ask('/', client)).text.includes(`${hidden}-cart`));
    const statuses = [own, hidden].map(async (namespace) => {
      return (await ask(`/explain/servicemonitor/${namespace}/${namespace}-cart`, client)).status;
    });
    assert.deepEqual(await Promise.all(statuses), [200, 403]);
  }
  assert.equal((JSON.parse((await ask('/rights', bob)).text) as { you: string }).you, 'bob');
  const { status, text } = await ask('/', nobody);
  assert.deepEqual([status, /cart/.test(text)], [200, false], text);
});

suite.it(
  'a certificate of another CA, one that has ended or one of a server is as good as none; a token still counts',
  async () => {
    const past = { notAfter: new Date('2021-01-01') };
    const clients = [
      await createClient(await makeAuthority(), 'alice'),
      await createClient(authority, 'alice', past),
      await createClient(authority, 'alice', { usage: 'server' }),
      undefined,
    ];
    for (const [index, client] of clients.entries()) {
      for (const path of ['/', '/rights', '/events', `/explain/servicemonitor/${shop}/${shop}-cart`])
        assert.equal((await ask(path, client)).status, 401, `${index} ${path}`);
      const { status, text } = await ask('/rights', client, cluster.controlPlane.tokens.get('tenant'));
      assert.deepEqual([status, (JSON.parse(text) as { you: string }).you], [200, 'tenant'], String(index));
    }
    assert.doesNotMatch(operator.log(), /Tokens of callers are sent in clear/);
  },
);
