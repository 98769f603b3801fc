import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StatefulSet, VolumeClaim } from '../../../../../src/core/render/shared/rendered-objects.ts';
import { canAdoptPods, judgeStorage, withSize } from '../../../../../src/core/render/shared/storage-change.ts';

const claim = (storage: string | undefined, spec: object = {}): VolumeClaim => ({
  metadata: { name: 'db' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    ...(storage === undefined ? {} : { resources: { requests: { storage } } }),
    ...spec,
  },
});

const makeSet = (claims: readonly VolumeClaim[], spec: object = {}): StatefulSet => ({
  metadata: { name: 'a' },
  spec: {
    serviceName: 's',
    selector: { matchLabels: { app: 'a' } },
    template: { metadata: {}, spec: { containers: [] } },
    volumeClaimTemplates: [...claims],
    ...spec,
  },
});

/** As the API server stores it. */
const stored = (storage: string): VolumeClaim => ({
  ...claim(storage, { volumeMode: 'Filesystem' }),
  ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } },
});

describe('another size of volumes', () => {
  const cases: readonly [
    title: string,
    live: readonly VolumeClaim[],
    desired: readonly VolumeClaim[],
    expected: string,
  ][] = [
    ['larger', [stored('50Gi')], [claim('100Gi')], 'grow'],
    ['smaller', [stored('100Gi')], [claim('50Gi')], 'shrink'],
    ['the same', [stored('50Gi')], [claim('50Gi')], 'none'],
    ['the same in another spelling', [stored('1Gi')], [claim('1024Mi')], 'none'],
    ['larger in another unit', [stored('1G')], [claim('1Gi')], 'grow'],
    ['larger by a byte', [stored('1Gi')], [claim('1073741825')], 'grow'],
    ['a class, too', [stored('50Gi')], [claim('100Gi', { storageClassName: 'fast' })], 'none'],
    [
      'a limit, too',
      [stored('50Gi')],
      [claim('100Gi', { resources: { requests: { storage: '100Gi' }, limits: { storage: '100Gi' } } })],
      'none',
    ],
    ['another name, too', [stored('50Gi')], [{ ...claim('100Gi'), metadata: { name: 'other' } }], 'none'],
    ['a second template there', [stored('50Gi'), stored('1Gi')], [claim('100Gi')], 'none'],
    ['no claims any more', [stored('50Gi')], [], 'none'],
    ['no claims before', [], [claim('50Gi')], 'none'],
    ['no size any more', [stored('50Gi')], [claim(undefined)], 'none'],
    ['no quantity', [stored('50Gi')], [claim('much')], 'none'],
  ];
  for (const [title, live, desired, expected] of cases)
    it(`${title}: ${expected}`, () => {
      assert.equal(judgeStorage(makeSet(live), makeSet(desired))?.kind ?? 'none', expected);
    });

  it('whatever else of the set differs', () => {
    const change = judgeStorage(
      makeSet([stored('50Gi')]),
      makeSet([claim('100Gi')], { replicas: 4, serviceName: 'other' }),
    );
    assert.deepEqual(change, { kind: 'grow', template: 'db', from: '50Gi', to: '100Gi' });
  });

  it('the other size alone is put into the set', () => {
    assert.deepEqual(
      withSize(makeSet([claim('100Gi', { storageClassName: 'x' })]), '50Gi'),
      makeSet([claim('50Gi', { storageClassName: 'x' })]),
    );
    assert.deepEqual(withSize(makeSet([]), '50Gi'), makeSet([]));
  });
});

describe('a set that is to be made anew around its pods', () => {
  const live = makeSet([stored('50Gi')]);
  const template = { metadata: {}, spec: { containers: [], priorityClassName: 'high' } };
  const cases: readonly [title: string, spec: object, expected: boolean][] = [
    ['nothing else differs', {}, true],
    ['another number of pods', { replicas: 4 }, true],
    ['other pods', { template }, false],
    ['a selector that does not find them', { selector: { matchLabels: { app: 'b' } } }, false],
    ['another Service', { serviceName: 'other' }, false],
  ];
  for (const [title, spec, expected] of cases)
    it(`${title}: ${expected ? 'may be' : 'not yet'}`, () => {
      assert.equal(canAdoptPods(live, makeSet([claim('50Gi')], spec)), expected);
    });
});
