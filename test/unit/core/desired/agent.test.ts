import { complete } from '../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusAgentSpec } from '../../../../src/api/prometheus-agent.ts';
import {
  createPrometheusCaches,
  matchPrometheus,
  renderPrometheus,
} from '../../../../src/core/desired/desired-prometheus.ts';
import type { DesiredPrometheus } from '../../../../src/core/desired/desired-prometheus.ts';
import { listSets, listStepObjects } from '../../../../src/core/desired/steps.ts';
import { asAgentWorkload, asServerWorkload } from '../../../../src/core/render/prometheus/prometheus-workload.ts';
import type { PrometheusWorkload } from '../../../../src/core/render/prometheus/prometheus-workload.ts';
import { makeLister, makePrometheus, makeSources, makeStore, settings } from '../select/fixtures.ts';

function render(workload: PrometheusWorkload): DesiredPrometheus {
  const sources = { ...makeSources({}), PrometheusRule: makeLister([]) };
  const caches = createPrometheusCaches();
  return complete(renderPrometheus(complete(matchPrometheus(workload, sources, caches)), makeStore(), caches));
}

const renderAgent = (spec: PrometheusAgentSpec): DesiredPrometheus =>
  render(asAgentWorkload({ metadata: { name: 'k8s', namespace: 'monitoring', uid: 'a' }, spec }, settings));

/** Everything that all sets say, as text: rule files show in volumes, in mounts and in arguments. */
const textOf = ({ steps }: DesiredPrometheus): string => JSON.stringify(listSets(steps));

describe('rule files', () => {
  it('are mounted and watched by servers', () => {
    const text = textOf(render(asServerWorkload(makePrometheus(), settings)));
    assert.match(text, /"name":"prometheus-k8s-rulefiles-2"/);
    assert.match(text, /--watched-dir=[^"]*rulefiles-0/);
  });

  it('are no matter of agents, also where a server of the same name has some', () => {
    for (const mode of ['StatefulSet', 'DaemonSet'] as const) {
      const desired = renderAgent({ mode, shards: 2, scrapeInterval: '30s' });
      assert.equal(listSets(desired.steps).length, mode === 'StatefulSet' ? 2 : 1);
      assert.doesNotMatch(textOf(desired), /rulefiles/, mode);
      assert.ok(listStepObjects(desired.steps).every(({ kind }) => kind !== 'ConfigMap'));
    }
  });
});
