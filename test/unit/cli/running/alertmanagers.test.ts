import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { askAlertmanagers } from '../../../../src/cli/running/alertmanagers.ts';
import { readAlerts, readGroupFacts, readSilences, readStatus } from '../../../../src/cli/running/read-alertmanager.ts';
import { readNotifications } from '../../../../src/cli/running/read-notifications.ts';
import { askPods } from './ask-pods.ts';
import { delivered, delivery } from './recorded-delivery.ts';

/** As Alertmanager 0.34 answers at /api/v2/status. */
const status = {
  cluster: {
    name: '01JAX',
    status: 'ready',
    peers: [
      { address: '10.0.0.7:9094', name: '01JAX' },
      { address: '10.0.0.8:9094', name: '01JAY' },
    ],
  },
  config: { original: 'route:\n  receiver: "null"\n' },
  uptime: '2026-11-29T12:00:00.5Z',
  versionInfo: { branch: '', buildDate: '', buildUser: '', goVersion: 'go1.26.8', revision: '', version: '0.34.2' },
};

/** As version 0.34 answers at /api/v2/alerts. */
const alert = {
  annotations: {},
  endsAt: '2026-11-29T12:10:00.5Z',
  fingerprint: '3aee34c5ba2c4f8e',
  receivers: [{ name: 'shop/team/pager' }, { name: 'audit' }],
  startsAt: '2026-11-29T12:00:00.5Z',
  status: {
    inhibitedBy: ['21b8f1d7c8f06d3d'],
    mutedBy: [],
    silencedBy: ['6a4f9c5e-5b0c-4f83-9d2b-52b9f7f4d2a1'],
    state: 'suppressed',
  },
  updatedAt: '2026-11-29T12:05:00.5Z',
  generatorURL: 'http://prometheus/graph',
  labels: { alertname: 'CartDown', namespace: 'shop' },
};

const held = {
  labels: { alertname: 'CartDown', namespace: 'shop' },
  receivers: ['shop/team/pager', 'audit'],
  state: 'suppressed',
  inhibitedBy: ['21b8f1d7c8f06d3d'],
  silencedBy: ['6a4f9c5e-5b0c-4f83-9d2b-52b9f7f4d2a1'],
  mutedBy: [],
  fingerprint: '3aee34c5ba2c4f8e',
  startsAt: '2026-11-29T12:00:00.5Z',
};

/** As version 0.34 answers at /api/v2/alerts/groups: one for each receiver. */
const groups = [
  { alerts: [alert], labels: {}, receiver: { name: 'audit' } },
  {
    alerts: [{ ...alert, status: { ...alert.status, mutedBy: ['weekends', 'night', 'night'] } }],
    labels: {},
    receiver: { name: 'shop/team/pager' },
    routeLabels: { alertmanagerconfig_namespace: 'shop', alertmanagerconfig_name: 'team' },
  },
];

/** As version 0.34 answers at /api/v2/silences. */
const silence = {
  id: '6a4f9c5e-5b0c-4f83-9d2b-52b9f7f4d2a1',
  status: { state: 'active' },
  updatedAt: '2026-11-29T12:00:00.5Z',
  comment: 'a new cart',
  createdBy: 'jo',
  endsAt: '2026-11-29T14:00:00.5Z',
  matchers: [
    { isEqual: true, isRegex: false, name: 'alertname', value: 'CartDown' },
    { isEqual: false, isRegex: true, name: 'pod', value: 'cart-[0-9]+' },
  ],
  startsAt: '2026-11-29T12:00:00.5Z',
};

const metrics = `# HELP alertmanager_notifications_failed_total The total number of failed notifications.
# TYPE alertmanager_notifications_failed_total counter
alertmanager_notifications_failed_total{integration="email",reason="clientError"} 2
alertmanager_notifications_failed_total{integration="email",reason="serverError"} 1
alertmanager_notifications_failed_total{integration="webhook",reason="other"} 0
# TYPE alertmanager_notifications_suppressed_total counter
alertmanager_notifications_suppressed_total{reason="silence"} 9
# TYPE alertmanager_notifications_total counter
alertmanager_notifications_total{integration="email"} 5
alertmanager_notifications_total{integration="webhook"} 1.5e+06
`;

