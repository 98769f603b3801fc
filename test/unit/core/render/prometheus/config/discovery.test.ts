import { complete } from '../../../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeScraping } from '../../../../../../src/core/render/prometheus/config/scrape-context.ts';
import { MonitorCache } from '../../../../../../src/core/select/monitor-cache.ts';
import { selectMonitors } from '../../../../../../src/core/select/monitors.ts';
import { makeMonitors, makeScrapeConfig, makeSecret, makeStore, makeWorkload } from '../../../select/fixtures.ts';
import { read } from './fixtures.ts';
import { uuid, cases } from './discovery-cases.ts';

const store = makeStore([makeSecret('a/login', { user: 'U', password: 'P', token: 'T', secret: 'S', uuid })]);

describe('service discovery of a ScrapeConfig', () => {
  for (const { spec, section, item } of cases) {
    it(`accepts and writes every field of ${section}`, () => {
      const { staticConfigs: _none, ...bare } = makeScrapeConfig('a/x').spec;
      const scrapeConfig = { ...makeScrapeConfig('a/x'), spec: { ...bare, ...spec } };
      const matched = makeMonitors({ ScrapeConfig: [scrapeConfig] });
      const input = { context: describeScraping(makeWorkload()), matched, assets: store, cache: new MonitorCache() };
      assert.deepEqual(complete(selectMonitors(input)).rejected, []);
      const [job] = read({ monitors: matched, assets: store }).scrape_configs;
      assert.deepEqual(Object.keys(job ?? {}), ['job_name', section, 'relabel_configs']);
      assert.equal(JSON.stringify(job?.[section]), JSON.stringify([item]));
    });
  }
});
