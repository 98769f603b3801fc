import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseJsonBody } from '../../../../src/sandbox/http/json-text.ts';
import { negotiateForm } from '../../../../src/sandbox/http/negotiate.ts';
import { parseResourcePath, verbOf } from '../../../../src/sandbox/http/route.ts';
import { StatusError } from '../../../../src/sandbox/status-error.ts';
import { World, configMap, configMaps } from '../harness.ts';

describe('JSON bodies', () => {
  it('tell of members that occur twice, at any depth, and where paths stand', () => {
    const { facts } = parseJsonBody('{"a":{"b":1,"b":2},"list":[{"c":1},{"c":2,"c":"}"}],"a":3}');
    assert.deepEqual(facts.duplicates, ['a.b', 'list[1].c', 'a']);
    assert.ok(facts.positionOf('list') < facts.positionOf('list[1].c'));
    assert.equal(facts.positionOf('nowhere'), Number.MAX_SAFE_INTEGER);
  });

  it('with braces and quotes in strings are read right', () => {
    const { facts, value } = parseJsonBody(String.raw`{"a":"{\"a\":1,","b":"}"}`);
    assert.deepEqual([facts.duplicates, value], [[], { a: '{"a":1,', b: '}' }]);
  });

  it('that are broken are 400', () => {
    assert.throws(
      () => parseJsonBody('{'),
      (error) => error instanceof StatusError && error.status.code === 400,
    );
  });
});

describe('content negotiation', () => {
  const cases: readonly [string | undefined, string][] = [
    [undefined, 'object'],
    ['*/*', 'object'],
    ['application/vnd.kubernetes.protobuf, application/json', 'object'],
    ['application/json;as=Table;v=v1;g=meta.k8s.io,application/json', 'table'],
    ['application/json;as=Table;v=v9;g=meta.k8s.io,application/json', 'object'],
    ['application/json; as=PartialObjectMetadataList; g=meta.k8s.io; v=v1', 'partial'],
  ];
  for (const [accept, form] of cases)
    it(`"${accept ?? ''}" is ${form}`, () => assert.equal(negotiateForm(accept), form));

  it('of protocol buffers alone is 406', () => {
    assert.throws(
      () => negotiateForm('application/vnd.kubernetes.protobuf'),
      (error) => error instanceof StatusError && error.status.code === 406,
    );
  });
});

describe('paths', () => {
  const cases: readonly [string, string][] = [
    ['/api/v1/pods', '/v1/pods///'],
    ['/api/v1/namespaces/a', '/v1/namespaces//a/'],
    ['/api/v1/namespaces/a/status', '/v1/namespaces//a/status'],
    ['/api/v1/namespaces/a/finalize', '/v1/namespaces//a/finalize'],
    ['/api/v1/namespaces/a/pods', '/v1/pods/a//'],
    ['/apis/apps/v1/namespaces/a/statefulsets/b/scale', 'apps/v1/statefulsets/a/b/scale'],
    [
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Aa',
      'rbac.authorization.k8s.io/v1/clusterroles//system:a/',
    ],
  ];
  for (const [path, expected] of cases) {
    it(`${path} is read`, () => {
      const route = parseResourcePath(path);
      const parts = [route?.group, route?.version, route?.resource, route?.namespace, route?.name, route?.subresource];
      assert.equal(parts.join('/'), expected);
    });
  }

  it('of discovery and of too many steps are none', () => {
    assert.deepEqual(['/api/v1', '/apis/apps', '/version', '/api/v1/pods/a/b/c'].map(parseResourcePath), [
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('have the verb of their method', () => {
    const one = { name: 'a' };
    const all = { name: '' };
    const verbs = [
      verbOf('GET', one, false),
      verbOf('GET', all, false),
      verbOf('GET', all, true),
      verbOf('DELETE', all, false),
      verbOf('PATCH', one, false),
      verbOf('GET', undefined, false),
    ];
    assert.deepEqual(verbs, ['get', 'list', 'watch', 'deletecollection', 'patch', 'other']);
  });
});

describe('requests', () => {
  it('are logged with verb, status and user', async () => {
    const seen: string[] = [];
    const world = new World({
      onRequest: ({ verb, resource, name, status, user }) => seen.push(`${verb} ${resource}/${name} ${status} ${user}`),
    });
    await world.send('GET', `${configMaps}/none`);
    await world.send('GET', configMaps, undefined, { authorization: 'Bearer wrong' });
    assert.deepEqual(seen, ['get configmaps/none 404 kubernetes-admin', 'list configmaps/ 401 ']);
  });

  it('that fail by a fault of the sandbox are logged once, with what it was', async () => {
    const seen: unknown[] = [];
    const broken = {
      now: () => Date.UTC(2026, 0, 1),
      monotonic: () => 0,
      schedule: () => ({ cancel: () => undefined }),
    };
    const clock = { ...broken };
    const world = new World({ clock, onRequest: ({ status, error }) => seen.push([status, error]) });
    clock.now = () => {
      throw new Error('the clock stands still');
    };
    const { status, body } = await world.send('POST', configMaps, configMap('a'));
    assert.deepEqual([status, body.reason, seen], [500, 'InternalError', [[500, 'the clock stands still']]]);
  });

  it('by method and path that do not fit are 405', async () => {
    const world = new World();
    const answers = await Promise.all([
      world.send('PUT', configMaps, {}),
      world.send('POST', '/api/v1/configmaps', configMap('a')),
      world.send('DELETE', '/api/v1/namespaces'),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [405, 405, 405],
    );
  });

  it('to cluster-scoped resources in a namespace, and the other way, are 404', async () => {
    const world = new World();
    const paths = ['/api/v1/namespaces/default/nodes', '/api/v1/configmaps/a'];
    assert.deepEqual(
      (await Promise.all(paths.map((path) => world.send('GET', path)))).map(({ status }) => status),
      [404, 404],
    );
  });
});