describe('what an Alertmanager answers', () => {
  it('tells its version, its configuration and its peers', () => {
    assert.deepEqual(readStatus(status), {
      version: '0.34.2',
      config: 'route:\n  receiver: "null"\n',
      cluster: { status: 'ready', peers: ['10.0.0.7:9094', '10.0.0.8:9094'] },
    });
    const alone = { ...status, cluster: { status: 'disabled' } };
    assert.deepEqual(readStatus(alone)?.cluster, { status: 'disabled', peers: [] });
  });

  it('tells of its alerts and their receivers', () => assert.deepEqual(readAlerts([alert]), [held]));

  it('tells no muting before 0.28', () => {
    const { mutedBy: _, ...old } = alert.status;
    assert.deepEqual(readAlerts([{ ...alert, status: old }]), [held]);
    assert.deepEqual(
      readGroupFacts([{ alerts: [{ ...alert, status: old }] }]),
      new Map([[alert.fingerprint, { mutedBy: new Set(), origins: new Set() }]]),
    );
  });

  it('tells muting and origins by its groups', () => {
    assert.deepEqual(
      readGroupFacts(groups),
      new Map([[alert.fingerprint, { mutedBy: new Set(['weekends', 'night']), origins: new Set(['shop/team']) }]]),
    );
    assert.equal(readGroupFacts({}), undefined);
  });

  it('tells its silences; a matcher without isEqual is a positive one', () => {
    const { status: state, updatedAt, ...rest } = silence;
    assert.ok(updatedAt);
    assert.deepEqual(readSilences([silence]), [{ ...rest, ...state }]);
    const old = { name: 'a', value: 'b', isRegex: false };
    assert.deepEqual(readSilences([{ ...silence, matchers: [old] }])?.[0]?.matchers, [{ ...old, isEqual: true }]);
  });

  it('is known from other answers, and taken apart without trust', () => {
    for (const answer of [undefined, null, 'no', 7, {}, { cluster: [] }, { data: [] }])
      assert.deepEqual(
        [readStatus(answer), readAlerts(answer), readSilences(answer)],
        [undefined, undefined, undefined],
      );
    const odd = [null, 'a', [], {}, { status: 'active' }, { status: { state: 'new' } }];
    assert.deepEqual([readAlerts(odd), readSilences(odd)], [[], []]);
    assert.deepEqual(readAlerts([{ status: { state: 'active' }, labels: { a: 1, b: 'c' }, receivers: 'all' }]), [
      {
        ...{ labels: { b: 'c' }, receivers: [], state: 'active', fingerprint: '', startsAt: '' },
        ...{ inhibitedBy: [], silencedBy: [], mutedBy: [] },
      },
    ]);
  });
});

describe('readNotifications', () => {
  it('counts by integration, failures of all reasons together', () => {
    assert.deepEqual(readNotifications(metrics), [
      { receiver: '', integration: 'email', sent: 5, failed: 3 },
      { receiver: '', integration: 'webhook', sent: 1_500_000, failed: 0 },
    ]);
  });

  it('counts by receiver where that is told, whatever its name', () => {
    const text = String.raw`alertmanager_notifications_total{integration="slack",receiver_name="a \"b\"} \\n\n {c"} 3
alertmanager_notifications_failed_total{integration="slack",reason="other",receiver_name="a \"b\"} \\n\n {c"} 1
`;
    assert.deepEqual(readNotifications(text), [
      { receiver: 'a "b"} \\n\n {c', integration: 'slack', sent: 3, failed: 1 },
    ]);
  });

  it('knows what has no such metrics', () => {
    for (const text of [
      undefined,
      {},
      '',
      'up 1\n',
      'alertmanager_notifications_total{a="b',
      '# alertmanager_notifications_total{integration="a"} 1',
    ])
      assert.equal(readNotifications(text), undefined);
  });
});

describe('askAlertmanagers', () => {
  it('asks each Pod, and puts together what it says', async () => {
    const answers = {
      ...{ '/api/v2/status': status, '/api/v2/alerts': [alert], '/api/v2/alerts/groups': groups },
      ...{ '/api/v2/silences': [silence], '/metrics': metrics },
    };
    const { facts } = await askPods('Alertmanager', answers, askAlertmanagers);
    const workload = { kind: 'Alertmanager', namespace: 'monitoring', name: 'main' };
    assert.deepEqual(facts, [
      {
        ...{ workload, name: 'main-0', ...readStatus(status), silences: readSilences([silence]) },
        alerts: [{ ...held, mutedBy: ['weekends', 'night'], origins: ['shop/team'] }],
        notifications: readNotifications(metrics),
      },
    ]);
  });

  it('reads what it has recorded from its log, where its configuration says that it is there', async () => {
    const line = JSON.stringify(delivery);
    const log = `time=2026-11-29T12:00:00Z level=INFO msg="Listening"\n${line}\n{"broken`;
    const ask = async (original: string, answer: unknown): Promise<unknown> => {
      const answers = {
        '/api/v2/status': { ...status, config: { original } },
        '/api/v1/namespaces/monitoring/pods/main-0/log': answer,
      };
      const [facts] = (await askPods('Alertmanager', answers, askAlertmanagers)).facts;
      return facts?.events;
    };
    const recording = 'event_recorder: { stdout_outputs: [{}] }';
    assert.deepEqual(await ask(recording, log), [delivered]);
    assert.deepEqual(await ask(recording, delivery), [delivered], 'a single line, which the client has parsed');
    assert.deepEqual(await ask(recording, ''), []);
    for (const other of ['event_recorder: { file_outputs: [{ path: /a }] }', 'route: {}', '{', ''])
      assert.equal(await ask(other, log), undefined, other);
  });

  it('keeps what it gets, and says why the rest is missing', async () => {
    const answers = { '/api/v2/alerts': [], '/api/v2/alerts/groups': [], '/metrics': '' };
    const { facts } = await askPods('Alertmanager', answers, askAlertmanagers);
    assert.deepEqual(
      facts.map(({ workload: _, ...rest }) => rest),
      [{ name: 'main-0', alerts: [], problem: 'no answer at /api/v2/status' }],
    );
  });
});
