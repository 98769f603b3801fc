import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyOf } from '../../../../src/api/meta.ts';
import type { LabelSelector } from '../../../../src/api/meta.ts';
import { matchObjects } from '../../../../src/core/select/match.ts';
import { makeLister, makeNamespace } from './fixtures.ts';

const make = (key: string, labels: Record<string, string> = {}) => {
  const [namespace = '', name = ''] = key.split('/');
  return { metadata: { namespace, name, labels } };
};
const objects = makeLister([
  make('b/x', { team: 'red' }),
  make('a/x', { team: 'red' }),
  make('a-b/x', { team: 'red' }),
  make('a/y', { team: 'blue' }),
]);
const namespaces = makeLister([makeNamespace('b', { env: 'prod' }), makeNamespace('a', { env: 'dev' })]);

function match(selector: LabelSelector | undefined, namespaceSelector?: LabelSelector): string[] {
  const fields = { selector: 'objectSelector', namespaceSelector: 'objectNamespaceSelector' };
  return matchObjects({ objects, namespaces, ownNamespace: 'a', selector, namespaceSelector, fields }).map(keyOf);
}

describe('matchObjects()', () => {
  it('selects nothing without a selector', () => {
    assert.deepEqual(match(undefined, {}), []);
  });

  it('looks into its own namespace without a namespace selector', () => {
    assert.deepEqual(match({}), ['a/x', 'a/y']);
  });

  it('selects everything that is watched with empty selectors, also where the namespace is not known yet', () => {
    assert.deepEqual(match({}, {}), ['a-b/x', 'a/x', 'a/y', 'b/x']);
  });

  it('follows the labels of objects and namespaces', () => {
    assert.deepEqual(match({ matchLabels: { team: 'red' } }, { matchLabels: { env: 'prod' } }), ['b/x']);
    assert.deepEqual(match({ matchLabels: { team: 'red' } }, { matchLabels: { env: 'none' } }), []);
  });

  it('fails for the workload when a selector is not valid', () => {
    const bad = { matchLabels: { 'a b': '' } };
    const name = 'TerminalError';
    assert.throws(() => match(bad, {}), { name, message: /^spec\.objectSelector\.matchLabels: / });
    assert.throws(() => match({}, bad), { name, message: /^spec\.objectNamespaceSelector\.matchLabels: / });
  });
});
