import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  renderAgentService,
  renderServerService,
} from '../../../../../src/core/render/prometheus/prometheus-service.ts';
import type { Prometheus, PrometheusSpec } from '../../../../../src/api/prometheus.ts';
import { reviseService } from '../../../../../src/core/render/shared/revision.ts';
import { labelAllPods } from '../../../../../src/core/render/prometheus/prometheus-labels.ts';
import { checkCustomService } from '../../../../../src/core/render/shared/governing-service.ts';
import type { Service } from '../../../../../src/core/render/shared/rendered-objects.ts';
import { makePrometheus, makeServer, makeSettings } from './fixtures.ts';

function makeNamed(name: string, spec: PrometheusSpec): Prometheus {
  return makePrometheus(spec, { name, uid: `uid-${name}` });
}

const settings = makeSettings();

describe('renderServerService', () => {
  it('is the same whoever of the workloads of a namespace is synced', () => {
    const [a, b, c] = [makeNamed('a', { portName: 'http' }), makeNamed('b', { thanos: {} }), makeNamed('c', {})];
    const service = renderServerService([c, b, a], settings);
    assert.deepEqual(service, renderServerService([a, c, b], settings));
    assert.deepEqual(service?.spec.ports, [
      { name: 'http', port: 9090, targetPort: 'http' },
      { name: 'grpc', port: 10901, targetPort: 'grpc' },
    ]);
    assert.deepEqual(
      service.metadata.ownerReferences?.map(({ uid, controller }) => [uid, controller]),
      [
        ['uid-a', undefined],
        ['uid-b', undefined],
        ['uid-c', undefined],
      ],
    );
  });

  it('selects the pods of agents by their own name', () => {
    const service = renderAgentService([{ metadata: { name: 'edge', namespace: 'm' }, spec: {} }], settings);
    assert.equal(service?.metadata.name, 'prometheus-agent-operated');
    assert.deepEqual(service.spec.selector, { 'app.kubernetes.io/name': 'prometheus-agent' });
  });

  it('is not there when nobody uses it', () => {
    assert.equal(renderServerService([], settings), undefined);
    const leaving = makePrometheus({}, { deletionTimestamp: '2026-01-01T00:00:00Z' });
    assert.equal(renderServerService([leaving, makePrometheus({ serviceName: 'mine' })], settings), undefined);
    assert.equal(renderAgentService([{ metadata: {}, spec: { mode: 'DaemonSet' } }], settings), undefined);
  });

  it('does not fail for a neighbour that cannot be rendered', () => {
    const service = renderServerService([makeNamed('a', { version: 'garbled' }), makeNamed('b', {})], settings);
    assert.equal(service?.metadata.ownerReferences?.length, 2);
  });

  it('keeps addresses and foreign owners of the live Service', () => {
    const desired = renderServerService([makePrometheus()], settings);
    assert.ok(desired);
    const live = structuredClone(desired);
    const foreign = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'foreign' };
    live.metadata = { ...live.metadata, ownerReferences: [foreign], resourceVersion: '7' };
    Object.assign(live.spec, {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      clusterIPs: ['None'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ name: 'web', port: 9090, targetPort: 'web', protocol: 'TCP' }],
    });
    const { object, differences } = reviseService(live, desired);
    assert.deepEqual(
      differences.map(({ path }) => path),
      ['metadata.ownerReferences[k8s]'],
    );
    assert.deepEqual(
      object.metadata.ownerReferences?.map(({ uid }) => uid),
      ['foreign', 'u1'],
    );
    assert.deepEqual(object.spec.ipFamilies, ['IPv4']);
    assert.equal(object.metadata.resourceVersion, '7');
    assert.deepEqual(reviseService({ ...live, metadata: object.metadata }, desired).differences, []);
  });
});

describe('checkCustomService', () => {
  const workload = makeServer({ serviceName: 'mine', podMetadata: { labels: { team: 'x' } } });
  const metadata = { name: 'mine', namespace: 'monitoring' };
  const check = (service: Service | undefined) => checkCustomService(workload.spec, service, labelAllPods(workload));

  it('accepts a Service that selects the pods, by whatever labels they have', () => {
    const accepted = [{ prometheus: 'k8s' }, { team: 'x', 'app.kubernetes.io/name': 'prometheus' }, undefined];
    for (const selector of accepted) {
      assert.equal(check({ metadata, spec: selector === undefined ? {} : { selector } }), undefined);
    }
  });

  it('says what is missing', () => {
    assert.equal(check(undefined)?.reason, 'ServiceNotFound');
    const rejection = check({ metadata, spec: { selector: { prometheus: 'other' } } });
    assert.equal(rejection?.reason, 'ServiceSelectorMismatch');
    assert.match(rejection.message, /prometheus="other"/);
  });

  it('does not accept one that selects a single shard', () => {
    const spec = { selector: { 'operator.prometheus.io/shard': '0' } };
    assert.equal(check({ metadata, spec })?.reason, 'ServiceSelectorMismatch');
  });
});
