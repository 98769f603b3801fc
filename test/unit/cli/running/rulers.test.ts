import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAlertmanagerUrls, readGroups } from '../../../../src/cli/running/read-ruler.ts';
import { askRulers } from '../../../../src/cli/running/rulers.ts';
import { askPods } from './ask-pods.ts';

/** As Prometheus 3.5 answers at /api/v1/rules. */
const rules = {
  status: 'success',
  data: {
    groups: [
      {
        name: 'cart',
        file: '/etc/prometheus/rules/prometheus-main-rulefiles-0/shop-cart-1.yaml',
        rules: [
          {
            state: 'firing',
            name: 'CartDown',
            query: 'up == 0',
            duration: 60,
            keepFiringFor: 0,
            labels: { severity: 'critical' },
            annotations: {},
            alerts: [
              {
                labels: { alertname: 'CartDown', instance: '10.0.0.1:8080', severity: 'critical' },
                annotations: {},
                state: 'firing',
                activeAt: '2026-11-29T12:00:00.5Z',
                value: '0e+00',
              },
            ],
            health: 'ok',
            evaluationTime: 0.0002,
            lastEvaluation: '2026-11-29T12:05:00.5Z',
            type: 'alerting',
          },
          {
            name: 'cart:ratio',
            query: 'a / b',
            health: 'err',
            lastError: 'found duplicate series for the match group',
            evaluationTime: 0.0001,
            lastEvaluation: '2026-11-29T12:05:00.5Z',
            type: 'recording',
          },
        ],
        interval: 30,
        limit: 0,
        evaluationTime: 0.0004,
        lastEvaluation: '2026-11-29T12:05:00.5Z',
      },
    ],
  },
};

const urls = {
  status: 'success',
  data: { activeAlertmanagers: [{ url: 'http://10.0.0.7:9093/am/api/v2/alerts' }], droppedAlertmanagers: [] },
};

const groups = [
  {
    name: 'cart',
    file: '/etc/prometheus/rules/prometheus-main-rulefiles-0/shop-cart-1.yaml',
    rules: [
      {
        ...{ kind: 'alerting', name: 'CartDown', health: 'ok', lastError: '' },
        alerts: [
          {
            labels: { alertname: 'CartDown', instance: '10.0.0.1:8080', severity: 'critical' },
            ...{ state: 'firing', activeAt: '2026-11-29T12:00:00.5Z' },
          },
        ],
      },
      {
        ...{ kind: 'recording', name: 'cart:ratio', health: 'err', alerts: [] },
        lastError: 'found duplicate series for the match group',
      },
    ],
  },
];

describe('readGroups', () => {
  it('takes what is needed of /api/v1/rules', () => assert.deepEqual(readGroups(rules), groups));

  it('knows what is no such answer', () => {
    for (const answer of [undefined, null, 'no', [], {}, { data: {} }, { data: { groups: {} } }])
      assert.equal(readGroups(answer), undefined);
  });

  it('leaves out what has no shape', () => {
    const odd = [
      null,
      7,
      { name: 7, file: null, rules: 'none' },
      { name: 'a', rules: [null, { alerts: [{ state: 1 }] }] },
    ];
    assert.deepEqual(readGroups({ data: { groups: odd } }), [
      { name: '', file: '', rules: [] },
      { name: 'a', file: '', rules: [{ kind: 'alerting', name: '', health: '', lastError: '', alerts: [] }] },
    ]);
  });
});

describe('askRulers', () => {
  it('asks each Pod for its rules and its Alertmanagers', async () => {
    const answers = { '/api/v1/rules': rules, '/api/v1/alertmanagers': urls };
    const { facts, paths } = await askPods('Prometheus', answers, askRulers);
    const root = '/api/v1/namespaces/monitoring/pods/https:main-0:9090/proxy/prefix';
    assert.deepEqual(paths, [`${root}/api/v1/rules`, `${root}/api/v1/alertmanagers`]);
    assert.deepEqual(facts, [
      {
        workload: { kind: 'Prometheus', namespace: 'monitoring', name: 'main' },
        ...{ name: 'main-0', groups, alertmanagers: ['http://10.0.0.7:9093/am/api/v2/alerts'] },
      },
    ]);
  });

  it('keeps what it gets, and says why the rest is missing', async () => {
    const { facts } = await askPods('Prometheus', { '/api/v1/alertmanagers': urls }, askRulers);
    assert.deepEqual(facts, [
      {
        workload: { kind: 'Prometheus', namespace: 'monitoring', name: 'main' },
        ...{ name: 'main-0', alertmanagers: readAlertmanagerUrls(urls) },
        problem: 'no answer at /api/v1/rules',
      },
    ]);
  });

  it('does not ask a ThanosRuler for Alertmanagers, which it does not tell', async () => {
    const { facts, paths } = await askPods('ThanosRuler', { '/api/v1/rules': rules }, askRulers);
    assert.equal(paths.length, 1);
    assert.deepEqual(facts, [
      {
        workload: { kind: 'ThanosRuler', namespace: 'monitoring', name: 'main' },
        ...{ name: 'main-0', groups },
      },
    ]);
  });

  it('says what is no answer of a Prometheus', async () => {
    const answers = { '/api/v1/rules': '<html>', '/api/v1/alertmanagers': urls };
    const { facts } = await askPods('Prometheus', answers, askRulers);
    assert.equal(facts[0]?.problem, '/api/v1/rules gives something else');
  });
});
