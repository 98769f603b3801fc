import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ManagedFieldsEntry } from '../../../../src/api/meta.ts';
import { findManager } from '../../../../src/core/status/blame.ts';
import { chooseRest, describeContest, judgeContests } from '../../../../src/core/status/contested.ts';
import type { Contest } from '../../../../src/core/status/contested.ts';

const own = 'PrometheusOperator';
const entry = (
  manager: string,
  fieldsV1: Record<string, unknown>,
  time = '2026-01-01T00:00:00Z',
): ManagedFieldsEntry => ({
  manager,
  time,
  fieldsV1,
});

const ours = entry(own, {
  'f:data': { 'f:prometheus.yaml.gz': {} },
  'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"prometheus"}': { 'f:image': {} } } } } },
});

describe('who wrote a field', () => {
  const cases: readonly [
    title: string,
    entries: readonly ManagedFieldsEntry[],
    path: string,
    expected: string | undefined,
  ][] = [
    ['a key with dots', [ours, entry('argo', { 'f:data': { 'f:a.yaml': {} } })], 'data["a.yaml"]', 'argo'],
    [
      'another key',
      [ours, entry('argo', { 'f:data': { 'f:b.yaml': {} } }), entry('kubectl', { 'f:data': { 'f:a.yaml': {} } })],
      'data["a.yaml"]',
      'kubectl',
    ],
    [
      'an element of a list by its name',
      [
        entry('hpa', {
          'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"other"}': { 'f:image': {} } } } } },
        }),
        entry('keel', {
          'f:spec': {
            'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"prometheus"}': { 'f:image': {} } } } },
          },
        }),
      ],
      'spec.template.spec.containers[prometheus].image',
      'keel',
    ],
    [
      'an element by other keys',
      [entry('argo', { 'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { 'f:targetPort': {} } } } })],
      'spec.ports[web].targetPort',
      'argo',
    ],
    [
      'a map that is owned as a whole',
      [ours, entry('argo', { 'f:spec': { 'f:selector': {} } })],
      'spec.selector.app',
      'argo',
    ],
    [
      'a field that was removed: who wrote last',
      [ours, entry('argo', {}, '2026-01-02T00:00:00Z'), entry('old', {})],
      'metadata.labels.a',
      'argo',
    ],
    [
      'of status nothing counts',
      [ours, { ...entry('kcm', {}, '2026-01-02T00:00:00Z'), subresource: 'status' }],
      'metadata.labels.a',
      own,
    ],
    ['ours alone: another operator under our name', [ours], 'data["prometheus.yaml.gz"]', own],
    ['nobody', [], 'data["a"]', undefined],
  ];
  for (const [title, entries, path, expected] of cases)
    it(title, () => {
      assert.equal(findManager(entries, [path], own), expected);
    });
});

describe('the rest after a write that was undone', () => {
  const bounds = { free: 3, first: 1000, longest: 300_000 };
  it('is none at first, then doubles up to its bound', () => {
    const rests = [1, 2, 3, 4, 5, 11, 12, 2000].map((times) => chooseRest(times, bounds));
    assert.deepEqual(rests, [0, 0, 1000, 2000, 4000, 256_000, 300_000, 300_000]);
  });
});

describe('the condition Contested', () => {
  const contest = (more: Partial<Contest> = {}): Contest => ({
    ...{ kind: 'Secret', name: 'a', manager: 'argo', fields: ['data["x"]'], since: '2026-01-01T00:00:00Z', times: 4 },
    ...more,
  });

  it('is none while nothing is contested', () => {
    assert.equal(judgeContests([]), undefined);
  });

  it('names object, fields, manager, since when, how often and the way out', () => {
    assert.equal(
      describeContest(contest()),
      'Secret "a": data["x"]: "argo" has changed it 4 times since 2026-01-01T00:00:00Z; it is written back less and less often. ' +
        'Take the object or these fields out of its hands (Argo CD: ignoreDifferences)',
    );
    assert.match(describeContest(contest({ manager: undefined })), /what admits writes \(a webhook\) has changed it/);
    assert.match(describeContest(contest({ fields: ['a', 'b', 'c', 'd', 'e', 'f'] })), /: a, b, c, d and 2 more: /);
  });

  it('tells another operator by the hash of inputs', () => {
    const hash = 'metadata.annotations["prometheus-operator-input-hash"]';
    const verdict = judgeContests([contest(), contest({ kind: 'StatefulSet', fields: [hash] })]);
    assert.equal(verdict?.reason, 'AnotherOperator');
    assert.match(verdict.message, /another operator \(field manager "argo"\).*--controller-id/);
  });

  it('names four objects', () => {
    const verdict = judgeContests(Array.from({ length: 6 }, (_, index) => contest({ name: String(index) })));
    assert.match(verdict?.message ?? '', /"3".*\nand 2 more$/);
  });
});
