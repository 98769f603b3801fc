import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderAge, renderSelector } from '../../../../src/sandbox/table/cells.ts';
import { parseJsonPath } from '../../../../src/sandbox/table/json-path.ts';
import { World } from '../harness.ts';

const start = Date.UTC(2026, 0, 1);
const ago = (seconds: number): string =>
  renderAge(new Date(start).toISOString(), { now: () => start + seconds * 1000 });

describe('ages', () => {
  const day = 86_400;
  const cases: readonly [number, string][] = [
    [0, '0s'],
    [119, '119s'],
    [120, '2m'],
    [310, '5m10s'],
    [3599, '59m'],
    [3 * 3600, '3h'],
    [4 * 3600 + 60, '4h1m'],
    [47 * 3600, '47h'],
    [2 * day + 3600, '2d1h'],
    [10 * day, '10d'],
    [3 * 365 * day, '3y'],
    [20 * 365 * day, '20y'],
    [-5, '<invalid>'],
  ];
  for (const [seconds, text] of cases) it(`of ${seconds} seconds is ${text}`, () => assert.equal(ago(seconds), text));

  it('of nothing is unknown', () => assert.equal(renderAge(undefined, { now: () => 0 }), '<unknown>'));
});

describe('selectors in cells', () => {
  it('are written as kubectl takes them', () => {
    const matchExpressions = [
      { key: 'c', operator: 'In', values: ['d', 'e'] },
      { key: 'f', operator: 'Exists' },
      { key: 'g', operator: 'DoesNotExist' },
    ];
    assert.equal(renderSelector({ matchLabels: { a: 'b' }, matchExpressions }), 'a=b,c in (d,e),f,!g');
    assert.equal(renderSelector({}), '<none>');
  });
});

describe('JSON paths', () => {
  const object = {
    metadata: { annotations: { 'a.b/c': 'x' } },
    status: {
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'Old', status: 'False' },
      ],
      list: [1, 2, 3],
      ok: true,
    },
  };
  const cases: readonly [string, unknown[]][] = [
    ['.status.ok', [true]],
    ['{.status.ok}', [true]],
    ['.status.list[1]', [2]],
    ['.status.list[-1]', [3]],
    ['.status.list[*]', [1, 2, 3]],
    [`.status.conditions[?(@.type == 'Ready')].status`, ['True']],
    ['.status.conditions[?(@.type=="Old")].status', ['False']],
    [`.status.conditions[?(@.type != 'Old')].type`, ['Ready']],
    ['.metadata.annotations.a\\.b/c', ['x']],
    [`.metadata.annotations['a.b/c']`, ['x']],
    ['.nothing.here', []],
  ];
  for (const [path, found] of cases)
    it(`${path} finds ${JSON.stringify(found)}`, () => assert.deepEqual(parseJsonPath(path)?.(object), found));

  it('that are malformed are none', () => {
    assert.deepEqual(['status', '.a[', '.a[?(@.b)]', ''].map(parseJsonPath), [
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('tables of built-in kinds', () => {
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
  const cells = async (world: World, url: string): Promise<unknown[][]> => {
    const { body } = await world.send('GET', url, undefined, { accept });
    return (body.rows as unknown as { cells: unknown[] }[]).map((row) => row.cells);
  };

  it('a Pod shows readiness, the reason it waits, restarts and its node', async () => {
    const world = new World();
    const pods = '/api/v1/namespaces/default/pods';
    await world.send('POST', pods, {
      metadata: { name: 'a' },
      spec: {
        nodeName: 'n1',
        containers: [
          { name: 'x', image: 'i' },
          { name: 'y', image: 'i' },
        ],
      },
    });
    const containerStatuses = [
      { name: 'x', ready: true, restartCount: 2, image: 'i', imageID: '', state: { running: {} } },
      {
        name: 'y',
        ready: false,
        restartCount: 1,
        image: 'i',
        imageID: '',
        state: { waiting: { reason: 'CrashLoopBackOff' } },
      },
    ];
    await world.patch(`${pods}/a/status`, 'application/merge-patch+json', {
      status: { phase: 'Running', podIP: '10.0.0.1', containerStatuses },
    });
    await world.clock.advance(65_000);
    assert.deepEqual(await cells(world, pods), [
      ['a', '1/2', 'CrashLoopBackOff', '3', '65s', '10.0.0.1', 'n1', '<none>', '<none>'],
    ]);
    await world.send('DELETE', `${pods}/a`);
    assert.equal((await cells(world, pods))[0]?.[2], 'Terminating');
  });

  it('Services show their ports and where they are reached', async () => {
    const world = new World();
    const services = '/api/v1/namespaces/web/services';
    await world.send('POST', '/api/v1/namespaces', { metadata: { name: 'web' } });
    await world.send('POST', services, {
      metadata: { name: 'lb' },
      spec: { type: 'LoadBalancer', clusterIP: '10.96.7.7', ports: [{ port: 80, nodePort: 30_001 }] },
    });
    await world.send('POST', services, {
      metadata: { name: 'name' },
      spec: { type: 'ExternalName', externalName: 'example.test' },
    });
    assert.deepEqual(await cells(world, services), [
      ['lb', 'LoadBalancer', '10.96.7.7', '<pending>', '80:30001/TCP', '0s', '<none>'],
      ['name', 'ExternalName', '<none>', 'example.test', '<none>', '0s', '<none>'],
    ]);
  });
});
