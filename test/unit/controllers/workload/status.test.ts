import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusStatus } from '../../../../src/api/parts/status.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import { serverKind } from '../../../../src/core/kinds/prometheus.ts';
import type { WorkloadObject } from '../../../../src/core/kinds/kind.ts';
import { Ledger } from '../../../../src/controllers/workload/ledger.ts';
import type { StatusDeps } from '../../../../src/controllers/workload/status.ts';
import { createStatusReconcile } from '../../../../src/controllers/workload/status.ts';
import { defaultSettings } from '../../../../src/operator/default-settings.ts';

const nothing = (): void => undefined;
const key = 'monitoring/main';

/** One Prometheus in a cache that shows a write only when it is told to. */
function createWorld() {
  let cached: WorkloadObject = {
    metadata: { namespace: 'monitoring', name: 'main', uid: 'u', generation: 1, resourceVersion: '10' },
    spec: {},
  };
  let stored = cached;
  const versions = [cached];
  const state = { loseAnswer: false, writes: 0 };
  const store = (object: WorkloadObject): void => {
    stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(9 + versions.length + 1) } };
    versions.push(stored);
  };
  const ledger = new Ledger({ setSyncs: nothing, setManaged: nothing });
  const client = {
    list: () => Promise.resolve({ items: [], metadata: {} }),
    patch: (_type: unknown, _name: unknown, { body }: { body: unknown }) => {
      const { status } = body as { status: PrometheusStatus };
      state.writes += 1;
      store({ ...stored, status });
      return state.loseAnswer ? Promise.reject(new Error('read ECONNRESET')) : Promise.resolve(stored);
    },
  };
  const deps = {
    kind: serverKind,
    client,
    clock: new FakeClock(),
    logger: silentLogger,
    fence: nothing,
    repairPolicy: 'none',
    settings: defaultSettings(),
    watches: {
      instances: { store: { get: () => cached } },
      statefulSets: { store: { get: () => undefined } },
    },
    ledger,
    situations: { of: () => ({}) },
    onObserved: nothing,
    metrics: { observeStatusUpdate: nothing },
    isOurs: () => true,
    listMissing: () => [],
  };
  const reconcile = createStatusReconcile(deps as unknown as StatusDeps);
  return {
    state,
    ledger,
    reconcile: () => reconcile(key, new AbortController().signal),
    /** What was written comes back from the watch. */
    deliver: () => void (cached = stored),
    /** The watch is so many versions behind. */
    deliverBut: (count: number) => void (cached = versions.at(-1 - count) ?? cached),
    /** Somebody else writes the object, its status not. */
    touch: () => store(stored),
    reconciled: () => stored.status?.conditions?.find(({ type }) => type === 'Reconciled')?.status,
  };
}

describe('the status of a workload, while the cache lags behind', () => {
  it('says that all is well although the cache has not yet seen that it was not', async () => {
    const world = createWorld();
    world.ledger.record(key, { kind: 'synced' });
    await world.reconcile();
    world.deliver();
    world.ledger.record(key, { kind: 'failed', message: 'read ECONNRESET' });
    await world.reconcile();
    assert.equal(world.reconciled(), 'False');
    world.ledger.record(key, { kind: 'synced' });
    await world.reconcile();
    assert.equal(world.reconciled(), 'True');
    world.deliver();
    await world.reconcile();
    assert.equal(world.state.writes, 3);
  });

  it('does not take an earlier write, or that of another, for the last one', async () => {
    const world = createWorld();
    world.ledger.record(key, { kind: 'synced' });
    await world.reconcile();
    world.touch();
    world.ledger.record(key, { kind: 'failed', message: 'read ECONNRESET' });
    await world.reconcile();
    world.ledger.record(key, { kind: 'synced' });
    for (const behind of [2, 1]) {
      world.deliverBut(behind);
      await world.reconcile();
      assert.equal(world.reconciled(), 'True', `the watch is ${behind} versions behind`);
    }
    world.deliver();
    await world.reconcile();
    assert.equal(world.state.writes, 3);
  });

  it('writes again when the answer was lost, also when the cache shows what others wrote meanwhile', async () => {
    const world = createWorld();
    world.ledger.record(key, { kind: 'synced' });
    await world.reconcile();
    world.touch();
    world.ledger.record(key, { kind: 'failed', message: 'read ECONNRESET' });
    world.state.loseAnswer = true;
    await assert.rejects(world.reconcile(), /ECONNRESET/);
    world.state.loseAnswer = false;
    world.ledger.record(key, { kind: 'synced' });
    world.deliverBut(1);
    await world.reconcile();
    assert.equal(world.reconciled(), 'True');
  });

  it('writes again when the answer to a write was lost: the server may have it', async () => {
    const world = createWorld();
    world.ledger.record(key, { kind: 'synced' });
    await world.reconcile();
    world.deliver();
    world.ledger.record(key, { kind: 'failed', message: 'read ECONNRESET' });
    world.state.loseAnswer = true;
    await assert.rejects(world.reconcile(), /ECONNRESET/);
    world.state.loseAnswer = false;
    world.ledger.record(key, { kind: 'synced' });
    await world.reconcile();
    assert.equal(world.reconciled(), 'True');
  });

  it('writes nothing twice', async () => {
    const world = createWorld();
    world.ledger.record(key, { kind: 'synced' });
    for (let time = 0; time < 3; time += 1) await world.reconcile();
    world.deliver();
    await world.reconcile();
    assert.equal(world.state.writes, 1);
  });
});
