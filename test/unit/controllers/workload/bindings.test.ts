import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NamespacedName, ResourceType } from '../../../../src/api/meta.ts';
import { serviceMonitorType as type } from '../../../../src/api/service-monitor.ts';
import type { Bound, BindingReport } from '../../../../src/controllers/workload/bindings.ts';
import { writeBindings } from '../../../../src/controllers/workload/bindings.ts';
import type { KubernetesClient, ListOptions, ObjectList, Patch } from '../../../../src/kubernetes/client/client.ts';
import type { Acceptance } from '../../../../src/core/status/bindings.ts';
import { WrittenObjects } from '../../../../src/controllers/workload/written-objects.ts';
import { ApiError } from '../../../../src/kubernetes/client/errors.ts';
import { FencedError } from '../../../../src/runtime/controller.ts';

const workload = { group: 'monitoring.coreos.com', resource: 'prometheuses', namespace: 'ns', name: 'main' } as const;
const now = '2026-01-01T00:00:00Z';

const makeMonitor = (name: string, more: object = {}): Bound => ({
  metadata: { namespace: 'shop', name, uid: `uid of ${name}`, resourceVersion: '1', generation: 7, ...more },
});

/** A server that holds monitors and takes a status only with the newest resourceVersion. */
class Server {
  readonly stored = new Map<string, Bound>();
  readonly patched: string[] = [];
  /** Names whose writes fail, and how. */
  readonly errors = new Map<string, Error>();
  readonly client: Pick<KubernetesClient, 'list' | 'patch'> = {
    list: (_type: ResourceType, { fieldSelector = '' }: ListOptions = {}): Promise<ObjectList<never>> => {
      const found = this.stored.get(fieldSelector.replace('metadata.name=', ''));
      return Promise.resolve({ items: found === undefined ? [] : [found as never], metadata: {} });
    },
    patch: (_type: ResourceType, { name }: NamespacedName, { body }: Patch): Promise<never> => {
      this.patched.push(name);
      const error = this.errors.get(name);
      if (error !== undefined) return Promise.reject(error);
      const found = this.stored.get(name);
      if (found === undefined) return Promise.reject(missing(name));
      const given = body as Bound;
      if (given.metadata.resourceVersion !== found.metadata.resourceVersion) {
        return Promise.reject(refuse(409, 'Conflict'));
      }
      const resourceVersion = String(Number(found.metadata.resourceVersion) + 1);
      const written = { metadata: { ...found.metadata, resourceVersion }, status: given.status ?? {} };
      this.stored.set(name, written);
      return Promise.resolve(written as never);
    },
  };
}

const refuse = (status: number, reason: string): ApiError => new ApiError({ status, reason, message: reason });
const missing = (name: string): ApiError =>
  new ApiError({ status: 404, reason: 'NotFound', message: `${name} not found`, details: { name } });

const accept = (objects: readonly Bound[]): Map<string, Acceptance> =>
  new Map(objects.map(({ metadata }) => [`shop/${metadata.name ?? ''}`, { accepted: true }]));

function write(server: Server, objects: readonly Bound[], skip = 0, fence = (): void => undefined) {
  const deps = { client: server.client, fence, now, skip, written: new WrittenObjects<Bound>() };
  return writeBindings(deps, workload, [{ type, objects, acceptances: accept(objects) }]);
}

const namesOf = ({ failures }: BindingReport): string[] => failures.map(({ object }) => object.metadata.name ?? '');

