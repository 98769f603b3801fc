import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readPath } from '../../../../src/core/plan/read-path.ts';

const object = {
  metadata: { labels: { 'app.kubernetes.io/name': 'x', app: 'y', ap: 'z' } },
  spec: { containers: [{ name: 'a', args: ['--x', '--y'] }, { name: 'b' }], claims: [{ size: '10Gi' }] },
};

const cases: readonly [path: string, expected: unknown][] = [
  ['metadata.labels["app.kubernetes.io/name"]', 'x'],
  ['metadata.labels.app', 'y'],
  ['metadata.labels.ap', 'z'],
  ['metadata.labels.a', undefined],
  ['spec.containers[a].args[1]', '--y'],
  ['spec.containers[b].name', 'b'],
  ['spec.claims[0].size', '10Gi'],
  ['spec.claims[1].size', undefined],
  ['spec.claims[0].size.more', undefined],
  ['metadata.constructor', undefined],
];

for (const [path, expected] of cases)
  it(`${path} is ${String(expected)}`, () => assert.equal(readPath(object, path), expected));
