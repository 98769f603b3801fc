/** Rolling updates of StatefulSets and the revisions that they leave. */
import type { Api } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, show, text } from '../case.ts';
import { eventually } from '../crds.ts';
import { awaitStatus, serveUntil, setReady } from '../kubelet-role.ts';
import { parallel, createReady, status, replacePod, revisions } from './stateful-set-state.ts';

/** The rolling update is over: all Pods are of the newest revision and ready. */
async function isComplete(api: Api): Promise<boolean> {
  const { currentRevision, updateRevision, observedGeneration, readyReplicas, replicas } = await status(api);
  const { body } = await api.get(api.apps('statefulsets/a'));
  const isSeen = show(observedGeneration) === show(body.metadata?.generation);
  return isSeen && show(currentRevision) === show(updateRevision) && show(readyReplicas) === show(replicas);
}

/** Every Pod there is says that it is ready. */
async function areReady(api: Api): Promise<boolean> {
  const { body } = await api.get(api.core('pods'));
  return list(body.items).every((one) => show(one.status?.conditions).includes('"status":"True"'));
}

/** Changes the image of the template. */
function setImage(api: Api, tag: number): Promise<unknown> {
  const containers = [{ name: 'main', image: `example.test/app:${tag}` }];
  return api.patch(api.apps('statefulsets/a'), 'strategic', { spec: { template: { spec: { containers } } } });
}

/** The tag of each Pod's image, by name of the Pod. */
async function tags(api: Api): Promise<string[]> {
  const { body } = await api.get(api.core('pods'));
  return list(body.items).map(
    ({ metadata, spec }) => `${show(metadata?.name)} ${show(list(spec?.containers)[0]?.image).slice(-1)}`,
  );
}

/** Names of revisions by the order they came: r1, r2… */
function byRevision(known: readonly Loose[], name: unknown): string {
  return `r${1 + known.findIndex(({ metadata }) => show(metadata?.name) === show(name))}`;
}

export const statefulSetUpdateCases: readonly ContractCase[] = [
  contractCase(
    'statefulset: a rolling update replaces the highest ordinal first and each after the other is ready',
    async (api) => {
      await createReady(api, 3, parallel);
      const watch = await api.watch(`${api.core('pods')}?resourceVersion=0`);
      await setImage(api, 2);
      await serveUntil(api, () => isComplete(api));
      const gone = watch.events.filter(({ type }) => type === 'DELETED').map(({ object }) => object.metadata?.name);
      const done = await awaitStatus(api, api.apps('statefulsets/a'), {
        readyReplicas: 3,
        updatedReplicas: 3,
        currentReplicas: 3,
      });
      const known = await revisions(api);
      return {
        gone,
        current: byRevision(known, done.currentRevision),
        update: byRevision(known, done.updateRevision),
        generation: done.observedGeneration,
      };
    },
    { gone: ['a-2', 'a-1', 'a-0'], current: 'r2', update: 'r2', generation: 2 },
  ),
  contractCase(
    'statefulset: during a rolling update the status names both revisions',
    async (api) => {
      await createReady(api, 2, parallel);
      await setImage(api, 2);
      await eventually(
        () => tags(api),
        (all) => all.join() === 'a-0 1,a-1 2',
      );
      const known = await revisions(api);
      const { currentRevision, updateRevision, currentReplicas, updatedReplicas, readyReplicas } = await awaitStatus(
        api,
        api.apps('statefulsets/a'),
        { updatedReplicas: 1, replicas: 2, readyReplicas: 1 },
      );
      return [
        byRevision(known, currentRevision),
        byRevision(known, updateRevision),
        currentReplicas,
        updatedReplicas,
        readyReplicas,
      ];
    },
    ['r1', 'r2', 1, 1, 1],
  ),
  contractCase(
    'statefulset: a partition keeps the ordinals below it on the old revision, also when they are made anew',
    async (api) => {
      await createReady(api, 3, {
        ...parallel,
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
      });
      await setImage(api, 2);
      await serveUntil(api, async () => (await tags(api)).join() === 'a-0 1,a-1 1,a-2 2' && (await areReady(api)));
      await replacePod(api, 'a-0');
      await serveUntil(api, () => areReady(api));
      const known = await revisions(api);
      const { currentRevision, updateRevision, currentReplicas, updatedReplicas } = await awaitStatus(
        api,
        api.apps('statefulsets/a'),
        { currentReplicas: 2, readyReplicas: 3 },
      );
      return {
        tags: await tags(api),
        status: [
          byRevision(known, currentRevision),
          byRevision(known, updateRevision),
          currentReplicas,
          updatedReplicas,
        ],
      };
    },
    { tags: ['a-0 1', 'a-1 1', 'a-2 2'], status: ['r1', 'r2', 2, 1] },
  ),
  contractCase(
    'statefulset: OnDelete replaces a Pod only when somebody deletes it',
    async (api) => {
      await createReady(api, 2, { ...parallel, updateStrategy: { type: 'OnDelete' } });
      await setImage(api, 2);
      await awaitStatus(api, api.apps('statefulsets/a'), { observedGeneration: 2 });
      const before = await tags(api);
      await replacePod(api, 'a-0');
      return { before, after: await tags(api) };
    },
    { before: ['a-0 1', 'a-1 1'], after: ['a-0 2', 'a-1 1'] },
  ),
  contractCase(
    'statefulset: a template that comes back takes its old revision under a new number',
    async (api) => {
      await createReady(api, 1);
      const first = text((await status(api)).updateRevision);
      for (const tag of [2, 1]) {
        await setImage(api, tag);
        await serveUntil(api, () => isComplete(api));
      }
      const known = await revisions(api);
      return { numbers: known.map(({ revision }) => revision), last: text(known.at(-1)?.metadata?.name) === first };
    },
    { numbers: [2, 3], last: true },
  ),
  contractCase(
    'statefulset: old revisions beyond the limit are deleted',
    async (api) => {
      await createReady(api, 1, { revisionHistoryLimit: 1 });
      for (const tag of [2, 3, 4]) {
        await setImage(api, tag);
        await serveUntil(api, () => isComplete(api));
      }
      // The controller looks at its history only when something happens to the set.
      const touchAndLook = async (): Promise<Loose[]> => {
        const annotations = { touched: String(Date.now()) };
        await api.patch(api.apps('statefulsets/a'), 'merge', { metadata: { annotations } });
        return revisions(api);
      };
      const left = await eventually(touchAndLook, (known) => known.length === 2);
      return left.map(({ revision }) => revision);
    },
    [3, 4],
  ),
  contractCase(
    'statefulset: a Parallel update waits for a Pod that is not ready, but replaces one of the old template',
    async (api) => {
      await createReady(api, 3, parallel);
      await setReady(api, 'a-2', false);
      await awaitStatus(api, api.apps('statefulsets/a'), { readyReplicas: 2 });
      await setImage(api, 2);
      await eventually(
        () => tags(api),
        (all) => all.join() === 'a-0 1,a-1 1,a-2 2',
      );
      await awaitStatus(api, api.apps('statefulsets/a'), { updatedReplicas: 1, replicas: 3 });
      return tags(api);
    },
    ['a-0 1', 'a-1 1', 'a-2 2'],
  ),
];
