import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../../src/base/fake-clock.ts';
import { ApiError, TransportError } from '../../../../src/kubernetes/client/errors.ts';
import { createEventRecorder } from '../../../../src/kubernetes/events/event-recorder.ts';
import type { EventRecorder, EventRecorderOptions } from '../../../../src/kubernetes/events/event-recorder.ts';
import type { EventRecord } from '../../../../src/kubernetes/events/render-event.ts';
import { renderEvent } from '../../../../src/kubernetes/events/render-event.ts';
import { FencedError } from '../../../../src/runtime/controller.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { FakeEvents } from './fake-events.ts';

interface World {
  readonly clock: FakeClock;
  readonly client: FakeEvents;
  readonly logger: RecordingLogger;
  readonly recorder: EventRecorder;
  readonly stop: () => void;
  ended: boolean;
}

function makeWorld(options: Partial<EventRecorderOptions> = {}): World {
  const clock = new FakeClock();
  const client = new FakeEvents();
  const logger = new RecordingLogger();
  const random = { value: 0 };
  const recorder = createEventRecorder({
    client,
    clock,
    logger,
    reportingInstance: 'pod-1',
    random: () => (random.value = (random.value + 0.001) % 1),
    ...options,
  });
  const end = new AbortController();
  const world: World = { clock, client, logger, recorder, stop: () => end.abort(), ended: false };
  void recorder.run(end.signal).then(() => (world.ended = true));
  return world;
}

function makeRecord(more: Partial<EventRecord> = {}): EventRecord {
  return {
    regarding: {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'x', namespace: 'a', uid: 'u', resourceVersion: '5' },
    },
    type: 'Warning',
    reason: 'InvalidConfiguration',
    action: 'Selecting',
    note: 'bad interval',
    reportingController: 'test',
    ...more,
  };
}

const forbidden = new ApiError({ status: 403, reason: 'Forbidden', message: 'events is forbidden' });

