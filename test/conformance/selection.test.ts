import assert from 'node:assert/strict';
import type { Prometheus } from '../../src/api/prometheus.ts';
import type { AssetObject } from '../../src/core/assets/store.ts';
import type { Monitor, MonitorKind } from '../../src/core/monitor.ts';
import { RegexpCache } from '../../src/core/relabel/regexp-cache.ts';
import { asServerWorkload } from '../../src/core/render/prometheus/prometheus-workload.ts';
import { firstFinding } from '../../src/core/findings.ts';
import { scopeToMonitor } from '../../src/core/select/monitor-scope.ts';
import { checkMonitor } from '../../src/core/select/judge-monitor.ts';
import { describeScraping } from '../../src/core/render/prometheus/config/scrape-context.ts';
import { describeCases, dropNulls } from './cases.ts';
import { settingsFor, storeOf } from './config-adapter.ts';

type Field = 'serviceMonitor' | 'podMonitor' | 'probe' | 'scrapeConfig';

type Input = Readonly<Partial<Record<Field, Monitor>>> & {
  readonly prometheus: Prometheus;
  readonly version: string;
  readonly objects: AssetObject[] | null;
};

const kinds: Readonly<Record<Field, MonitorKind>> = {
  serviceMonitor: 'ServiceMonitor',
  podMonitor: 'PodMonitor',
  probe: 'Probe',
  scrapeConfig: 'ScrapeConfig',
};
const options = {
  endpointSliceSupported: true,
  podTopologyLabels: true,
  topologySharding: true,
  retentionPolicies: true,
};

for (const [field, kind] of Object.entries(kinds)) {
  describeCases<Input, undefined>(`selection-${field}`, ({ input, error }) => {
    const prometheus = dropNulls(input.prometheus);
    const spec = { ...prometheus.spec, version: input.version };
    const context = describeScraping(asServerWorkload({ ...prometheus, spec }, settingsFor(options)));
    const monitor = dropNulls(input[field as Field]);
    assert.ok(monitor !== undefined);
    const tools = { assets: storeOf(input.objects), regexps: new RegexpCache() };
    const rejection = firstFinding(checkMonitor(kind, monitor, scopeToMonitor(monitor, context, tools)));
    const ours = rejection && `${rejection.field}: ${rejection.message}`;
    assert.equal(
      rejection === undefined,
      error === null,
      `reference: ${error ?? 'accepted'}; ours: ${ours ?? 'accepted'}`,
    );
  });
}
