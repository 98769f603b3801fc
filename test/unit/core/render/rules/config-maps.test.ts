import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listRuleConfigMaps, renderRuleConfigMaps } from '../../../../../src/core/render/rules/config-maps.ts';
import type { RuleConfigMap } from '../../../../../src/core/render/rules/config-maps.ts';
import { packRuleFiles } from '../../../../../src/core/render/rules/pack.ts';
import { listSurplus } from '../../../../../src/core/render/rules/plan.ts';
import type { RuleFile } from '../../../../../src/core/render/rules/rule-file.ts';
import type { ConfigMap } from '../../../../../src/core/render/shared/rendered-objects.ts';
import { makeSettings } from '../prometheus/fixtures.ts';

const makeFile = (name: string, size: number, text = name): RuleFile => ({
  name,
  size,
  text,
  digest: `${name}:${text}`,
});

const owner = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Prometheus',
  metadata: { name: 'k8s', namespace: 'monitoring', uid: 'u1' },
};

function renderFiles(...files: RuleFile[]): RuleConfigMap[] {
  return renderRuleConfigMaps(files, { format: 'prometheus', owner, settings: makeSettings() });
}

/** As the API server would hand it back, with something of somebody else's. */
function makeLive({ object }: RuleConfigMap): ConfigMap {
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, resourceVersion: '7', labels: { ...metadata.labels, theirs: 'x' } } };
}

describe('packRuleFiles', () => {
  const namesOf = (...files: RuleFile[]): string[][] =>
    packRuleFiles(files).map((pack) => pack.map(({ name }) => name));

  it('fills one ConfigMap after the other in the order of names and never goes back', () => {
    const files = [
      makeFile('c', 300_000),
      makeFile('a', 300_000),
      makeFile('b', 224_288),
      makeFile('d', 224_288),
      makeFile('e', 1),
    ];
    assert.deepEqual(namesOf(...files), [['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('always gives one, empty if need be', () => {
    assert.deepEqual(namesOf(), [[]]);
  });
});

describe('renderRuleConfigMaps', () => {
  it('names, labels and owns what it renders', () => {
    const [first, second] = renderFiles(makeFile('a', 524_288, 'text'), makeFile('b', 1));
    assert.deepEqual(first?.object, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'prometheus-k8s-rulefiles-0',
        namespace: 'monitoring',
        labels: {
          'managed-by': 'prometheus-operator',
          'app.kubernetes.io/managed-by': 'prometheus-operator',
          'prometheus-name': 'k8s',
        },
        ownerReferences: [
          {
            apiVersion: 'monitoring.coreos.com/v1',
            kind: 'Prometheus',
            name: 'k8s',
            uid: 'u1',
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
      data: { a: 'text' },
    });
    assert.equal(second?.object.metadata.name, 'prometheus-k8s-rulefiles-1');
  });

  it('gives another fingerprint exactly when something has changed', () => {
    const [first] = renderFiles(makeFile('a', 1));
    assert.equal(renderFiles(makeFile('a', 1))[0]?.fingerprint, first?.fingerprint);
    assert.notEqual(renderFiles(makeFile('a', 1, 'changed'))[0]?.fingerprint, first?.fingerprint);
    assert.notEqual(renderFiles(makeFile('b', 1))[0]?.fingerprint, first?.fingerprint);
  });

  it('serves Thanos under its own names', () => {
    const settings = makeSettings();
    const [first] = renderRuleConfigMaps([], { format: 'thanos', owner, settings });
    assert.equal(first?.object.metadata.name, 'thanos-ruler-k8s-rulefiles-0');
    assert.equal(first.object.metadata.labels?.['thanos-ruler-name'], 'k8s');
  });
});

describe('listRuleConfigMaps', () => {
  it('pads to three for Prometheus, not for Thanos, in byte order', () => {
    const numbers = (count: number, format: 'prometheus' | 'thanos'): string[] =>
      listRuleConfigMaps(count, format, 'k8s').map((name) => name.replace(/.*-/, ''));
    assert.deepEqual(numbers(1, 'prometheus'), ['0', '1', '2']);
    assert.deepEqual(numbers(11, 'prometheus').slice(0, 4), ['0', '1', '10', '2']);
    assert.deepEqual(numbers(1, 'thanos'), ['0']);
    assert.equal(listRuleConfigMaps(1, 'prometheus', 'k8s')[0], 'prometheus-k8s-rulefiles-0');
  });
});

describe('listSurplus', () => {
  const two = renderFiles(makeFile('a', 524_288), makeFile('b', 1));

  it('is what is not wanted, and nothing that is not named like ours', () => {
    const live = [
      ...two.map(makeLive),
      { metadata: { name: 'prometheus-k8s-rulefiles-mine' } },
      { metadata: { name: 'mine' } },
    ];
    const surplus = listSurplus(renderFiles(makeFile('a', 1)), live);
    assert.deepEqual(
      surplus.map(({ metadata }) => metadata.name),
      ['prometheus-k8s-rulefiles-1'],
    );
    assert.deepEqual(listSurplus([], live), []);
  });
});
