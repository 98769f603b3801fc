import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyJsonPatch } from '../../../../src/base/json-patch.ts';
import { patchObject, writeCommand } from '../../../../src/core/explain/fix-patch.ts';
import { advise, createObject, deleteObject, removeField, setField } from '../../../../src/core/explain/fixes.ts';

const monitor = { kind: 'ServiceMonitor', namespace: 'shop', name: 'checkout' };
const object = {
  metadata: { labels: { 'a/b': 'c' } },
  spec: { endpoints: [{ port: 'a' }, { port: 'b' }], selector: null },
};

describe('patchObject', () => {
  it('replaces what is there only while it is as it was', () => {
    const fix = setField(monitor, 'spec.endpoints[1].port', 'http');
    assert.deepEqual(patchObject(object, fix), [
      { op: 'test', path: '/spec/endpoints/1/port', value: 'b' },
      { op: 'replace', path: '/spec/endpoints/1/port', value: 'http' },
    ]);
    assert.throws(() => applyJsonPatch({ spec: { endpoints: [{}, { port: 'x' }] } }, patchObject(object, fix)));
  });

  it('escapes names, and makes what is missing around a field', () => {
    assert.deepEqual(patchObject(object, setField(monitor, ['metadata', 'labels', 'd/e~f'], 'g')), [
      { op: 'add', path: '/metadata/labels/d~1e~0f', value: 'g' },
    ]);
    assert.deepEqual(patchObject({}, setField(monitor, 'spec.a[0].b', 1)), [
      { op: 'add', path: '/spec', value: { a: [{ b: 1 }] } },
    ]);
    const filled = applyJsonPatch(object, patchObject(object, setField(monitor, 'spec.selector.matchLabels.a', 'b')));
    assert.deepEqual((filled as typeof object).spec.selector, { matchLabels: { a: 'b' } });
  });

  it('removes an item only while it is the one that was meant', () => {
    assert.deepEqual(patchObject(object, removeField(monitor, 'spec.endpoints[0]')), [
      { op: 'test', path: '/spec/endpoints/0', value: { port: 'a' } },
      { op: 'remove', path: '/spec/endpoints/0' },
    ]);
  });

  it('takes all around a field of an unknown object to be there', () => {
    assert.deepEqual(patchObject(undefined, setField(monitor, 'spec.endpoints[0].port', 'a')), [
      { op: 'add', path: '/spec/endpoints/0/port', value: 'a' },
    ]);
  });
});

describe('writeCommand', () => {
  it('is a line for a shell, or none for what people must do', () => {
    const patch = [{ op: 'add', path: '/a', value: "it's" }];
    assert.equal(
      writeCommand(setField(monitor, 'a', ''), patch),
      `kubectl patch servicemonitors.monitoring.coreos.com checkout -n shop --type=json -p '[{"op":"add","path":"/a","value":"it'\\''s"}]'`,
    );
    assert.equal(
      writeCommand(setField({ kind: 'ClusterRole', namespace: '', name: 'a' }, 'rules', []), []),
      "kubectl patch clusterrole a --type=json -p '[]'",
    );
    assert.equal(
      writeCommand(deleteObject(monitor, ''), []),
      'kubectl delete servicemonitors.monitoring.coreos.com checkout -n shop',
    );
    assert.equal(
      writeCommand(createObject({ kind: 'Pod', metadata: { name: 'a' } }, ''), []),
      "kubectl apply -f - <<'EOF'\nkind: Pod\nmetadata:\n  name: a\nEOF",
    );
    assert.equal(writeCommand(advise(monitor, 'look'), []), undefined);
  });
});
