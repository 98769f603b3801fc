import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeNotifications } from '../../../../src/core/explain/notifications.ts';
import type { AlertmanagerFacts, Notification } from '../../../../src/core/explain/running.ts';

const object = { kind: 'Alertmanager', namespace: 'monitoring', name: 'main' };
const delivery: Notification = {
  ...{ receiver: 'pager', integration: 'webhook', isDelivered: true, at: '2026-11-28T10:00:00Z', error: '' },
};

function judge(facts: Partial<AlertmanagerFacts>, receivers?: readonly string[]): string {
  const replica = { workload: object, name: 'main-0', ...facts };
  const wanted = receivers && new Set(receivers);
  const step = judgeNotifications({ object, replicas: [replica], receivers: wanted, notifiers: new Set(['webhook']) });
  return `${step.verdict} ${step.reason}: ${step.found}`;
}

const count = (sent: number, failed: number, receiver = '') => ({ receiver, integration: 'webhook', sent, failed });

describe('judgeNotifications', () => {
  it('tells of failures, whatever was delivered before', () => {
    assert.equal(
      judge({ events: [delivery], notifications: [count(50, 49)] }),
      'warn DeliveryFails: 49 of 50 failed, by webhook; the last delivery was to pager, 2026-11-28T10:00:00Z',
    );
    assert.equal(judge({ notifications: [count(2, 2)] }), 'fail DeliveryFails: 2 of 2 failed, by webhook');
  });

  it('tells of the last delivery where nothing fails', () => {
    const earlier = { ...delivery, at: '2026-11-27T10:00:00Z', receiver: 'chat' };
    assert.equal(judge({ events: [earlier, delivery], notifications: [count(4, 0)] }), 'pass Delivered: delivered');
    assert.equal(judge({ notifications: [count(4, 0)] }), 'pass Delivered: 4 sent');
    assert.equal(judge({ notifications: [count(0, 0)] }), 'pass NothingSentYet: none yet');
  });

  it('looks at the receivers that are asked about, where counts name them', () => {
    const notifications = [count(2, 2, 'chat'), count(3, 0, 'pager')];
    assert.equal(judge({ notifications }, ['pager']), 'pass Delivered: 3 sent');
    assert.equal(judge({ notifications }, ['chat']), 'fail DeliveryFails: 2 of 2 failed, by webhook of chat');
  });
});
