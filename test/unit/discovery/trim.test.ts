import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Version } from '../../../src/base/version.ts';
import { readGroupFeatures } from '../../../src/core/targets/features.ts';
import { MetadataLabels } from '../../../src/core/targets/groups/metadata-labels.ts';
import type { NodeObject, PodObject } from '../../../src/core/targets/groups/discovered-objects.ts';
import { groupBuilders } from '../../../src/core/targets/groups/roles.ts';
import type { TargetGroup } from '../../../src/core/targets/target-group.ts';
import { roleTypes } from '../../../src/discovery/kubernetes/resources.ts';
import { chooseTrim } from '../../../src/discovery/kubernetes/trim.ts';

const container = {
  name: 'c',
  image: 'i',
  ports: [{ containerPort: 1, name: 'p', protocol: 'TCP' }],
  env: [{ name: 'A', value: 'b' }],
  volumeMounts: [{ name: 'v', mountPath: '/v' }],
};
const pod = {
  apiVersion: 'v1',
  metadata: { name: 'p', namespace: 'n', uid: 'u', labels: { a: 'b' }, annotations: { c: 'd' }, resourceVersion: '5' },
  spec: { nodeName: 'n1', containers: [container], initContainers: [container], volumes: [{ name: 'v' }] },
  status: {
    phase: 'Running',
    podIP: '1.1.1.1',
    hostIP: '2.2.2.2',
    conditions: [{ type: 'Ready', status: 'True', message: 'long' }],
    containerStatuses: [{ name: 'c', containerID: 'id', image: 'x', state: {} }],
  },
};
const node = {
  metadata: { name: 'n1' },
  spec: { providerID: 'x', podCIDR: '10.0.0.0/24' },
  status: {
    addresses: [{ type: 'InternalIP', address: '1.1.1.1' }],
    conditions: [{ type: 'Ready', status: 'True', reason: 'r' }],
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    images: [{ names: ['x'] }],
  },
};
const context = {
  features: readGroupFeatures(Version.parse('3.15.0')),
  attach: { node: false, namespace: false, deployment: false, job: false, cronjob: false },
  listers: {},
  metadata: new MetadataLabels(),
};

const show = (group: TargetGroup | undefined): unknown =>
  group && [group.source, group.labels.toObject(), group.targets.map((target) => target.toObject())];

describe('chooseTrim', () => {
  it('takes nothing away that a group shows, and most of the rest', () => {
    const trimmedPod = chooseTrim<PodObject>(roleTypes.pod)?.(structuredClone(pod));
    assert.ok(trimmedPod);
    assert.deepEqual(show(groupBuilders.pod(trimmedPod, context)), show(groupBuilders.pod(pod, context)));
    assert.equal(JSON.stringify(trimmedPod).includes('volume'), false);
    assert.equal(trimmedPod.metadata.resourceVersion, '5');
    const trimmedNode = chooseTrim<NodeObject>(roleTypes.node)?.(structuredClone(node));
    assert.ok(trimmedNode);
    assert.deepEqual(show(groupBuilders.node(trimmedNode, context)), show(groupBuilders.node(node, context)));
    assert.equal(JSON.stringify(trimmedNode).includes('images'), false);
  });

  it('leaves types alone of which groups read most', () => {
    assert.equal(chooseTrim(roleTypes.service), undefined);
  });
});
