import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TerminalError } from '../../../../../src/base/errors.ts';
import { mergeContainers } from '../../../../../src/core/render/shared/merge-containers.ts';
import { makeServer, makeStatefulSet } from '../prometheus/fixtures.ts';

const own = {
  name: 'prometheus',
  image: 'a:1',
  args: ['--x'],
  env: [{ name: 'A', value: '1' }],
  volumeMounts: [{ name: 'v', mountPath: '/v', readOnly: true }],
  readinessProbe: { httpGet: { path: '/-/ready', port: 'web' }, periodSeconds: 5 },
};

describe('mergeContainers', () => {
  it('merges lists by their keys and replaces those that have none', () => {
    const [merged] = mergeContainers(
      [own],
      [
        {
          name: 'prometheus',
          args: ['--y'],
          env: [{ name: 'B', value: '2' }],
          volumeMounts: [{ name: 'w', mountPath: '/v' }],
          resources: { limits: { cpu: '1' } },
        },
      ],
    );
    assert.deepEqual(merged?.args, ['--y']);
    assert.deepEqual(new Set(merged.env?.map(({ name }) => name)), new Set(['A', 'B']));
    assert.deepEqual(merged.volumeMounts, [{ name: 'w', mountPath: '/v', readOnly: true }]);
    assert.equal(merged.image, 'a:1');
    assert.deepEqual(own.args, ['--x'], 'the operator keeps its own as it was');
  });

  it('lets the handler of the user win where a probe would have two', () => {
    const [merged] = mergeContainers([own], [{ name: 'prometheus', readinessProbe: { exec: { command: ['true'] } } }]);
    assert.deepEqual(merged?.readinessProbe, { exec: { command: ['true'] }, periodSeconds: 5 });
  });

  it('keeps the handler when the user changes only timings', () => {
    const [merged] = mergeContainers([own], [{ name: 'prometheus', readinessProbe: { periodSeconds: 9 } }]);
    assert.deepEqual(merged?.readinessProbe, { httpGet: { path: '/-/ready', port: 'web' }, periodSeconds: 9 });
  });

  it('puts the other containers of the user behind, the last of a name counting', () => {
    const user = [
      { name: 'b', image: 'b:1' },
      { name: 'a', image: 'a:9' },
      { name: 'prometheus', image: 'x:1' },
      { name: 'prometheus', image: 'x:2' },
    ];
    const merged = mergeContainers([own], user);
    assert.deepEqual(
      merged.map(({ name, image }) => `${name}=${image ?? ''}`),
      ['prometheus=x:2', 'b=b:1', 'a=a:9'],
    );
  });

  it('says which container cannot be merged', () => {
    const broken = { name: 'prometheus', env: [{ value: 'no name' }] } as unknown as typeof own;
    assert.throws(() => mergeContainers([own], [broken]), TerminalError);
  });
});

describe('containers of a Prometheus pod', () => {
  it('merges init containers too', () => {
    const workload = makeServer({
      initContainers: [
        { name: 'init-config-reloader', image: 'mine:1' },
        { name: 'chown', image: 'busybox' },
      ],
    });
    const { initContainers = [] } = makeStatefulSet(workload).spec.template.spec;
    assert.deepEqual(
      initContainers.map(({ name, image }) => `${name}=${image ?? ''}`),
      ['init-config-reloader=mine:1', 'chown=busybox'],
    );
  });
});