describe('writeBindings', () => {
  it('adds its binding to what another one wrote meanwhile, and dates it by the generation that was judged', async () => {
    const server = new Server();
    const other = { ...workload, name: 'other', conditions: [] };
    const changed = { ...makeMonitor('m', { resourceVersion: '5', generation: 8 }), status: { bindings: [other] } };
    server.stored.set('m', changed);
    assert.deepEqual(await write(server, [makeMonitor('m')]), { failures: [], untried: 0 });
    const bindings = server.stored.get('m')?.status?.bindings ?? [];
    assert.deepEqual(
      bindings.map(({ name, conditions }) => [name, conditions?.[0]?.observedGeneration]),
      [
        ['other', undefined],
        ['main', 7],
      ],
    );
  });

  it('takes back what the cache does not show yet, and asks nobody again once it does', async () => {
    const server = new Server();
    const cached = makeMonitor('m');
    server.stored.set('m', cached);
    const deps = { client: server.client, fence: () => undefined, now, skip: 0, written: new WrittenObjects<Bound>() };
    const writeAs = (object: Bound, acceptances: ReadonlyMap<string, Acceptance>) =>
      writeBindings(deps, workload, [{ type, objects: [object], acceptances }]);
    await writeAs(cached, accept([cached]));
    assert.equal(server.stored.get('m')?.status?.bindings?.length, 1);
    for (let time = 0; time < 2; time += 1) await writeAs(cached, new Map());
    assert.deepEqual(server.stored.get('m')?.status?.bindings, []);
    await writeAs(server.stored.get('m')!, new Map());
    assert.equal(server.patched.length, 2);
  });

  it('an answer that names no object says nothing about it: it is tried again', async () => {
    const server = new Server();
    const object = makeMonitor('cart');
    server.stored.set('cart', object);
    server.errors.set('cart', refuse(404, 'NotFound'));
    assert.deepEqual(namesOf(await write(server, [object])), ['cart']);
  });

  it('writes nothing to an object that was made anew under the name, and misses none that is gone', async () => {
    const server = new Server();
    server.stored.set('m', makeMonitor('m', { uid: 'another', resourceVersion: '5' }));
    assert.deepEqual(await write(server, [makeMonitor('m'), makeMonitor('gone')]), { failures: [], untried: 0 });
    assert.equal(server.stored.get('m')?.status, undefined);
  });

  it('tells lasting failures from those that may go by', async () => {
    const server = new Server();
    const tooLarge = new ApiError({ status: 500, reason: '', message: 'etcdserver: request is too large' });
    server.errors.set('large', tooLarge).set('invalid', refuse(422, 'Invalid')).set('denied', refuse(403, 'Forbidden'));
    server.stored.set('fine', makeMonitor('fine'));
    const { failures } = await write(
      server,
      ['large', 'invalid', 'denied', 'fine'].map((name) => makeMonitor(name)),
    );
    assert.deepEqual(
      failures.map(({ object, isLasting }) => [object.metadata.name, isLasting]),
      [
        ['large', true],
        ['invalid', true],
        ['denied', false],
      ],
    );
    assert.equal(server.stored.get('fine')?.status?.bindings?.length, 1);
  });

  it('begins an outage’s next try behind those that failed, so that each has its turn', async () => {
    const server = new Server();
    const names = [...Array(100).keys()].map((index) => `m${index}`);
    for (const name of names) server.errors.set(name, refuse(500, 'InternalError'));
    const objects = names.map((name) => makeMonitor(name));
    let vain = 0;
    const tried = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      const report = await write(server, objects, vain);
      assert.equal(report.untried + report.failures.length, 100);
      vain += report.failures.length;
      for (const name of namesOf(report)) tried.add(name);
    }
    assert.ok(server.patched.length < 200, `${server.patched.length} requests`);
    assert.equal(tried.size, 100);
  });

  it('ends with the lease', async () => {
    const server = new Server();
    let left = 3;
    const fence = (): void => {
      left -= 1;
      if (left < 0) throw new FencedError();
    };
    const objects = [...Array(50).keys()].map((index) => makeMonitor(`m${index}`));
    for (const object of objects) server.stored.set(object.metadata.name ?? '', object);
    await assert.rejects(write(server, objects, 0, fence), FencedError);
    assert.equal(server.patched.length, 3);
  });
});
