import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Registry } from '../../../../src/sandbox/registry/registry.ts';
import { parseFilter } from '../../../../src/sandbox/rest/selectors.ts';
import { StatusError } from '../../../../src/sandbox/status-error.ts';

const resource = (group: string, plural: string) => {
  const found = new Registry().resolve(group, plural);
  if (found === undefined) throw new Error(`No ${plural}`);
  return found;
};
const pods = resource('', 'pods');

function matches(selector: string, labels: Record<string, string>): boolean {
  const filter = parseFilter(pods, { labelSelector: selector });
  return filter?.({ apiVersion: 'v1', kind: 'Pod', metadata: { labels } }) ?? true;
}

describe('label selectors', () => {
  const labels = { app: 'web', tier: 'front', n: '5' };
  const cases: readonly [string, boolean][] = [
    ['', true],
    ['app=web', true],
    ['app==web,tier=front', true],
    ['app!=web', false],
    ['other!=x', true],
    ['app', true],
    ['!app', false],
    ['!other', true],
    ['app in (web, db)', true],
    ['app notin (web)', false],
    ['other notin (x),app', true],
    ['n>4', true],
    ['n<5', false],
    ['app=', false],
  ];
  for (const [selector, expected] of cases) {
    it(`"${selector}" ${expected ? 'matches' : 'does not match'}`, () => {
      assert.equal(matches(selector, labels), expected);
    });
  }

  for (const selector of ['a in b', 'a=b=c', '=x', 'a in (b', 'bad key', 'a=b,,', '!a=b', 'a=no/slash']) {
    it(`"${selector}" is refused`, () => {
      assert.throws(
        () => matches(selector, labels),
        (error) => error instanceof StatusError && error.status.code === 400,
      );
    });
  }
});

describe('field selectors', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'n' }, spec: { nodeName: 'x' } };

  it('select by name, by namespace and by the fields of the kind', () => {
    const test = (fieldSelector: string) => parseFilter(pods, { fieldSelector })?.(pod);
    assert.deepEqual(
      [test('metadata.name=a,metadata.namespace!=m'), test('spec.nodeName==y'), test('status.phase=')],
      [true, false, true],
    );
  });

  it('refuse other fields and what does not parse', () => {
    assert.throws(
      () => parseFilter(pods, { fieldSelector: 'spec.hostname=x' }),
      /field label not supported: spec\.hostname/,
    );
    assert.throws(
      () => parseFilter(resource('', 'configmaps'), { fieldSelector: 'data=x' }),
      /is not a known field selector/,
    );
    assert.throws(() => parseFilter(pods, { fieldSelector: 'metadata.name' }), /invalid selector/);
  });
});
