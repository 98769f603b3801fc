import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SharedMapping } from '../../../../../../src/base/yaml-writer.ts';
import type { YamlValue } from '../../../../../../src/base/yaml-writer.ts';
import { openJob } from '../../../../../../src/core/render/prometheus/config/job.ts';
import { renderJobs } from '../../../../../../src/core/render/prometheus/config/monitor-fragment.ts';
import { describeScraping } from '../../../../../../src/core/render/prometheus/config/scrape-context.ts';
import { makeServiceMonitor, makeStore, makeWorkload } from '../../../select/fixtures.ts';

describe('relabel rules', () => {
  it('know which field asked for them', () => {
    const workload = makeWorkload({
      enforcedNamespaceLabel: 'tenant',
      podTargetLabels: ['zone'],
      scrapeClasses: [{ name: 'c', default: true, relabelings: [{ targetLabel: 'c', replacement: 'd' }] }],
    });
    const monitor = makeServiceMonitor('a/x', {
      selector: { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
      jobLabel: 'app',
      targetLabels: ['team'],
      endpoints: [{ port: 'web', relabelings: [{ action: 'drop', sourceLabels: ['a'], regex: 'b' }] }],
    });
    const [job] = renderJobs(
      'ServiceMonitor',
      openJob('ServiceMonitor', monitor, { context: describeScraping(workload), assets: makeStore() }),
    );
    const origins = (job?.relabelings ?? []).map(({ origin }) => origin).filter((origin) => origin !== '');
    assert.deepEqual(origins, [
      'spec.selector.matchLabels.app',
      'spec.selector.matchExpressions[0]',
      'spec.endpoints[0].port',
      'spec.endpoints[0].filterRunning',
      'spec.targetLabels[0]',
      'workload.spec.podTargetLabels[0]',
      'spec.jobLabel',
      'spec.endpoints[0].port',
      'workload.spec.scrapeClasses[c].relabelings[0]',
      'spec.endpoints[0].relabelings[0]',
      'workload.spec.enforcedNamespaceLabel',
      'workload.spec.shards',
      'workload.spec.shards',
      'workload.spec.shards',
      'workload.spec.shards',
    ]);
    const written = (job?.config['relabel_configs'] ?? []) as readonly YamlValue[];
    assert.deepEqual(
      written.map((one) => (one instanceof SharedMapping ? one.fields : one)),
      (job?.relabelings ?? []).map(({ rule }) => rule),
    );
  });
});
