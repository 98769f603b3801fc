import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FieldChange } from '../../../../src/core/plan/plan-model.ts';
import { judgeClaims, judgePods } from '../../../../src/core/plan/pod-changes.ts';
import type { DaemonSet, StatefulSet, StatefulSetSpec } from '../../../../src/core/render/shared/rendered-objects.ts';

const template = { metadata: {}, spec: { containers: [] } };

const makeSet = (spec: Partial<StatefulSetSpec>): StatefulSet => ({
  kind: 'StatefulSet',
  metadata: { name: 'a' },
  spec: { serviceName: 's', selector: {}, template, ...spec },
});

const daemon: DaemonSet = { kind: 'DaemonSet', metadata: { name: 'a' }, spec: { selector: {}, template } };

const at = (...paths: readonly string[]): FieldChange[] => paths.map((path) => ({ path, from: 1, to: 2 }));

const image = 'spec.template.spec.containers[prometheus].image';

describe('what a change does to pods', () => {
  const [two, four, none] = [makeSet({ replicas: 2 }), makeSet({ replicas: 4 }), makeSet({ replicas: 0 })];
  const onDelete = makeSet({ replicas: 2, updateStrategy: { type: 'OnDelete' } });
  type Sides = Partial<Record<'from' | 'to', StatefulSet | DaemonSet>>;
  const cases: readonly [title: string, sides: Sides, paths: readonly string[], expected: readonly string[]][] = [
    ['nothing', { from: two, to: two }, [], []],
    ['a label of the set', { from: two, to: two }, ['metadata.labels.a'], []],
    ['an image', { from: two, to: two }, [image], ['restart 2']],
    ['an image, no pods', { from: none, to: none }, [image], []],
    ['an image, one pod by default', { from: makeSet({}), to: makeSet({}) }, [image], ['restart 1']],
    ['an image, OnDelete', { from: onDelete, to: onDelete }, [image], ['wait 2']],
    ['fewer', { from: four, to: two }, ['spec.replicas'], ['stop 2']],
    ['more', { from: two, to: four }, ['spec.replicas'], ['start 2']],
    ['more, and an image', { from: two, to: four }, ['spec.replicas', image], ['restart 2', 'start 2']],
    ['fewer, and an image', { from: four, to: two }, ['spec.replicas', image], ['restart 2', 'stop 2']],
    ['to none, and an image', { from: two, to: none }, ['spec.replicas', image], ['stop 2']],
    ['a selector', { from: two, to: two }, ['spec.selector.matchLabels.a', image], ['recreate 2']],
    ['a selector, OnDelete', { from: onDelete, to: onDelete }, ['spec.selector.matchLabels.a'], ['recreate 2']],
    ['a selector, no pods', { from: none, to: none }, ['spec.selector.matchLabels.a'], ['recreate 0']],
    ['a new set', { to: two }, [], ['start 2']],
    ['a set that goes', { from: two }, [], ['stop 2']],
    ['a DaemonSet: an image', { from: daemon, to: daemon }, [image], ['restart each-node']],
    ['a DaemonSet: its selector', { from: daemon, to: daemon }, ['spec.selector'], ['recreate each-node']],
    ['a DaemonSet: nothing', { from: daemon, to: daemon }, [], []],
    ['a DaemonSet that goes', { from: daemon }, [], ['stop each-node']],
  ];
  for (const [title, { from, to }, paths, expected] of cases)
    it(title, () => {
      const changes = judgePods({ from, to, fields: at(...paths) });
      assert.deepEqual(
        changes.map(({ verb, pods }) => `${verb} ${pods}`),
        expected,
      );
    });
});

describe('what becomes of volume claims', () => {
  const claim = (name: string) => ({ metadata: { name }, spec: {} });
  const withClaims = (
    replicas: number,
    policy?: StatefulSetSpec['persistentVolumeClaimRetentionPolicy'],
  ): StatefulSet =>
    makeSet({
      replicas,
      volumeClaimTemplates: [claim('db')],
      ...(policy === undefined ? {} : { persistentVolumeClaimRetentionPolicy: policy }),
    });
  const size = 'spec.volumeClaimTemplates[0].spec.resources.requests.storage';
  type Sides = Partial<Record<'from' | 'to', StatefulSet>> & { readonly grows?: boolean };
  const cases: readonly [title: string, sides: Sides, paths: readonly string[], expected: readonly string[]][] = [
    ['an image', { from: withClaims(2), to: withClaims(2) }, [image], []],
    ['no claims', { from: makeSet({ replicas: 2 }) }, [], []],
    ['a size', { from: withClaims(2), to: withClaims(2) }, [size], ['stay 2']],
    ['a size, and fewer pods', { from: withClaims(3), to: withClaims(1) }, [size], ['stay 1', 'keep 2']],
    ['fewer', { from: withClaims(3), to: withClaims(1) }, ['spec.replicas'], ['keep 2']],
    [
      'a size that grows, and fewer pods',
      { from: withClaims(3), to: withClaims(1), grows: true },
      [],
      ['expand 1', 'keep 2'],
    ],
    [
      'fewer, by a policy that deletes',
      { from: withClaims(3), to: withClaims(1, { whenScaled: 'Delete' }) },
      ['spec.replicas'],
      ['delete 2'],
    ],
    [
      'no claims any more',
      { from: withClaims(2), to: makeSet({ replicas: 2 }) },
      ['spec.volumeClaimTemplates'],
      ['unused 2'],
    ],
    ['a set that goes', { from: withClaims(2) }, [], ['keep 2']],
    ['a set that goes, by a policy that deletes', { from: withClaims(2, { whenDeleted: 'Delete' }) }, [], ['delete 2']],
    ['a new set', { to: withClaims(2) }, [], []],
  ];
  for (const [title, { from, to, grows = false }, paths, expected] of cases)
    it(title, () => {
      const changes = judgeClaims({ from, to, grows, fields: at(...paths) });
      assert.deepEqual(
        changes.map(({ effect, claims }) => `${effect} ${claims}`),
        expected,
      );
    });
});
