import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { podMonitorType } from '../../../src/api/pod-monitor.ts';
import { prometheusAgentType } from '../../../src/api/prometheus-agent.ts';
import { prometheusRuleType } from '../../../src/api/prometheus-rule.ts';
import { prometheus, prometheusType } from '../../../src/api/prometheus.ts';
import type { Prometheus } from '../../../src/api/prometheus.ts';
import { serviceMonitorType } from '../../../src/api/service-monitor.ts';
import { Validator, applyDefaults } from '../../../src/api/validate.ts';
import type { SchemaName } from '../../../src/api/validate.ts';

const validator = new Validator();

/** "path: message" of everything wrong with an object of this spec. */
function listWrongs(type: SchemaName, spec: unknown): string[] {
  return validator.validate(type, { metadata: { name: 'x' }, spec }).map(({ path, message }) => `${path}: ${message}`);
}

describe('validate', () => {
  it('accepts a monitor with what it needs', () => {
    assert.deepEqual(
      listWrongs(serviceMonitorType, { selector: {}, endpoints: [{ port: 'web', interval: '30s' }] }),
      [],
    );
  });

  it('names a missing field', () => {
    assert.deepEqual(listWrongs(serviceMonitorType, { endpoints: [{}] }), ['spec.selector: Required field is missing']);
    assert.deepEqual(
      validator.validate(serviceMonitorType, {}).map(({ path }) => path),
      ['metadata.name', 'spec'],
    );
  });

  it('names what was found and what is allowed', () => {
    const spec = { selector: {}, endpoints: [{ scheme: 'htps', interval: '5 min', port: 9 }, { scrapeTimeout: '' }] };
    assert.deepEqual(listWrongs(serviceMonitorType, spec), [
      'spec.endpoints[0].interval: Expected a duration such as "30s", "1h30m" or "1d": found "5 min"',
      'spec.endpoints[0].port: Expected a text: found 9',
      'spec.endpoints[0].scheme: Expected one of "http", "https", "HTTP", "HTTPS" (did you mean "https"?): found "htps"',
    ]);
  });

  it('knows the metadata that every object has', () => {
    const listMetadata = (metadata: unknown): string[] =>
      validator
        .validate(serviceMonitorType, { metadata, spec: { selector: {}, endpoints: [] } })
        .map(({ path, message }) => `${path}: ${message}`);
    assert.deepEqual(listMetadata({ generateName: 'x-', creationTimestamp: null, labels: { a: 'B_1.c', b: '' } }), []);
    assert.deepEqual(listMetadata({ name: 'My_App', lables: { a: 'b' }, labels: { a: true, b: '-' } }), [
      'metadata.lables: Unknown field "lables": did you mean "labels"?',
      'metadata.name: Expected a name of lower case letters, digits, "-" and ".": found "My_App"',
      'metadata.labels.a: Expected a text: found true',
      'metadata.labels.b: Expected letters, digits, "-", "_" and ".", with a letter or digit at both ends: found "-"',
    ]);
  });

  it('keeps numbers in their limits', () => {
    const spec = { maximumStartupDurationSeconds: 59, replicas: 3_000_000_000, minReadySeconds: 1.5 };
    assert.deepEqual(listWrongs(prometheusType, spec), [
      'spec.maximumStartupDurationSeconds: Number must be at least 60: found 59',
      'spec.minReadySeconds: Expected a whole number: found 1.5',
      'spec.replicas: Number must fit in int32: found 3000000000',
    ]);
  });

  it('takes a number or a text where both are allowed, and nothing else', () => {
    const listPort = (targetPort: unknown): string[] =>
      listWrongs(podMonitorType, { selector: {}, podMetricsEndpoints: [{ targetPort }] });
    assert.deepEqual(listPort(80), []);
    assert.deepEqual(listPort('web'), []);
    assert.deepEqual(listPort(true), [
      'spec.podMetricsEndpoints[0].targetPort: Expected a whole number or a text: found true',
    ]);
  });

  it('reads patterns as Go does', () => {
    const group = { name: 'a', partial_response_strategy: 'ABORT' };
    assert.deepEqual(listWrongs(prometheusRuleType, { groups: [group] }), []);
    assert.equal(
      listWrongs(prometheusRuleType, { groups: [{ ...group, partial_response_strategy: 'aborts' }] }).length,
      1,
    );
  });

  it('drops a null in a field as the API server does, but not in a list', () => {
    assert.deepEqual(listWrongs(prometheusType, { portName: null, image: null, enableFeatures: [null] }), [
      'spec.enableFeatures[0]: Expected a text: found null',
    ]);
    assert.deepEqual(listWrongs(serviceMonitorType, { selector: null, endpoints: [] }), [
      'spec.selector: Required field is missing',
    ]);
  });

  it('finds entries that are there twice', () => {
    const spec = { enableFeatures: ['a', 'b', 'a'], scrapeClasses: [{ name: 'x' }, { name: 'x', default: true }] };
    assert.deepEqual(listWrongs(prometheusType, spec), [
      'spec.enableFeatures[2]: Duplicate entry: found "a" before',
      'spec.scrapeClasses[1]: Duplicate entry: found name "x" before',
    ]);
  });

  it('finds unknown fields and guesses what was meant', () => {
    const spec = { selector: {}, endpoints: [{ intervall: '30s', bearerToken: 'x' }], selektor: {}, zzz: 1 };
    assert.deepEqual(listWrongs(serviceMonitorType, spec), [
      'spec.selektor: Unknown field "selektor": did you mean "selector"?',
      'spec.zzz: Unknown field "zzz"',
      'spec.endpoints[0].intervall: Unknown field "intervall": did you mean "interval"?',
      'spec.endpoints[0].bearerToken: Unknown field "bearerToken"',
    ]);
  });

  it('lets maps have any keys', () => {
    assert.deepEqual(listWrongs(prometheusType, { externalLabels: { 'a.b/c': 'x' }, nodeSelector: { zone: 'a' } }), []);
    assert.deepEqual(listWrongs(prometheusType, { externalLabels: { 'a.b/c': 1 } }), [
      'spec.externalLabels["a.b/c"]: Expected a text: found 1',
    ]);
  });

  it('evaluates rules, defaults included, once types are right', () => {
    const topology = { shardingStrategy: { mode: 'Topology', topology: { values: ['a', 'b'] } } };
    assert.deepEqual(listWrongs(prometheusType, { ...topology, shards: 2 }), []);
    assert.deepEqual(listWrongs(prometheusType, topology), [
      'spec: shards must be at least the number of values in shardingStrategy.topology.values',
    ]);
    assert.deepEqual(listWrongs(prometheusType, { ...topology, shards: '1' }), [
      'spec.shards: Expected a whole number: found "1"',
    ]);
  });

  it('keeps a DaemonSet from what only a StatefulSet has', () => {
    const spec = { mode: 'DaemonSet', storage: {}, shards: 2 };
    assert.deepEqual(listWrongs(prometheusAgentType, spec), [
      'spec: mode DaemonSet does not go with storage: remove one of them',
      'spec: mode DaemonSet does not go with shards above 1: remove one of them',
    ]);
    assert.deepEqual(listWrongs(prometheusAgentType, { ...spec, mode: 'StatefulSet' }), []);
  });

  it('checks embedded core types', () => {
    const container = { image: 5, ports: [{ containerPort: 1 }, { containerPort: 1, protocol: 'TCP' }] };
    assert.deepEqual(listWrongs(prometheusType, { containers: [container] }), [
      'spec.containers[0].name: Required field is missing',
      'spec.containers[0].image: Expected a text: found 5',
      'spec.containers[0].ports[1]: Duplicate entry: found containerPort 1, protocol "TCP" before',
    ]);
  });

  it('says nothing of kinds that are not ours', () => {
    assert.deepEqual(validator.validate({ kind: 'Pod', version: 'v1' }, {}), []);
    assert.equal(validator.knows({ kind: 'Pod', version: 'v1' }), false);
    assert.equal(validator.knows(prometheusType), true);
  });
});

describe('applyDefaults', () => {
  it('sets what the API server would set and leaves the object alone', () => {
    const object: Prometheus = {
      metadata: {},
      spec: { shards: 3, thanos: {}, containers: [{ name: 'a', ports: [{ containerPort: 1 }] }] },
    };
    const before = structuredClone(object);
    const { spec } = applyDefaults(prometheus, object);
    assert.deepEqual(object, before);
    assert.deepEqual(spec, {
      shards: 3,
      thanos: { blockSize: '2h' },
      containers: [{ name: 'a', ports: [{ containerPort: 1, protocol: 'TCP' }] }],
      evaluationInterval: '30s',
      portName: 'web',
      scrapeInterval: '30s',
    });
  });

  it('sets a default in place of null and drops nulls without one', () => {
    const object = { metadata: {}, spec: { portName: null, image: null } } as unknown as Prometheus;
    const { spec } = applyDefaults(prometheus, object);
    assert.equal(spec.portName, 'web');
    assert.equal('image' in spec, false);
  });
});
