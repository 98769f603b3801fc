import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../../src/base/version.ts';
import { readGroupFeatures } from '../../../../src/core/targets/features.ts';
import { findCollidingKeys } from '../../../../src/core/targets/groups/colliding-keys.ts';
import type { GroupContext } from '../../../../src/core/targets/groups/context.ts';
import { explainEmptyGroup } from '../../../../src/core/targets/groups/empty-reason.ts';
import { MetadataLabels } from '../../../../src/core/targets/groups/metadata-labels.ts';
import type { Role, RoleObjects } from '../../../../src/core/targets/groups/objects.ts';
import { groupBuilders } from '../../../../src/core/targets/groups/roles.ts';
import { describeDrop, traceTarget } from '../../../../src/core/targets/trace-target.ts';
import { compile, group, rule } from './job.ts';

describe('traceTarget', () => {
  const compiled = compile({
    relabelRules: [
      rule({ sourceLabels: ['__meta_x'], targetLabel: 'x' }),
      rule({ action: 'keep', sourceLabels: ['x', 'y'], regex: 'a;.+' }),
      rule({ action: 'dropequal', sourceLabels: ['x'], targetLabel: 'y' }),
    ],
  });
  const trace = (labels: Readonly<Record<string, string>>) =>
    traceTarget(compiled, { group: group('s', [{ __address__: 'h:1', ...labels }]), index: 0 });

  it('names the rule that dropped a target, and what it compared', () => {
    const { steps, outcome } = trace({ __meta_x: 'a' });
    const last = steps.at(-1);
    assert.deepEqual(outcome, { kind: 'dropped', rule: 1 });
    assert.equal(last && describeDrop(last), 'keep: x;y is "a;", which does not match a;.+');
    const equal = trace({ __meta_x: 'a', y: 'a' }).steps.at(-1);
    assert.equal(equal && describeDrop(equal), 'dropequal: x is "a", y is "a"');
  });

  it('goes to the URL of a target that is kept', () => {
    const { steps, outcome, url } = trace({ __meta_x: 'a', y: 'b' });
    assert.equal(steps.length, 3);
    assert.equal(outcome.kind, 'active');
    assert.equal(url, 'http://h:1/metrics');
  });
});

describe('explainEmptyGroup', () => {
  const metadata = { namespace: 'n', name: 'x', labels: { 'kubernetes.io/service-name': 's' } };
  const service = { metadata, spec: { ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv4', 'IPv6'] } };
  const context: GroupContext = {
    features: readGroupFeatures(Version.parse('3.14.0')),
    attach: { node: true, namespace: false, deployment: false, job: false, cronjob: false },
    listers: { services: { get: () => service }, nodes: { get: () => undefined } },
    metadata: new MetadataLabels(),
  };

  function check<R extends Role>(role: R, object: RoleObjects[R], reason: string): void {
    const built = groupBuilders[role](object, context);
    assert.equal(built?.targets.length ?? 0, 0, `${role} has targets`);
    assert.equal(explainEmptyGroup(role, object, context)?.reason, reason);
  }

  it('gives the reason for each role', () => {
    const address = { ip: '1.1.1.1' };
    const endpoint = { addresses: ['1.1.1.1'] };
    check('node', { metadata }, 'NodeWithoutAddress');
    check('pod', { metadata, status: { phase: 'Pending' } }, 'PodWithoutIp');
    check('pod', { metadata, spec: { nodeName: 'n' }, status: { podIP: '1.1.1.1' } }, 'PodOnUnknownNode');
    check('service', { metadata, spec: { type: 'ExternalName' } }, 'ServiceWithoutPorts');
    check('endpoints', { metadata }, 'EndpointsWithoutSubsets');
    check('endpoints', { metadata, subsets: [{ addresses: [address] }] }, 'EndpointsWithoutPorts');
    check('endpoints', { metadata, subsets: [{ ports: [{ port: 1 }] }] }, 'EndpointsWithoutAddresses');
    check('endpointslice', { metadata, ports: [{ port: 1 }] }, 'SliceWithoutEndpoints');
    check('endpointslice', { metadata, endpoints: [endpoint] }, 'SliceWithoutPorts');
    const second = { metadata, addressType: 'IPv6', endpoints: [endpoint], ports: [{ port: 1 }] };
    check('endpointslice', second, 'SliceOfSecondaryFamily');
    check('ingress', { metadata }, 'IngressWithoutRules');
    check('ingress', { metadata, spec: { rules: [{ http: {} }] } }, 'IngressWithoutPaths');
  });
});

describe('findCollidingKeys', () => {
  it('finds keys that come to one label name', () => {
    const labels = { 'a.b': '1', 'a-b': '2', c: '3' };
    assert.deepEqual(findCollidingKeys({ metadata: { labels, annotations: { 'a.b': 'x' } } }), [
      { kind: 'label', name: 'a_b', keys: ['a.b', 'a-b'] },
    ]);
  });
});
