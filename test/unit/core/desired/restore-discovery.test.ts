import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseYaml } from '../../../../src/base/yaml.ts';
import { restoreDiscovery } from '../../../../src/core/render/prometheus/config/restore-discovery.ts';
import type { ConfigMap } from '../../../../src/core/render/shared/rendered-objects.ts';
import { makePodMonitor, makeProbe, makeServiceMonitor } from '../select/fixtures.ts';
import { listPlans, listWrites, renderServed, unpack } from './served.ts';

const desired = renderServed({
  monitors: {
    PodMonitor: Array.from({ length: 20 }, (_, number) => makePodMonitor(`shop/pods-${number}`)),
    ServiceMonitor: [
      makeServiceMonitor('shop/keeper', {
        endpoints: [{ port: 'web', relabelings: [{ action: 'labeldrop', regex: 'job' }] }],
      }),
    ],
    Probe: [makeProbe('shop/probe')],
  },
});
const secret = listWrites(desired).find(({ object }) => object.metadata.name === 'prometheus-k8s');
const published = unpack(secret?.object.data?.['prometheus.yaml.gz']);
const plans = listPlans(desired).map(({ object }) => object as ConfigMap);

describe('a published configuration with its plan', () => {
  it('is the one that was rendered', () => {
    assert.match(published, /http_sd_configs/);
    assert.deepEqual(parseYaml(restoreDiscovery(published, plans)), parseYaml(desired.config?.yaml() ?? ''));
  });

  it('stays as it is without a plan, or with one that cannot be read', () => {
    const broken: ConfigMap = { metadata: {}, binaryData: { 'jobs.yaml.gz': 'AAAA' } };
    assert.equal(restoreDiscovery(published, []), published);
    assert.equal(restoreDiscovery(published, [broken]), published);
    assert.equal(restoreDiscovery('scrape_configs: [', plans), 'scrape_configs: [');
  });
});
