/** What fuzzing found: objects in storage that no schema would take, and manifests that no API server could decode. */
import { complete } from '../../../src/base/interruptible.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertmanagerSpec } from '../../../src/api/alertmanager.ts';
import { prometheusSpec } from '../../../src/api/prometheus.ts';
import type { Prometheus } from '../../../src/api/prometheus.ts';
import type { PrometheusAgent } from '../../../src/api/prometheus-agent.ts';
import { AssetStore } from '../../../src/core/assets/store.ts';
import { checkReadable } from '../../../src/core/field-checks/check-shape.ts';
import { InvalidFieldError, firstFinding } from '../../../src/core/findings.ts';
import { alertmanagerKind } from '../../../src/core/kinds/alertmanager.ts';
import type { WorkloadMatcher, WorkloadObject } from '../../../src/core/kinds/kind.ts';
import { agentKind } from '../../../src/core/kinds/prometheus-agent.ts';
import { serverKind } from '../../../src/core/kinds/prometheus.ts';
import { workloadKinds } from '../../../src/core/kinds/registry.ts';
import { readSources } from '../../../src/core/manifests/sources.ts';
import { explainUnusable } from '../../../src/core/manifests/usable.ts';
import { asAgentWorkload, asServerWorkload } from '../../../src/core/render/prometheus/prometheus-workload.ts';
import { defaultSettings } from '../../../src/operator/default-settings.ts';
import { ReviewError, readAdmissionReview } from '../../../src/webhook/review.ts';

const metadata = { name: 'main', namespace: 'shop' };
const settings = defaultSettings();

describe('a spec that nobody can read', () => {
  it('is a terminal error that names the field, of a workload', () => {
    const server = (spec: unknown) => () => asServerWorkload({ metadata, spec } as Prometheus, settings);
    const agent = () => asAgentWorkload({ metadata } as PrometheusAgent, settings);
    const selector = { serviceMonitorSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: [null] }] } };
    const cases: readonly (readonly [act: () => unknown, message: RegExp])[] = [
      [server(undefined), /^spec: Cannot do without a spec/],
      [agent, /^spec: Cannot do without a spec/],
      [
        server({ serviceMonitorSelector: { matchLabels: 7 } }),
        /^spec\.serviceMonitorSelector\.matchLabels: .*want object/,
      ],
      [server({ serviceMonitorSelector: { matchExpressions: [{ operator: 'Exists' }] } }), /^spec\..*\.key: Cannot do/],
      [server(selector), /values\[0\]: Cannot use this null: want string/],
      [server({ externalLabels: { a: null } }), /^spec\.externalLabels\.a: Cannot use this null/],
    ];
    for (const [act, message] of cases)
      assert.throws(act, (error) => error instanceof InvalidFieldError && message.test(error.message), String(message));
  });

  it('is a terminal error for workloads of every kind, and their status is described all the same', () => {
    for (const kind of workloadKinds) {
      const instance = { metadata, spec: { podMetadata: { labels: { a: null } } } } as unknown as WorkloadObject;
      const match = kind.createMatcher();
      const { sources } = readSources([]);
      assert.throws(
        () => complete(match(instance, settings, sources)),
        /labels\.a: Cannot use this null/,
        kind.resource,
      );
      assert.doesNotThrow(() => kind.describeStatus(instance, settings), kind.resource);
    }
  });

  it('is one with more members than can be rendered: the memory would be full before the end', () => {
    const cases = [
      [serverKind, { shards: 2 ** 31 - 1 }, 'spec.shards: Cannot run 2147483647 shards: at most 1000 are possible'],
      [agentKind, { shards: 1001 }, 'spec.shards: Cannot run 1001 shards: at most 1000 are possible'],
      [alertmanagerKind, { replicas: 1e9 }, 'spec.replicas: Cannot run 1000000000 replicas: at most 1000 are possible'],
    ] as const;
    for (const [kind, spec, message] of cases) {
      const instance = { metadata, spec };
      const match: WorkloadMatcher<never> = kind.createMatcher();
      assert.throws(() => complete(match(instance as never, settings, readSources([]).sources)), { message });
      assert.doesNotThrow(() => kind.describeStatus(instance, settings));
    }
  });

  it('leaves patterns to those who read the fields, and null to mean unset', () => {
    assert.equal(
      firstFinding(checkReadable(prometheusSpec, { scrapeInterval: 'x', serviceMonitorSelector: null })),
      undefined,
    );
    assert.equal(firstFinding(checkReadable(alertmanagerSpec, {})), undefined);
  });
});

describe('an object whose keys or tables nobody expects', () => {
  it('fails nothing else', () => {
    const receivers = [{ name: 'mail', constructor: {}, __defineGetter__: ['x'] }];
    const objects = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
      { apiVersion: 'v1', kind: 'Secret', metadata, stringData: null },
      { apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'AlertmanagerConfig', metadata, spec: { receivers } },
    ];
    const { sources, assets } = readSources(objects);
    const instance = { metadata, spec: { alertmanagerConfigSelector: {} } };
    const match = complete(alertmanagerKind.createMatcher()(instance, settings, sources));
    const desired = complete(match.render(new AssetStore(assets)));
    assert.deepEqual(desired.failures, []);
  });
});

describe('a manifest that no API server could decode', () => {
  it('is told with its field', () => {
    const explain = (more: object) => explainUnusable({ apiVersion: 'v1', kind: 'Secret', metadata, ...more });
    assert.equal(explain({ data: { a: 'YQ==' } }), undefined);
    assert.equal(explain({ data: { a: true } }), 'data.a must be a text');
    assert.equal(explain({ stringData: { a: 7 } }), 'stringData.a must be a text');
    assert.equal(explain({ metadata: { name: { a: 1 } } }), 'metadata.name must be a text');
    assert.equal(explain({ metadata: { ...metadata, labels: [] } }), 'metadata.labels must be a mapping');
    assert.equal(explain({ apiVersion: 'monitoring.coreos.com/v1', kind: 'Probe' }), 'spec must be a mapping');
    assert.equal(explain({ kind: 7 }), 'apiVersion and kind must be texts');
  });

  it('is no review', () => {
    const review = {
      apiVersion: 'admission.k8s.io/v1',
      kind: 'AdmissionReview',
      request: { object: { metadata: { name: {} } } },
    };
    assert.throws(() => readAdmissionReview(review), ReviewError);
    assert.throws(() => readAdmissionReview({ ...review, request: { object: { kind: {} } } }), ReviewError);
  });
});
