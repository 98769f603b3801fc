import { complete } from '../../../../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PrometheusSpec } from '../../../../../../src/api/prometheus.ts';
import type { AssetObject } from '../../../../../../src/core/assets/store.ts';
import { createPrometheusCaches, renderPrometheus } from '../../../../../../src/core/desired/desired-prometheus.ts';
import type { DesiredPrometheus } from '../../../../../../src/core/desired/desired-prometheus.ts';
import { InvalidFieldError } from '../../../../../../src/core/findings.ts';
import type { Monitors } from '../../../../../../src/core/monitor.ts';
import {
  makeMonitors,
  makePrometheus,
  makeScrapeConfig,
  makeSecret,
  makeServiceMonitor,
  makeStore,
  settings,
} from '../../../select/fixtures.ts';
import { requireComplete } from '../../../../../../src/core/desired/steps.ts';
import { asServerWorkload } from '../../../../../../src/core/render/prometheus/prometheus-workload.ts';

interface Situation {
  readonly spec?: Partial<PrometheusSpec>;
  readonly monitors?: Partial<Monitors>;
  readonly secrets?: readonly AssetObject[];
}

function render({ spec = {}, monitors = {}, secrets = [] }: Situation): DesiredPrometheus {
  const workload = asServerWorkload(makePrometheus(spec), settings);
  const match = { workload, monitors: makeMonitors(monitors), rules: [], references: [] };
  return requireComplete(complete(renderPrometheus(match, makeStore(secrets), createPrometheusCaches())));
}

/** "field: message" of the error that keeps the last good configuration in place. */
function refusal(situation: Situation): string {
  try {
    render(situation);
  } catch (error) {
    assert.ok(error instanceof InvalidFieldError);
    return error.message;
  }
  return 'published';
}

/** "field: message" of each rejected monitor. */
const rejections = (situation: Situation): string[] =>
  render(situation).selection.rejected.map(({ rejection }) => `${rejection.field}: ${rejection.message}`);

const additional = (text: string): Situation => ({
  spec: { additionalScrapeConfigs: { name: 'more', key: 'jobs' } },
  secrets: [makeSecret('monitoring/more', { jobs: text })],
});

describe('what Prometheus would refuse', () => {
  it('in the jobs of a monitor rejects that monitor, by the field that it comes from', () => {
    const good = makeScrapeConfig('a/good');
    const bad = makeScrapeConfig('a/zone', { gceSDConfigs: [{ project: 'p', zone: '' }] });
    const situation = { monitors: { ScrapeConfig: [good, bad] } };
    assert.deepEqual(rejections(situation), [
      'spec.gceSDConfigs[0]: Prometheus refuses it: GCE SD configuration requires a zone',
    ]);
    assert.match(render(situation).config?.yaml() ?? '', /scrapeConfig\/a\/good/);
    assert.doesNotMatch(render(situation).config?.yaml() ?? '', /scrapeConfig\/a\/zone/);
  });

  it('because of what is global rejects the monitor that does not go with it', () => {
    const relabelings = [{ action: 'replace' as const, targetLabel: 'app.name' }];
    const monitor = makeServiceMonitor('a/x', { endpoints: [{ port: 'a' }, { port: 'b', relabelings }] });
    assert.deepEqual(rejections({ monitors: { ServiceMonitor: [monitor] } }), []);
    assert.deepEqual(
      rejections({ spec: { nameValidationScheme: 'Legacy' }, monitors: { ServiceMonitor: [monitor] } }),
      [
        `spec.endpoints[1].relabelings[0]: Prometheus refuses it: "app.name" is invalid 'target_label' for replace action`,
      ],
    );
  });

  it('in what the workload puts into every job is the fault of the workload', () => {
    const spec = { version: 'v2.50.0', enforcedNamespaceLabel: 'kubernetes.io/namespace' };
    assert.match(
      refusal({ spec, monitors: { ServiceMonitor: [makeServiceMonitor('a/x')] } }),
      /^spec\.enforcedNamespaceLabel: Prometheus refuses it: "kubernetes\.io\/namespace" is invalid/,
    );
  });

  it('in a field of the workload keeps the last good configuration, and names the field', () => {
    const remote = { url: 'http://a' };
    const cases: [Partial<PrometheusSpec>, string][] = [
      [{ remoteWrite: [remote, { ...remote, headers: { Host: 'x' } }] }, 'spec.remoteWrite[1]: '],
      [{ remoteWrite: [{ ...remote, queueConfig: { minShards: 9, maxShards: 3 } }] }, 'spec.remoteWrite[0]: '],
      [
        {
          remoteWrite: [
            { ...remote, name: 'a' },
            { ...remote, name: 'a' },
          ],
        },
        'spec.remoteWrite[1]: ',
      ],
      [{ version: 'v2.50.0', externalLabels: { 'a.b': 'c' } }, 'spec.externalLabels: '],
      [{ bodySizeLimit: '7XB' }, 'spec.bodySizeLimit: '],
      [{ tracingConfig: { endpoint: '' } }, 'spec.tracingConfig: '],
      [{ otlp: { promoteResourceAttributes: ['a', 'a'] } }, 'spec.otlp: '],
    ];
    for (const [spec, start] of cases) {
      const text = refusal({ spec });
      assert.ok(text.startsWith(start), `${start} ${text}`);
    }
  });

  it('in an additional job names the job and not what stands in the Secret', () => {
    assert.equal(
      refusal(additional('- {job_name: mine, static_configs: [{targets: ["http://user:secret@host/"]}]}')),
      'spec.additionalScrapeConfigs: Prometheus refuses it: "…" is not a valid hostname (job "mine")',
    );
    assert.equal(
      refusal(additional("- {job_name: mine, relabel_configs: [{regex: 'se\"cr`et('}]}")),
      'spec.additionalScrapeConfigs: Prometheus refuses it: error parsing regexp: missing closing ): "…" (job "mine", relabel_configs[0])',
    );
    assert.match(
      refusal(additional('- {job_name: mine, scrape_intervall: 5s}')),
      /field scrape_intervall not found.*mine/,
    );
  });

  it('as a job name that comes twice names both', () => {
    const jobs = '- job_name: serviceMonitor/a/x/0\n';
    assert.match(refusal(additional(`- job_name: x\n- job_name: x\n`)), /job name "x": it is also that of another one/);
    assert.equal(refusal(additional(jobs)), 'published');
    assert.match(
      refusal({ ...additional(jobs), monitors: { ServiceMonitor: [makeServiceMonitor('a/x')] } }),
      /job name "serviceMonitor\/a\/x\/0": it is also that of a monitor/,
    );
  });
});
