import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createSandboxServer } from '../../../../src/sandbox/server.ts';
import { World } from '../harness.ts';

const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const widgets = '/apis/example.test/v1/namespaces/default/widgets';

function definition(name = 'widget', more: object = {}): object {
  const plural = `${name}s`;
  const kind = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return {
    metadata: { name: `${plural}.example.test` },
    spec: {
      group: 'example.test',
      scope: 'Namespaced',
      names: { plural, kind, ...more },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: { type: 'object', properties: { count: { type: 'integer', maximum: 9 } } } },
            },
          },
        },
      ],
    },
  };
}

const widget = (name: string, more: object = {}): object => ({
  apiVersion: 'example.test/v1',
  kind: 'Widget',
  metadata: { name, ...more },
});

describe('definitions', () => {
  it('are served at once', async () => {
    const world = new World();
    await world.send('POST', path, definition());
    assert.equal((await world.send('POST', widgets, widget('a'))).status, 201);
  });

  it('with the kind of another are not served until it goes', async () => {
    const world = new World();
    await world.send('POST', path, definition());
    await world.send('POST', path, definition('gadget', { kind: 'Widget' }));
    const { body } = await world.send('GET', `${path}/gadgets.example.test`);
    const conditions = (body.status?.conditions as unknown as { type: string; status: string }[]).map(
      ({ type, status }) => `${type}=${status}`,
    );
    assert.deepEqual(conditions, ['NamesAccepted=False', 'Established=False']);
    const gadgets = '/apis/example.test/v1/namespaces/default/gadgets';
    assert.equal((await world.send('GET', gadgets)).status, 404);
    await world.send('DELETE', `${path}/widgets.example.test`);
    assert.equal((await world.send('GET', gadgets)).status, 200);
  });

  it('that are deleted wait for objects with finalizers', async () => {
    const world = new World();
    await world.send('POST', path, definition());
    await world.send('POST', widgets, widget('a', { finalizers: ['example.test/wait'] }));
    await world.send('POST', widgets, widget('b'));
    await world.send('DELETE', `${path}/widgets.example.test`);
    assert.equal((await world.send('GET', `${path}/widgets.example.test`)).status, 200);
    assert.equal((await world.send('GET', `${widgets}/b`)).status, 404);
    await world.patch(`${widgets}/a`, 'application/merge-patch+json', { metadata: { finalizers: null } });
    assert.equal((await world.send('GET', `${path}/widgets.example.test`)).status, 404);
    assert.equal((await world.send('GET', widgets)).status, 404);
  });

  it('that go end the watches on their objects', async () => {
    const world = new World();
    await world.send('POST', path, definition());
    const watch = await world.watch(`${widgets}?watch=true`);
    await world.send('DELETE', `${path}/widgets.example.test`);
    assert.equal(watch.ended, 'end');
  });

  it('change what is valid as soon as they change, and old faults are let pass', async () => {
    const world = new World();
    await world.send('POST', path, definition());
    await world.send('POST', widgets, { ...widget('a'), spec: { count: 7 } });
    const maximum = [
      {
        op: 'replace',
        path: '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/count/maximum',
        value: 5,
      },
    ];
    await world.patch(`${path}/widgets.example.test`, 'application/json-patch+json', maximum);
    const merge = (body: object) => world.patch(`${widgets}/a`, 'application/merge-patch+json', body);
    assert.equal((await merge({ metadata: { labels: { x: 'y' } } })).status, 200);
    assert.equal((await merge({ spec: { count: 8 } })).status, 422);
    assert.equal((await merge({ spec: { count: 4 } })).status, 200);
  });

  it('show stored objects through their new schema: lost fields are gone, new defaults are there', async () => {
    const world = new World();
    await world.send('POST', path, definition());
    const made = await world.send('POST', widgets, { ...widget('a'), spec: { count: 7 } });
    const at = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties';
    const mode = { mode: { type: 'string', default: 'off' } };
    await world.patch(`${path}/widgets.example.test`, 'application/json-patch+json', [
      { op: 'replace', path: at, value: mode },
    ]);
    const { body } = await world.send('GET', `${widgets}/a`);
    assert.deepEqual(body.spec, { mode: 'off' });
    assert.equal(body.metadata?.resourceVersion, made.body.metadata?.resourceVersion);
  });

  it('come back from a snapshot with their objects', async () => {
    const world = new World();
    await world.send('POST', path, definition());
    await world.send('POST', widgets, widget('a'));
    const folder = mkdtempSync(join(tmpdir(), 'stoker-sandbox-'));
    try {
      const dataFile = join(folder, 'state.json');
      writeFileSync(dataFile, JSON.stringify(world.sandbox.snapshot()));
      const again = createSandboxServer({ clock: world.clock, dataFile });
      const list = again.api.list({ group: 'example.test', plural: 'widgets' });
      assert.deepEqual(
        list.items.map(({ metadata }) => metadata.name),
        ['a'],
      );
      await again.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
