import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { secretType } from '../../src/api/builtin-types.ts';
import { prometheusType } from '../../src/api/prometheus.ts';
import { prometheusRuleType } from '../../src/api/prometheus-rule.ts';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import type { Write } from './support/audit.ts';
import { describeWrite } from './support/audit.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { makePrometheus, makeRule, makeServiceMonitor } from './support/objects.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';
import { managedTypes } from './support/types.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite();

/** Lease duration, renew deadline and retry period are the defaults. */
const electionArgs = ['--leader-elect=true', '--leader-elect-namespace=default'];
const users = ['a', 'b'] as const;
type UserName = (typeof users)[number];

describe('two operators', () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster({ users: users.map((name) => ({ name, groups: ['system:masters'] })) });
  });
  after(() => cluster.stop());

  const listWork = (user: UserName): Write[] =>
    cluster.listWrites(user).filter(({ resource }) => resource !== 'leases');
  const listRenewals = (user: UserName): Write[] =>
    cluster.listWrites(user).filter(({ resource, code }) => resource === 'leases' && code < 300);

  async function startPair(args: readonly string[]): Promise<Record<UserName, Operator>> {
    const [a, b] = await Promise.all(users.map((user) => cluster.startOperator({ user, args })));
    const pair = { a: a!, b: b! };
    await Promise.all([pair.a.whenReady(), pair.b.whenReady()]);
    return pair;
  }

  /** The one that writes, and the one that does not. */
  async function whenLed(world: World): Promise<{ leader: UserName; other: UserName }> {
    const already = { a: listWork('a').length, b: listWork('b').length };
    await world.begin();
    const leader = listWork('a').length > already.a ? 'a' : 'b';
    const other = leader === 'a' ? 'b' : 'a';
    assert.deepEqual(listWork(other).slice(already[other]).map(describeWrite), []);
    return { leader, other };
  }

  /** Both explain, also what only the leader has read for a sync: the Secret of a monitor. */
  async function explainAlike(pair: Record<UserName, Operator>, namespace: string): Promise<void> {
    const keyOf = (key: string): { name: string; key: string } => ({ name: 'access', key });
    const stringData = { user: 'a', password: 'b' };
    await cluster.api.create(secretType, { metadata: { namespace, name: 'access' }, stringData });
    await cluster.api.create(
      serviceMonitorType,
      makeServiceMonitor(namespace, 'guarded', { basicAuth: { username: keyOf('user'), password: keyOf('password') } }),
    );
    const ask = async (user: UserName): Promise<string> => {
      const { status, body } = await pair[user].fetch(`/explain/servicemonitor/${namespace}/guarded`);
      assert.equal(status, 200, body);
      return body;
    };
    await eventually('both say the same of it', async () => {
      const [a, b] = await Promise.all(users.map(ask));
      assert.match(a ?? '', /"reason": ?"(?!Rejected)/);
      assert.deepEqual(JSON.parse(a ?? ''), JSON.parse(b ?? ''));
    });
  }

  it('with leader election: one that is told to end hands over at once, with default settings', async (test) => {
    const pair = await startPair([...electionArgs, '--web.explain=open']);
    const world = new World(() => cluster, 'released');
    const { leader, other } = await whenLed(world);
    await explainAlike(pair, 'released');
    const told = Date.now();
    assert.equal(await pair[leader].stop(), 'exit code 0');
    await world.patchSpec({ replicas: 2 });
    await eventually('the other one applies the change', async () => {
      assert.equal((await world.readStatefulSet()).spec.replicas, 2);
    });
    const release = listRenewals(leader).at(-1)!;
    const takeOver = listRenewals(other)[0]!;
    const gapMs = takeOver.at - release.at;
    test.diagnostic(`taken over ${gapMs} ms after the release, ${takeOver.at - told} ms after SIGTERM`);
    assert.ok(gapMs >= 0 && takeOver.at - told < 2000, `${gapMs} ms`);
    assert.ok(listWork(leader).every(({ at }) => at <= release.at));
    await cluster.stopOperators();
  });

  it('without leader election: both say the same, so nothing flaps', async (test) => {
    const pair = await startPair([]);
    const world = new World(() => cluster, 'both');
    await world.begin({ shards: 2 });
    for (const name of ['web', 'api']) await cluster.api.create(serviceMonitorType, makeServiceMonitor('both', name));
    await cluster.api.create(
      serviceMonitorType,
      makeServiceMonitor('both', 'broken', { relabelings: [{ regex: '(' }] }),
    );
    await cluster.api.create(prometheusRuleType, makeRule('both', 'rules', 'sum(up)'));
    await cluster.api.create(prometheusType, makePrometheus('both', 'other'));
    await world.patchSpec({ version: 'v3.4.0', replicas: 3 });
    await new World(() => cluster, 'both', 'other').whenSynced();
    await world.whenSynced();
    await world.whenJobsAre('api/0', 'web/0');

    const types = [...managedTypes, prometheusType, serviceMonitorType];
    const countSyncs = async (): Promise<number[]> => await Promise.all(users.map((user) => pair[user].metric(syncs)));
    // Each round wakes both of them for nothing; what the round before changed is then settled.
    let round = 0;
    const wake = async (): Promise<void> => {
      const already = await countSyncs();
      round += 1;
      const labels = { round: String(round) };
      await cluster.api.patch(serviceMonitorType, 'both/web', { metadata: { labels } });
      await eventually('both looked at it', async () => {
        const now = await countSyncs();
        assert.ok(
          now.every((count, index) => count > already[index]!),
          now.join(),
        );
      });
    };
    await wake();
    const read = async (): Promise<Record<string, string>> => {
      const { 'ServiceMonitor both/web': _patched, ...rest } = await cluster.readVersions(types);
      return rest;
    };
    const settled = await eventually('nothing changes from one look to the next', async () => {
      const first = await read();
      await wake();
      assert.deepEqual(await read(), first);
      return first;
    });
    for (let more = 0; more < 3; more += 1) await wake();
    // What is under way ends first.
    await Promise.all(users.map((user) => pair[user].stop()));
    assert.deepEqual(await read(), settled);
    test.diagnostic(`${listWork('a').length} and ${listWork('b').length} writes`);
  });
});

const syncs = 'prometheus_operator_reconcile_operations_total';
