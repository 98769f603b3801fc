/** A delivery as Alertmanager 0.34.2 records it. */
export const delivery = {
  '@timestamp': '2026-11-29T16:23:25.910644039Z',
  instance: 'alertmanager-main-0',
  data: {
    notification: {
      alerts: [
        {
          hash: '16321152164039182256',
          details: {
            fingerprint: '6425719482474398090',
            name: 'Good',
            labels: {
              labels: [
                { key: 'a', value: 'b' },
                { key: 'alertname', value: 'Good' },
              ],
            },
            annotations: {},
            startsAt: '2026-11-29T16:23:25.904307Z',
            endsAt: '0001-01-01T00:00:00Z',
          },
        },
      ],
      firingAlerts: [{ hash: '16321152164039182256' }],
      groupInfo: {
        groupKey: '{}:{alertname="Good"}',
        groupLabels: { labels: [{ key: 'alertname', value: 'Good' }] },
        receiverName: 'good',
      },
      repeatInterval: '14400s',
      reason: 'NOTIFY_REASON_FIRST_NOTIFICATION',
      flushId: '1',
      integration: { name: 'webhook' },
    },
  },
};

/** What is read of it. */
export const delivered = {
  ...{ receiver: 'good', integration: 'webhook', isDelivered: true, at: '2026-11-29T16:23:25.910644039Z', error: '' },
  ...{ groupLabels: { alertname: 'Good' }, alerts: [{ a: 'b', alertname: 'Good' }] },
};