describe('event recorder', () => {
  it('sends an event of events.k8s.io/v1', async () => {
    const { clock, client, recorder, stop } = makeWorld();
    recorder.record(makeRecord({ related: { kind: 'Prometheus', metadata: { name: 'k8s', namespace: 'b' } } }));
    await clock.advance(0);
    const [event] = client.events.values();
    const { metadata, ...rest } = event!;
    assert.equal(metadata.namespace, 'a');
    assert.match(metadata.name ?? '', /^x\.[0-9a-f]{15,16}$/);
    assert.deepEqual(rest, {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      eventTime: '2026-01-01T00:00:00.000000Z',
      type: 'Warning',
      reason: 'InvalidConfiguration',
      action: 'Selecting',
      note: 'bad interval',
      regarding: {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        name: 'x',
        namespace: 'a',
        uid: 'u',
        resourceVersion: '5',
      },
      related: { kind: 'Prometheus', name: 'k8s', namespace: 'b' },
      reportingController: 'test',
      reportingInstance: 'pod-1',
    });
    stop();
  });

  it('about a cluster-scoped object lives in "default", and its name is never too long', async () => {
    const { clock, client, recorder, stop } = makeWorld();
    recorder.record(makeRecord({ regarding: { kind: 'Node', metadata: { name: 'n'.repeat(253) } } }));
    await clock.advance(0);
    const [event] = client.events.values();
    assert.deepEqual([event?.metadata.namespace, event?.metadata.name?.length], ['default', 253]);
    stop();
  });

  it('folds repeats into a series: one object, patched at the second, at each heartbeat and at the end', async () => {
    const { clock, client, recorder, stop } = makeWorld();
    for (let minute = 0; minute < 35; minute += 1) {
      recorder.record(makeRecord());
      await clock.advance(60_000);
    }
    assert.deepEqual(client.calls, ['create 1', 'patch 2', 'patch 31']);
    await clock.advance(6 * 60_000);
    assert.deepEqual(client.calls.slice(3), ['patch 35']);
    const [event] = client.events.values();
    assert.deepEqual(event?.series, { count: 35, lastObservedTime: '2026-01-01T00:34:00.000000Z' });
    recorder.record(makeRecord());
    await clock.advance(0);
    assert.deepEqual([client.events.size, client.calls.at(-1)], [2, 'create 1']);
    stop();
  });

  it('takes a later repeat for a new event', async () => {
    const { clock, client, recorder, stop } = makeWorld();
    recorder.record(makeRecord());
    await clock.advance(6 * 60_000);
    recorder.record(makeRecord());
    await clock.advance(0);
    assert.deepEqual(client.calls, ['create 1', 'create 1']);
    stop();
  });

  it('tells apart other objects, reasons and notes, but not other versions of one object', async () => {
    const { clock, client, recorder, stop } = makeWorld();
    const { regarding } = makeRecord();
    recorder.record(makeRecord());
    recorder.record(makeRecord({ note: 'another error' }));
    recorder.record(makeRecord({ reason: 'Other' }));
    recorder.record(makeRecord({ regarding: { ...regarding, metadata: { ...regarding.metadata, name: 'y' } } }));
    recorder.record(
      makeRecord({ regarding: { ...regarding, metadata: { ...regarding.metadata, resourceVersion: '6' } } }),
    );
    await clock.advance(0);
    assert.deepEqual(client.calls, ['create 1', 'create 1', 'create 1', 'create 1', 'patch 2']);
    stop();
  });

  it('makes an event anew, with its count, when the server has dropped it', async () => {
    const { clock, client, recorder, stop } = makeWorld();
    recorder.record(makeRecord());
    await clock.advance(0);
    client.events.clear();
    recorder.record(makeRecord());
    await clock.advance(0);
    assert.deepEqual(client.calls, ['create 1', 'patch 2', 'create 2']);
    stop();
  });

  it('slows an object down that fails in ever new ways', async () => {
    const { clock, client, recorder, stop } = makeWorld();
    for (let count = 0; count < 40; count += 1) recorder.record(makeRecord({ note: `error ${count}` }));
    await clock.advance(0);
    assert.equal(client.events.size, 25);
    await clock.advance(5 * 60_000);
    recorder.record(makeRecord({ note: 'one more' }));
    recorder.record(makeRecord({ note: 'and another' }));
    await clock.advance(0);
    assert.equal(client.events.size, 26);
    stop();
  });

  it('tries again after failures that pass, and gives up after five tries', async () => {
    const { clock, client, logger, recorder, stop } = makeWorld();
    client.failures.set('a', new TransportError('refused', 'refused'));
    recorder.record(makeRecord());
    await clock.advance(5000);
    client.failures.clear();
    await clock.advance(10_000);
    assert.equal(client.events.size, 1);
    client.failures.set('a', new ApiError({ status: 500, reason: 'InternalError', message: 'no' }));
    recorder.record(makeRecord({ note: 'other' }));
    await clock.advance(120_000);
    assert.deepEqual(logger.said, ['Cannot send an event']);
    stop();
  });

  it('tries again what was not sent because the lease was in doubt', async () => {
    const { clock, client, recorder, stop } = makeWorld();
    client.failures.set('a', new FencedError());
    recorder.record(makeRecord());
    await clock.advance(1000);
    client.failures.clear();
    await clock.advance(10_000);
    assert.equal(client.events.size, 1);
    stop();
  });

  it('does not try again what the server refuses', async () => {
    const { clock, client, logger, recorder, stop } = makeWorld();
    client.failures.set('a', new ApiError({ status: 422, reason: 'Invalid', message: 'bad' }));
    recorder.record(makeRecord());
    await clock.advance(60_000);
    assert.deepEqual([client.calls.length, logger.said], [1, ['Cannot send an event']]);
    stop();
  });

  it('falls silent with one line when forbidden, in that namespace alone, and tries again later', async () => {
    const { clock, client, logger, recorder, stop } = makeWorld();
    client.failures.set('a', forbidden);
    for (let count = 0; count < 10; count += 1) {
      recorder.record(makeRecord({ note: `error ${count}` }));
      await clock.advance(1000);
    }
    assert.deepEqual([client.calls.length, logger.said.length], [1, 1]);
    assert.equal(logger.said[0], 'Not allowed to create or patch events: none are sent to this namespace');
    recorder.record(makeRecord({ regarding: { kind: 'Node', metadata: { name: 'n' } } }));
    await clock.advance(600_000);
    assert.equal(client.events.size, 1);
    recorder.record(makeRecord({ note: 'still' }));
    await clock.advance(0);
    assert.deepEqual([client.calls.length, logger.said.length], [3, 1], 'asked again, not said again');
    client.failures.clear();
    await clock.advance(600_000);
    recorder.record(makeRecord({ note: 'at last' }));
    await clock.advance(0);
    assert.equal(client.events.size, 2);
    stop();
  });

  it('says nothing about a namespace that is going away', async () => {
    const { clock, client, logger, recorder, stop } = makeWorld();
    const details = { causes: [{ reason: 'NamespaceTerminating' }] };
    client.failures.set('a', new ApiError({ status: 403, reason: 'Forbidden', message: 'ending', details }));
    recorder.record(makeRecord());
    await clock.advance(0);
    recorder.record(makeRecord({ note: 'other' }));
    await clock.advance(0);
    assert.deepEqual([client.calls.length, logger.said], [2, []]);
    stop();
  });

  it('drops the newest when too many wait, and says so once', async () => {
    const { clock, client, logger, recorder, stop } = makeWorld({ capacity: 3 });
    for (let count = 0; count < 10; count += 1) recorder.record(makeRecord({ note: `error ${count}` }));
    await clock.advance(0);
    const notes = [...client.events.values()].map(({ note }) => note);
    assert.deepEqual(notes, ['error 0', 'error 1', 'error 2']);
    assert.deepEqual(logger.said, ['Too many events wait to be sent: the newest are dropped']);
    stop();
  });

  it('sends what is left at the end, for at most one second', async () => {
    const quick = makeWorld();
    await quick.clock.advance(0);
    for (const note of ['one', 'two']) quick.recorder.record(makeRecord({ note }));
    quick.stop();
    await quick.clock.advance(0);
    assert.deepEqual([quick.client.events.size, quick.ended, quick.clock.pending], [2, true, 0]);
    const slow = makeWorld();
    slow.client.failures.set('a', new TransportError('refused', 'refused'));
    slow.recorder.record(makeRecord());
    await slow.clock.advance(0);
    slow.stop();
    await slow.clock.advance(999);
    assert.equal(slow.ended, false);
    await slow.clock.advance(1);
    assert.equal(slow.ended, true);
  });
});

describe('notes', () => {
  it('are cut to 1024 bytes without half a character', () => {
    const noteOf = (note: string): string =>
      renderEvent(makeRecord({ note }), { reportingInstance: 'pod-1', now: 0, random: () => 0 }).note;
    assert.equal(noteOf('short'), 'short');
    assert.equal(noteOf('x'.repeat(1024)).length, 1024);
    const cut = noteOf(`a${'🦭'.repeat(300)}`);
    assert.equal(cut, `a${'🦭'.repeat(255)}...`);
    assert.equal(Buffer.byteLength(cut), 1024);
  });
});
