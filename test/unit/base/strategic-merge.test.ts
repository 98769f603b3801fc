import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../../src/base/json.ts';
import { containerMergeSchema, mergeSchemaOf, podSpecMergeSchema } from '../../../src/base/merge-keys.ts';
import { StrategicMergeError } from '../../../src/base/strategic-merge-error.ts';
import { applyStrategicMergePatch } from '../../../src/base/strategic-merge.ts';

const mergePodSpec = (original: JsonObject, patch: JsonObject): JsonObject =>
  applyStrategicMergePatch(original, patch, podSpecMergeSchema);
const mergeContainer = (original: JsonObject, patch: JsonObject): JsonObject =>
  applyStrategicMergePatch(original, patch, containerMergeSchema);

describe('strategic merge patch', () => {
  it('merges containers by name, puts those of the patch in its order and keeps the rest', () => {
    const original = {
      containers: [
        { name: 'a', image: 'a:1', args: ['--x'] },
        { name: 'b', image: 'b:1' },
      ],
    };
    const patch = {
      containers: [
        { name: 'a', image: 'a:2' },
        { name: 'c', image: 'c:1' },
      ],
    };
    assert.deepEqual(mergePodSpec(original, patch), {
      containers: [
        { name: 'a', image: 'a:2', args: ['--x'] },
        { name: 'c', image: 'c:1' },
        { name: 'b', image: 'b:1' },
      ],
    });
    assert.equal(original.containers[0]?.image, 'a:1');
  });

  it('merges env by name, ports by containerPort and volumeMounts by mountPath', () => {
    const original = {
      env: [{ name: 'A', value: '1' }],
      ports: [{ containerPort: 80, name: 'web' }],
      volumeMounts: [{ mountPath: '/x', name: 'x' }],
    };
    const patch = {
      env: [{ name: 'A', value: '2' }],
      ports: [{ containerPort: 80, protocol: 'TCP' }],
      volumeMounts: [{ mountPath: '/x', readOnly: true }],
    };
    assert.deepEqual(mergeContainer(original, patch), {
      env: [{ name: 'A', value: '2' }],
      ports: [{ containerPort: 80, name: 'web', protocol: 'TCP' }],
      volumeMounts: [{ mountPath: '/x', name: 'x', readOnly: true }],
    });
  });

  it('replaces lists without a merge key: args and tolerations', () => {
    assert.deepEqual(mergeContainer({ args: ['a', 'b'] }, { args: ['c'] }), { args: ['c'] });
    const tolerations = [{ key: 'a' }];
    assert.deepEqual(mergePodSpec({ tolerations }, { tolerations: [{ key: 'b' }] }), { tolerations: [{ key: 'b' }] });
  });

  it('removes what is null and leaves out nulls of what is new', () => {
    assert.deepEqual(mergePodSpec({ a: 1, b: { c: 1 } }, { a: null, b: { c: null }, d: { e: null, f: 1 }, g: null }), {
      b: {},
      d: { f: 1 },
    });
  });

  it('deletes an element with $patch: delete and replaces the list with $patch: replace', () => {
    const original = { containers: [{ name: 'a' }, { name: 'b', image: 'x' }] };
    assert.deepEqual(mergePodSpec(original, { containers: [{ name: 'a', $patch: 'delete' }] }), {
      containers: [{ name: 'b', image: 'x' }],
    });
    assert.deepEqual(mergePodSpec(original, { containers: [{ $patch: 'replace' }, { name: 'b' }] }), {
      containers: [{ name: 'b' }],
    });
  });

  it('replaces or empties an object with $patch', () => {
    const original = { securityContext: { runAsUser: 1, fsGroup: 2 } };
    assert.deepEqual(mergePodSpec(original, { securityContext: { $patch: 'replace', runAsUser: 3 } }), {
      securityContext: { runAsUser: 3 },
    });
    assert.deepEqual(mergePodSpec(original, { securityContext: { $patch: 'delete' } }), { securityContext: {} });
  });

  it('clears the other members with $retainKeys', () => {
    const original = { volumes: [{ name: 'v', emptyDir: {} }] };
    const volume = { name: 'v', $retainKeys: ['name', 'secret'], secret: { secretName: 's' } };
    assert.deepEqual(mergePodSpec(original, { volumes: [volume] }), {
      volumes: [{ name: 'v', secret: { secretName: 's' } }],
    });
    assert.throws(
      () => mergePodSpec(original, { volumes: [{ name: 'v', $retainKeys: ['name'], secret: {} }] }),
      StrategicMergeError,
    );
  });

  it('orders elements as $setElementOrder says and leaves elements of others beside their neighbours', () => {
    const original = { containers: [{ name: 'a' }, { name: 'server' }, { name: 'b' }] };
    const patch = {
      '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }, { name: 'new' }],
      containers: [{ name: 'new', image: 'n' }],
    };
    assert.deepEqual(mergePodSpec(original, patch).containers, [
      { name: 'server' },
      { name: 'b' },
      { name: 'a' },
      { name: 'new', image: 'n' },
    ]);
  });

  it('refuses a list whose order contradicts $setElementOrder', () => {
    const patch = {
      '$setElementOrder/containers': [{ name: 'a' }, { name: 'b' }],
      containers: [{ name: 'b' }, { name: 'a' }],
    };
    assert.throws(() => mergePodSpec({ containers: [] }, patch), /doesn't match \$setElementOrder/);
  });

  it('merges lists of primitives and deletes from them: finalizers', () => {
    const schema = mergeSchemaOf('', 'ConfigMap');
    const original = { metadata: { finalizers: ['a', 'b'] } };
    const patch = {
      metadata: {
        '$setElementOrder/finalizers': ['b', 'c'],
        finalizers: ['c'],
        '$deleteFromPrimitiveList/finalizers': ['a'],
      },
    };
    assert.deepEqual(applyStrategicMergePatch(original, patch, schema), { metadata: { finalizers: ['b', 'c'] } });
  });

  it('reaches the pod template of workloads and the ports of Services', () => {
    const template = { spec: { containers: [{ name: 'a', image: '1' }] } };
    const change = { spec: { template: { spec: { containers: [{ name: 'a', tty: true }] } } } };
    assert.deepEqual(applyStrategicMergePatch({ spec: { template } }, change, mergeSchemaOf('apps', 'StatefulSet')), {
      spec: { template: { spec: { containers: [{ name: 'a', image: '1', tty: true }] } } },
    });
    const ports = [{ port: 80, name: 'web' }];
    assert.deepEqual(
      applyStrategicMergePatch({ spec: { ports } }, { spec: { ports: [{ port: 81 }] } }, mergeSchemaOf('', 'Service')),
      { spec: { ports: [{ port: 81 }, { port: 80, name: 'web' }] } },
    );
  });

  it('names the merge key that an element lacks', () => {
    assert.throws(
      () => mergePodSpec({ containers: [{ name: 'a' }] }, { containers: [{ image: 'x' }] }),
      /does not contain declared merge key: name/,
    );
  });
});
