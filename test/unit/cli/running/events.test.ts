import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addEvents } from '../../../../src/cli/running/alertmanagers.ts';
import { readEvents } from '../../../../src/cli/running/read-events.ts';
import { delivered, delivery } from './recorded-delivery.ts';

describe('readEvents', () => {
  const record = (...events: readonly unknown[]): string => events.map((one) => `${JSON.stringify(one)}\n`).join('');

  it('takes the notifications, of all schemas', () => {
    const { data, ...rest } = delivery;
    const labels = { a: 'b', alertname: 'Good' };
    const groupInfo = { groupLabels: { alertname: 'Good' }, receiverName: 'good' };
    const since35 = {
      ...rest,
      data: { notification: { ...data.notification, alerts: [{ details: { labels } }], groupInfo } },
    };
    const startup = { ...rest, data: { alertmanagerStartupEvent: { version: '0.34.2' } } };
    assert.deepEqual(readEvents(record(startup, delivery, since35), 10), [delivered, delivered]);
  });

  it('takes the last ones alone, and nothing from what is odd', () => {
    const later = { ...delivery, '@timestamp': '2026-11-29T17:00:00Z' };
    assert.deepEqual(readEvents(record(delivery, later), 1), [{ ...delivered, at: later['@timestamp'] }]);
    assert.deepEqual(readEvents(record({}, { data: { notification: 7 } }, { data: { notification: {} } }), 9), []);
  });
});

describe('addEvents', () => {
  const workload = { kind: 'Alertmanager', namespace: 'monitoring', name: 'main' };
  const question = { workload, pods: [], web: { scheme: 'http', port: '', prefix: '' } } as const;
  const recorded = { file: 'events.jsonl', events: [delivered] };

  it('adds to the first replica that tells its alerts', () => {
    const replicas = ['a', 'b', 'c'].map((name) => ({ workload, name, ...(name === 'a' ? {} : { alerts: [] }) }));
    const added = addEvents(replicas, question, recorded);
    assert.deepEqual(
      added.map(({ name, events }) => [name, events]),
      [
        ['a', undefined],
        ['b', [delivered]],
        ['c', undefined],
      ],
    );
  });

  it('stands alone where no replica does', () => {
    const [one, ...others] = addEvents([], question, recorded);
    assert.deepEqual([one?.name, one?.events, others], ['events.jsonl', [delivered], []]);
  });
});
