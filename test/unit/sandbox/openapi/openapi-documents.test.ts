import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { World, show } from '../harness.ts';
import type { Loose } from '../harness.ts';

const definition = {
  metadata: { name: 'widgets.example.test' },
  spec: {
    group: 'example.test',
    scope: 'Cluster',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: ['v1beta1', 'v1', 'v2alpha1'].map((name) => ({
      name,
      served: true,
      storage: name === 'v1',
      schema: { openAPIV3Schema: { type: 'object', description: 'A thing', properties: { spec: { type: 'object' } } } },
    })),
  },
};
const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const document = '/openapi/v3/apis/example.test/v1';

describe('OpenAPI documents', () => {
  it('describe a custom kind with its schema, under paths that take fieldValidation', async () => {
    const world = new World();
    await world.send('POST', crds, definition);
    const { body } = await world.send('GET', document);
    const schema = body.components?.schemas?.['test.example.v1.Widget'];
    assert.deepEqual(schema?.['x-kubernetes-group-version-kind'], [
      { group: 'example.test', kind: 'Widget', version: 'v1' },
    ]);
    assert.deepEqual(Object.keys(schema.properties ?? {}), ['apiVersion', 'kind', 'metadata', 'spec']);
    const parameters = body.paths?.['/apis/example.test/v1/widgets/{name}']?.patch?.parameters as unknown as {
      name: string;
    }[];
    assert.ok(parameters.some(({ name }) => name === 'fieldValidation'));
  });

  it('refer only to components that are there, of all built-in groups', async () => {
    const world = new World();
    const index = await world.send('GET', '/openapi/v3');
    for (const entry of Object.values(index.body.paths ?? {})) {
      const { text, body } = await world.send('GET', show(entry.serverRelativeURL));
      const missing = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].filter(
        ([, name = '']) => body.components?.schemas?.[name] === undefined,
      );
      assert.deepEqual(
        missing.map(([, name]) => name),
        [],
      );
    }
  });

  it('change their hash with a definition', async () => {
    const world = new World();
    const hash = async (): Promise<unknown> =>
      (await world.send('GET', '/openapi/v3')).body.paths?.['apis/example.test/v1']?.serverRelativeURL;
    await world.send('POST', crds, definition);
    const first = await hash();
    const path = '/spec/versions/1/schema/openAPIV3Schema/properties/more';
    await world.patch(`${crds}/widgets.example.test`, 'application/json-patch+json', [
      { op: 'add', path, value: { type: 'string' } },
    ]);
    assert.notEqual(await hash(), first);
    await world.send('DELETE', `${crds}/widgets.example.test`);
    assert.equal(await hash(), undefined);
    assert.equal((await world.send('GET', document)).status, 404);
  });

  it('come as protocol buffers too', async () => {
    const world = new World();
    const accept = 'application/com.github.proto-openapi.spec.v3@v1.0+protobuf';
    const { status, headers, text } = await world.send('GET', '/openapi/v3/apis/apps/v1', undefined, { accept });
    assert.deepEqual(
      [status, headers['content-type']],
      [200, 'application/com.github.proto-openapi.spec.v3.v1.0+protobuf'],
    );
    assert.ok(
      text.includes('/apis/apps/v1/namespaces/{namespace}/statefulsets/{name}') && text.includes('fieldValidation'),
    );
    const swagger = await world.send('GET', '/openapi/v2', undefined, { accept: accept.replace('v3', 'v2') });
    assert.ok(swagger.text.includes('/api/v1/namespaces/{namespace}/pods/{name}'));
  });
});

describe('discovery', () => {
  it('puts stable versions first', async () => {
    const world = new World();
    await world.send('POST', crds, definition);
    const { body } = await world.send('GET', '/apis/example.test');
    assert.deepEqual(
      (body.versions as unknown as Loose[]).map(({ version }) => version),
      ['v1', 'v1beta1', 'v2alpha1'],
    );
    assert.equal(body.preferredVersion?.version, 'v1');
  });
});
