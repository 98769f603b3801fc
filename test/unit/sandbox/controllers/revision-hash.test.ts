import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeAsGo, hashRevision } from '../../../../src/sandbox/controllers/revision-hash.ts';

const container = {
  name: 'main',
  image: 'example.test/app:1',
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: 'IfNotPresent',
};
const spec = {
  containers: [container],
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 0,
  dnsPolicy: 'ClusterFirst',
  securityContext: {},
  schedulerName: 'default-scheduler',
};

function hash(metadata: object, collisionCount = 0): string {
  return hashRevision({ spec: { template: { metadata, spec, $patch: 'replace' } } }, collisionCount);
}

describe('the hash of a revision', () => {
  it('is the one kube-controller-manager 1.36 gives', () => {
    assert.equal(hash({ labels: { app: 'a' } }), '668c49dcf5');
    assert.equal(hash({ labels: { app: 'a' }, annotations: { n: 'o' } }), '85979fb9d6');
  });

  it('changes with the collision count', () => {
    assert.notEqual(hash({}, 1), hash({}, 0));
  });

  it('is of JSON as Go writes it: sorted keys, HTML escaped, absent fields left out', () => {
    assert.equal(
      encodeAsGo({ b: '<&>', a: [1, { d: undefined, c: null }] }),
      '{"a":[1,{"c":null}],"b":"\\u003c\\u0026\\u003e"}',
    );
  });
});
