import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResourceType } from '../../../../src/api/meta.ts';
import { ApiError } from '../../../../src/kubernetes/client/errors.ts';
import { buildResourcePath, checkPath } from '../../../../src/kubernetes/client/resource-path.ts';

const secrets: ResourceType = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
const nodes: ResourceType = { group: '', version: 'v1', plural: 'nodes', kind: 'Node', namespaced: false };

const isRefusal = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 400 && error.message.startsWith('Cannot address ');

const impossible = [
  '.',
  '..',
  '../../../kube-system/secrets/x',
  'a/b',
  '/',
  'a%2fb',
  '%2e%2e',
  'a\0b',
  'a\nb',
  '\ud800',
  '%'.repeat(20_000),
];

describe('paths of resources', () => {
  it('hold every name that the API server can hold', () => {
    const path = (name: string): string => buildResourcePath(secrets, { namespace: 'a', name }).path;
    assert.equal(path('x'), '/api/v1/namespaces/a/secrets/x');
    assert.equal(path('...'), '/api/v1/namespaces/a/secrets/...');
    assert.equal(path('a..b'), '/api/v1/namespaces/a/secrets/a..b');
    assert.equal(path('system:node?x#y'), '/api/v1/namespaces/a/secrets/system%3Anode%3Fx%23y');
    assert.equal(buildResourcePath(nodes, { name: 'n' }).path, '/api/v1/nodes/n');
  });

  it('hold no name, namespace or subresource that would be another path', () => {
    for (const text of impossible) {
      const shown = JSON.stringify(text.slice(0, 40));
      assert.throws(() => buildResourcePath(secrets, { namespace: 'a', name: text }), isRefusal, `name ${shown}`);
      assert.throws(() => buildResourcePath(secrets, { namespace: text, name: 'x' }), isRefusal, `namespace ${shown}`);
      assert.throws(() => buildResourcePath(secrets, { namespace: text }), isRefusal, `list in ${shown}`);
      assert.throws(
        () => buildResourcePath(secrets, { namespace: 'a', name: 'x', subresource: text }),
        isRefusal,
        `subresource ${shown}`,
      );
    }
    assert.throws(() => buildResourcePath(secrets, { namespace: 'a', name: '' }), TypeError);
  });

  it('say which part is wrong, and no more than fits', () => {
    assert.throws(() => buildResourcePath(secrets, { namespace: 'a', name: '../x' }), {
      message: 'Cannot address secrets: no path holds the name "../x"',
    });
    const message = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    const long = message(() => buildResourcePath(secrets, { namespace: 'a', name: '%'.repeat(20_000) }));
    assert.ok(long.length > 0 && long.length < 200, `${long.length} characters`);
  });
});

describe('paths of other requests', () => {
  it('may hold whatever a path may hold', () => {
    for (const path of [
      '/version',
      '/apis/x.io/v1',
      '/api/v1/namespaces/a/pods/https:x:9090/proxy/pre%20fix/api?q=../..',
    ])
      checkPath(path);
  });

  it('do not leave the folder in which they begin', () => {
    const root = '/api/v1/namespaces/a/pods/x:9090/proxy';
    for (const rest of ['/../../../secrets', '/..', '/.', '/%2e%2e/x', '/.%2E', '/a%2f..%2fb', '/%00', '/%zz', '/a\\b'])
      assert.throws(() => checkPath(`${root}${rest}`), isRefusal, rest);
    assert.throws(() => checkPath('version'), isRefusal);
  });
});
