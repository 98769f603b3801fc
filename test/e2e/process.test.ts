import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import { serviceMonitorType } from '../../src/api/service-monitor.ts';
import { findFreePort } from '../control-plane/readiness.ts';
import { locatePrometheus } from '../control-plane/locate.ts';
import type { Cluster } from './support/cluster.ts';
import { startCluster } from './support/cluster.ts';
import { eventually } from './support/eventually.ts';
import { makeServiceMonitor } from './support/objects.ts';
import type { Operator } from './support/operator.ts';
import { planSuite } from './support/suite.ts';
import { World } from './support/world.ts';

const { it, before, after } = planSuite(['promtool']);

const docs = join(import.meta.dirname, '..', '..', 'docs', 'metrics.md');

describe('the process of the operator', () => {
  let cluster: Cluster;
  let operator: Operator;
  let debugUrl: string;
  before(async () => {
    cluster = await startCluster();
    const port = await findFreePort();
    debugUrl = `http://127.0.0.1:${port}`;
    operator = await cluster.startOperator({ args: [`--debug.listen-address=127.0.0.1:${port}`] });
    await operator.whenReady();
  });
  after(() => cluster.stop());

  it('has metrics that promtool has nothing against, each of them documented', async (test) => {
    const world = new World(() => cluster, 'metrics');
    await world.begin();
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('metrics', 'web'));
    await world.whenJobsAre('web/0');
    const { body } = await operator.fetch('/metrics');
    const located = locatePrometheus();
    assert.ok(located.skipped === undefined);
    const check = spawnSync(located.promtool, ['check', 'metrics'], { input: body, encoding: 'utf8' });
    assert.deepEqual([check.status, check.stderr, check.stdout], [0, '', '']);
    const documented = readFileSync(docs, 'utf8');
    const families = [...body.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name);
    test.diagnostic(`${families.length} metrics`);
    assert.ok(families.length > 50);
    assert.deepEqual(
      families.filter((name) => !documented.includes(`| \`${name}\` |`)),
      [],
    );
  });

  it('says that it has started, once it listens', async (test) => {
    const seconds = await operator.metric('process_cpu_seconds_total');
    const log = operator.log();
    const started = /^ts=(\S+) .*msg=Starting /m.exec(log)?.[1] ?? '';
    const begin = (await operator.metric('process_start_time_seconds')) * 1000;
    // Said, not asserted: a busy machine is not the operator's fault.
    test.diagnostic(`listens ${Date.parse(started) - begin} ms after its start; ${seconds} s of CPU time so far`);
    assert.notEqual(started, '');
  });

  it('says more while it runs, by a signal or from the loopback interface', async () => {
    const read = async (): Promise<string> => (await (await fetch(`${debugUrl}/log-level`)).text()).trim();
    assert.equal(await read(), 'info');
    operator.toggleDebug();
    await eventually('the level is debug', async () => assert.equal(await read(), 'debug'));
    operator.toggleDebug();
    await eventually('the level is info again', async () => assert.equal(await read(), 'info'));
    const put = await fetch(`${debugUrl}/log-level`, { method: 'PUT', body: 'warn' });
    assert.deepEqual([put.status, await read()], [200, 'warn']);
    await fetch(`${debugUrl}/log-level`, { method: 'PUT', body: 'info' });
  });

  it('takes profiles when asked', async () => {
    const take = async (kind: string): Promise<object> =>
      (await (await fetch(`${debugUrl}/debug/pprof/${kind}?seconds=0.2`)).json()) as object;
    assert.ok('samples' in (await take('profile')));
    assert.ok('head' in (await take('heap')));
  });

  it('keeps the last configuration when the next one is too large for a Secret, and says so', async () => {
    const world = new World(() => cluster, 'large');
    // Later ones read jobs from several Secrets.
    await world.begin({ version: 'v2.42.0' });
    await cluster.api.create(serviceMonitorType, makeServiceMonitor('large', 'first'));
    const good = await world.whenJobsAre('first/0');
    const names = Array.from({ length: 16 }, (_, index) => `big-${index}`);
    for (const name of names) {
      // Random, so that it cannot be compressed below three quarters.
      const metricRelabelings = Array.from({ length: 50 }, () => ({
        action: 'drop' as const,
        sourceLabels: ['job'],
        regex: randomBytes(1500).toString('hex'),
      }));
      await cluster.api.create(serviceMonitorType, makeServiceMonitor('large', name, { metricRelabelings }));
    }
    await eventually('the condition names size and limit', async () => {
      const { status, message = '' } = await world.readCondition('Reconciled');
      assert.equal(status, 'False');
      assert.match(message, /compressed it has \d{7} bytes, and a Secret holds at most 1048576; the last one stays/);
    });
    const last = await world.readConfig();
    assert.match(last, /serviceMonitor\/large\/first\/0/);
    assert.ok(good.length <= last.length);
    await Promise.all(names.map((name) => cluster.api.remove(serviceMonitorType, world.keyOf(name))));
    await world.whenJobsAre('first/0');
    await world.whenSynced();
  });
});
