import type { Api } from '../api.ts';
import { refusal } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, show, text } from '../case.ts';
import { definition, widgets, withDefinition } from '../crds.ts';
import { configMap } from '../manifests.ts';
import type { WatchEvent } from '../watch-stream.ts';
import { brief } from '../watch-stream.ts';

const named = (name: string) => (event: WatchEvent) => show(event.object.metadata?.name) === name;

async function listVersion(api: Api): Promise<string> {
  return text((await api.get(api.core('configmaps'))).body.metadata?.resourceVersion);
}

/** Watches the case's ConfigMaps from now on. */
async function watchFromNow(api: Api, query = '') {
  return api.watch(`${api.core('configmaps')}?resourceVersion=${await listVersion(api)}${query}`);
}

export const watchCases: readonly ContractCase[] = [
  contractCase(
    'watch: added, modified and deleted come in order, each with the whole object',
    async (api) => {
      const watch = await watchFromNow(api);
      await api.create(api.core('configmaps'), configMap('a'));
      await api.put(api.core('configmaps/a'), configMap('a', { k: 'v' }));
      await api.delete(api.core('configmaps/a'));
      return { status: watch.status, events: await watch.take(3) };
    },
    {
      status: 200,
      events: ['ADDED', 'MODIFIED', 'DELETED'].map((type) => ({
        type,
        object: {
          kind: 'ConfigMap',
          apiVersion: 'v1',
          metadata: { name: 'a', namespace: 'NS', uid: 'UID', resourceVersion: 'RV', creationTimestamp: 'TIME' },
          ...(type === 'ADDED' ? {} : { data: { k: 'v' } }),
        },
      })),
    },
  ),
  contractCase(
    'watch: the event of a delete has a resourceVersion of its own',
    async (api) => {
      const watch = await watchFromNow(api);
      await api.create(api.core('configmaps'), configMap('a'));
      await api.delete(api.core('configmaps/a'));
      const [added, deleted] = (await watch.take(2)).map(({ object }) =>
        BigInt(text(object.metadata?.resourceVersion)),
      );
      return deleted! > added!;
    },
    true,
  ),
  contractCase(
    'watch: without a resourceVersion the present objects come first as added',
    async (api) => {
      for (const name of ['b', 'a']) await api.create(api.core('configmaps'), configMap(name));
      const watch = await api.watch(api.core('configmaps'));
      await watch.take(2);
      await api.create(api.core('configmaps'), configMap('c'));
      return brief(await watch.take(3));
    },
    ['ADDED a', 'ADDED b', 'ADDED c'],
  ),
  contractCase(
    'watch: resourceVersion=0 gives the present objects as added too',
    async (api) => {
      await api.create(api.core('configmaps'), configMap('a'));
      const watch = await api.watch(`${api.core('configmaps')}?resourceVersion=0`);
      return brief(await watch.until(named('a')));
    },
    ['ADDED a'],
  ),
  contractCase(
    'watch: from a past version everything since then is told again',
    async (api) => {
      const since = await listVersion(api);
      await api.create(api.core('configmaps'), configMap('a'));
      await api.delete(api.core('configmaps/a'));
      const watch = await api.watch(`${api.core('configmaps')}?resourceVersion=${since}`);
      return brief(await watch.take(2));
    },
    ['ADDED a', 'DELETED a'],
  ),
  contractCase(
    'watch: one object by name through the field selector',
    async (api) => {
      const watch = await watchFromNow(api, '&fieldSelector=metadata.name%3Db');
      for (const name of ['a', 'b']) await api.create(api.core('configmaps'), configMap(name));
      await api.delete(api.core('configmaps/b'));
      return brief(await watch.take(2));
    },
    ['ADDED b', 'DELETED b'],
  ),
  contractCase(
    'watch: an object that leaves the label selector is deleted, one that enters it is added',
    async (api) => {
      const watch = await watchFromNow(api, '&labelSelector=in%3Dyes');
      const labelled = (value: string) => configMap('a', {}, { labels: { in: value } });
      await api.create(api.core('configmaps'), labelled('no'));
      await api.put(api.core('configmaps/a'), labelled('yes'));
      await api.put(api.core('configmaps/a'), labelled('no'));
      await api.delete(api.core('configmaps/a'));
      await api.create(api.core('configmaps'), configMap('z', {}, { labels: { in: 'yes' } }));
      const events = await watch.take(3);
      const last = (event: WatchEvent) => event.object.metadata?.labels?.in;
      return { events: brief(events), labels: events.map(last) };
    },
    { events: ['ADDED a', 'DELETED a', 'ADDED z'], labels: ['yes', 'yes', 'yes'] },
  ),
  contractCase(
    'watch: an event for the leaving object carries the version of the change',
    async (api) => {
      const watch = await watchFromNow(api, '&labelSelector=in%3Dyes');
      await api.create(api.core('configmaps'), configMap('a', {}, { labels: { in: 'yes' } }));
      const { body } = await api.put(api.core('configmaps/a'), configMap('a'));
      const [, left] = await watch.take(2);
      return left?.object.metadata?.resourceVersion === body.metadata?.resourceVersion;
    },
    true,
  ),
  contractCase(
    'watch: sendInitialEvents gives the present objects and then a bookmark with an annotation',
    async (api) => {
      for (const name of ['a', 'b']) await api.create(api.core('configmaps'), configMap(name));
      const query = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
      const watch = await api.watch(`${api.core('configmaps')}?${query}`);
      const events = await watch.until(({ type }) => type === 'BOOKMARK');
      const bookmark = events.at(-1)?.object;
      return {
        events: brief(events),
        kind: bookmark?.kind,
        apiVersion: bookmark?.apiVersion,
        annotations: bookmark?.metadata?.annotations,
        version: /^\d+$/.test(text(bookmark?.metadata?.resourceVersion)),
      };
    },
    {
      events: ['ADDED a', 'ADDED b', 'BOOKMARK'],
      kind: 'ConfigMap',
      apiVersion: 'v1',
      annotations: { 'k8s.io/initial-events-end': 'true' },
      version: true,
    },
  ),
  contractCase(
    'watch: the bookmark of sendInitialEvents is a version to go on from',
    async (api) => {
      const query = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
      const first = await api.watch(`${api.core('configmaps')}?${query}`);
      const [bookmark] = await first.take(1);
      await api.create(api.core('configmaps'), configMap('a'));
      const version = text(bookmark?.object.metadata?.resourceVersion);
      const second = await api.watch(`${api.core('configmaps')}?resourceVersion=${version}`);
      return { first: brief(await first.take(2)), second: brief(await second.take(1)) };
    },
    { first: ['BOOKMARK', 'ADDED a'], second: ['ADDED a'] },
  ),
  contractCase(
    'watch: sendInitialEvents without resourceVersionMatch is 422',
    async (api) => refusal(await api.get(`${api.core('configmaps')}?watch=true&sendInitialEvents=true`)),
    {
      status: 422,
      kind: 'Status',
      reason: 'Invalid',
      message:
        'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      details: {
        group: 'meta.k8s.io',
        kind: 'ListOptions',
        causes: [
          {
            reason: 'FieldValueForbidden',
            message: 'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
            field: 'resourceVersionMatch',
          },
        ],
      },
      code: 422,
    },
  ),
  contractCase(
    'watch: resourceVersionMatch without sendInitialEvents is 422',
    async (api) => {
      const query = 'watch=true&resourceVersion=1&resourceVersionMatch=NotOlderThan';
      const { status, body } = await api.get(`${api.core('configmaps')}?${query}`);
      return { status, reason: body.reason };
    },
    { status: 422, reason: 'Invalid' },
  ),
  contractCase(
    'watch: ends by itself after timeoutSeconds',
    async (api) => {
      const watch = await watchFromNow(api, '&timeoutSeconds=1');
      await api.create(api.core('configmaps'), configMap('a'));
      return brief(await watch.untilEnd());
    },
    ['ADDED a'],
  ),
  contractCase(
    'watch: bookmarks come only when asked for, the last one before the end of the timeout',
    async (api) => {
      const plain = await watchFromNow(api, '&timeoutSeconds=3');
      const asking = await watchFromNow(api, '&timeoutSeconds=3&allowWatchBookmarks=true');
      await api.create(api.core('configmaps'), configMap('a'));
      const types = (events: readonly WatchEvent[]) => [...new Set(events.map(({ type }) => type))];
      return { plain: types(await plain.untilEnd()), asking: types(await asking.untilEnd()) };
    },
    { plain: ['ADDED'], asking: ['ADDED', 'BOOKMARK'] },
  ),
  contractCase(
    'watch: a version that is no number is refused',
    async (api) => (await api.get(`${api.core('configmaps')}?watch=true&resourceVersion=abc`)).status >= 400,
    true,
  ),
  contractCase(
    'watch: metadata only, as PartialObjectMetadata',
    async (api) => {
      const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
      const watch = await api.watch(api.core('configmaps'), { accept });
      await api.create(api.core('configmaps'), configMap('a', { k: 'v' }));
      const [event] = await watch.take(1);
      return {
        type: event?.type,
        kind: event?.object.kind,
        apiVersion: event?.object.apiVersion,
        data: event?.object.data ?? 'none',
      };
    },
    { type: 'ADDED', kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', data: 'none' },
  ),
  contractCase(
    'watch: a Table has its column definitions in the first event only',
    async (api) => {
      const accept = 'application/json;as=Table;g=meta.k8s.io;v=v1';
      const watch = await api.watch(api.core('configmaps'), { accept });
      for (const name of ['a', 'b']) await api.create(api.core('configmaps'), configMap(name));
      const events = await watch.take(2);
      return events.map(({ object }) => ({
        kind: object.kind,
        columns: Array.isArray(object.columnDefinitions) ? object.columnDefinitions.length : 0,
        rows: Array.isArray(object.rows) ? object.rows.length : 0,
      }));
    },
    [
      { kind: 'Table', columns: 3, rows: 1 },
      { kind: 'Table', columns: 0, rows: 1 },
    ],
  ),
  contractCase(
    'watch: a version older than the history, here the birth of a resource, is an ERROR event with 410 Expired',
    (api) =>
      withDefinition(api, definition(api, {}), async () => {
        const watch = await api.watch(`${widgets(api)}?resourceVersion=1`);
        const [event] = await watch.untilEnd();
        return { status: watch.status, type: event?.type, code: event?.object.code, reason: event?.object.reason };
      }),
    { status: 200, type: 'ERROR', code: 410, reason: 'Expired' },
  ),
  contractCase(
    'watch: in a group that is missing is a plain 404',
    async (api) => {
      const { status, text: body, contentType } = await api.get('/apis/no.such.group/v1/things?watch=true');
      return { status, body, contentType };
    },
    { status: 404, body: '404 page not found\n', contentType: 'text/plain; charset=utf-8' },
  ),
];
