import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusSpec } from '../../../../src/api/prometheus.ts';
import {
  createPrometheusCaches,
  matchPrometheus,
  renderPrometheus,
} from '../../../../src/core/desired/desired-prometheus.ts';
import type { Desired } from '../../../../src/core/desired/steps.ts';
import { requireComplete } from '../../../../src/core/desired/steps.ts';
import { asServerWorkload } from '../../../../src/core/render/prometheus/prometheus-workload.ts';
import { makeLister, makePrometheus, makeSources, makeStore, settings } from '../select/fixtures.ts';

function render(spec: Partial<PrometheusSpec>): Desired {
  const workload = asServerWorkload(makePrometheus({ serviceMonitorSelector: {}, ...spec }), settings);
  const sources = { ...makeSources({}), PrometheusRule: makeLister([]) };
  const caches = createPrometheusCaches();
  return complete(renderPrometheus(complete(matchPrometheus(workload, sources, caches)), makeStore(), caches));
}

/** What the steps do, in their order, as "kind name". */
const listNames = ({ steps }: Desired): string[] =>
  steps.map((step) => `${step.kind} ${'object' in step ? (step.object?.metadata.name ?? '') : ''}`.trim());

const whole = [
  'write prometheus-k8s-rulefiles-0',
  'prune',
  'write prometheus-k8s',
  'write prometheus-k8s-tls-assets-0',
  'prune',
  'write prometheus-k8s-web-config',
  'write prometheus-k8s-thanos-prometheus-http-client-file',
  'governing-service',
  'stateful-set prometheus-k8s',
  'surplus-sets',
  'prune',
];

describe('the steps of a Prometheus', () => {
  it('are all there, what pods mount before the pods', () => {
    const desired = render({});
    assert.deepEqual(listNames(desired), whole);
    assert.deepEqual(desired.failures, []);
    assert.equal(requireComplete(desired), desired);
  });

  it('go on without the configuration when it cannot be rendered: only what depends on it is missing', () => {
    const desired = render({ additionalScrapeConfigs: { name: 'gone', key: 'jobs.yaml' } });
    const dependent = [whole[2], whole[3], whole[4], ...whole.slice(8)];
    assert.deepEqual(
      listNames(desired),
      whole.filter((name, at) => at === 1 || !dependent.includes(name)),
    );
    assert.match(desired.failures[0]?.message ?? '', /gone/);
    assert.throws(() => requireComplete(desired), /gone/);
  });

  it('leave the sets alone when the web configuration cannot be rendered: they would be probed as nobody serves', () => {
    const desired = render({ web: { tlsConfig: { keyFile: '/key' } } });
    assert.deepEqual(
      listNames(desired),
      whole.filter((name, at) => at < 8 && !name.endsWith('web-config')),
    );
    assert.match(desired.failures[0]?.message ?? '', /certificate is missing/);
  });
});
