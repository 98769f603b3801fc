import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secretType } from '../../../../src/api/builtin-types.ts';
import type { KubernetesObject, ResourceType } from '../../../../src/api/meta.ts';
import { serviceMonitorType } from '../../../../src/api/service-monitor.ts';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import type { AnyInformer } from '../../../../src/controllers/workload/watches.ts';
import type { EventHandler } from '../../../../src/kubernetes/cache/handlers.ts';
import { changesGatheredMs } from '../../../../src/operator/limits.ts';
import { ObjectChanges } from '../../../../src/operator/page/object-changes.ts';
import type { Change } from '../../../../src/web/page/page-event.ts';

const monitor = (name: string): KubernetesObject => ({ metadata: { namespace: 'shop', name } });

/** An informer whose events the test brings. */
function createInformer(type: ResourceType) {
  const handlers: EventHandler<KubernetesObject>[] = [];
  const addHandler = (handler: EventHandler<KubernetesObject>): void => void handlers.push(handler);
  return { informer: { type, addHandler } as unknown as AnyInformer, handlers };
}

function open() {
  const clock = new FakeClock();
  const told: Change[] = [];
  const noted = { times: 0 };
  const changes = new ObjectChanges({
    clock,
    publish: (change) => told.push(change),
    onChange: () => (noted.times += 1),
  });
  const keys = (): string[][] => told.map(({ rows }) => rows.map(({ key }) => key));
  return { clock, changes, told, keys, noted };
}

describe('ObjectChanges', () => {
  it('tells what came, changed and went, each object once, together with what comes at the same time', async () => {
    const { clock, changes, told, keys } = open();
    const { informer, handlers } = createInformer(serviceMonitorType);
    changes.attach([informer]);
    changes.attach([informer]);
    assert.equal(handlers.length, 1);
    handlers[0]?.add?.(monitor('a'), false);
    handlers[0]?.update?.(monitor('a'), monitor('a'));
    handlers[0]?.delete?.(monitor('b'), true);
    assert.deepEqual(keys(), []);
    await clock.advance(changesGatheredMs);
    assert.deepEqual(keys(), [['ServiceMonitor/shop/a', 'ServiceMonitor/shop/b']]);
    assert.deepEqual(told[0]?.rows[0]?.about, [{ kind: 'ServiceMonitor', namespace: 'shop' }]);
    handlers[0]?.update?.(monitor('a'), monitor('a'));
    await clock.advance(changesGatheredMs);
    assert.deepEqual(keys().at(-1), ['ServiceMonitor/shop/a']);
  });

  it('takes what was there already for no change, and says nothing of kinds that the page does not show', async () => {
    const { clock, changes, keys, noted } = open();
    const [monitors, secrets] = [createInformer(serviceMonitorType), createInformer(secretType)];
    changes.attach([monitors.informer, secrets.informer]);
    monitors.handlers[0]?.add?.(monitor('a'), true);
    assert.equal(noted.times, 0);
    secrets.handlers[0]?.update?.(monitor('a'), monitor('a'));
    assert.equal(noted.times, 1);
    await clock.advance(changesGatheredMs);
    assert.deepEqual(keys(), []);
    assert.equal(clock.pending, 0);
  });
});
