import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Prometheus } from '../../src/api/prometheus.ts';
import { scrapeConfigSpec } from '../../src/api/scrape-config.ts';
import { writeYamlFields, writeYamlItems } from '../../src/base/yaml-writer.ts';
import type { AssetObject } from '../../src/core/assets/store.ts';
import { openJob } from '../../src/core/render/prometheus/config/job.ts';
import { renderJobs } from '../../src/core/render/prometheus/config/monitor-fragment.ts';
import { asServerWorkload } from '../../src/core/render/prometheus/prometheus-workload.ts';
import { checkRequired } from '../../src/core/field-checks/check-shape.ts';
import { firstFinding } from '../../src/core/findings.ts';
import type { Monitor } from '../../src/core/monitor.ts';
import { describeScraping } from '../../src/core/render/prometheus/config/scrape-context.ts';
import { readRecording, skipReason } from '../conformance/case-folder.ts';
import { dropNulls } from '../conformance/cases.ts';
import { settingsFor, storeOf } from '../conformance/config-adapter.ts';
import { knownDifferences } from '../conformance/known-differences.ts';
import { skipWithout } from '../control-plane/locate.ts';
import { checkConfig } from '../control-plane/prometheus.ts';

interface Recording {
  readonly input: {
    readonly scrapeConfig: Monitor;
    readonly prometheus: Prometheus;
    readonly version: string;
    readonly objects: AssetObject[] | null;
  };
}

const options = {
  endpointSliceSupported: true,
  podTopologyLabels: true,
  topologySharding: true,
  retentionPolicies: true,
};

/** The configuration that the reference's acceptance leads to. */
function renderAccepted({ input }: Recording): string {
  const prometheus = dropNulls(input.prometheus);
  const spec = { ...prometheus.spec, version: input.version };
  const context = describeScraping(asServerWorkload({ ...prometheus, spec }, settingsFor(options)));
  const job = openJob('ScrapeConfig', dropNulls(input.scrapeConfig), { context, assets: storeOf(input.objects) });
  const jobs = [...renderJobs('ScrapeConfig', job)].map(({ config }) => config);
  return `${writeYamlFields({ global: { scrape_interval: '30s' } })}scrape_configs:\n${writeYamlItems(jobs)}`;
}

const folder = 'selection-scrapeConfig/';
const accepted = Object.entries(knownDifferences).filter(([name]) => name.startsWith(folder));

describe('a ScrapeConfig that the reference accepts and Stoker does not', { skip: skipReason }, () => {
  for (const [name, reason] of accepted) {
    it(`is refused by Prometheus or the API server: ${name}`, { skip: skipWithout('promtool') }, async (test) => {
      const recording = readRecording(`${name}.json`) as Recording;
      const missing = firstFinding(checkRequired(scrapeConfigSpec, dropNulls(recording.input.scrapeConfig).spec));
      if (missing?.field.endsWith('.targets') === true) {
        test.diagnostic(`${missing.field} is required by the CRD`);
        assert.match(reason, /which the CRD requires/);
        return;
      }
      const text = renderAccepted(recording);
      const { valid, output } = await checkConfig(text);
      assert.equal(valid, false, `${text}\n${output}`);
      test.diagnostic(output.split('FAILED: ').pop()?.trim() ?? '');
    });
  }
});
