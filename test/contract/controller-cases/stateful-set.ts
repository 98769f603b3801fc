import type { Api } from '../api.ts';
import { verdict } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, names, show, text } from '../case.ts';
import { eventually } from '../crds.ts';
import { awaitPods, awaitStatus, serveUntil, setReady } from '../kubelet-role.ts';
import { podTemplate, statefulSet } from '../manifests.ts';

const parallel = { podManagementPolicy: 'Parallel' };
const claim = {
  metadata: { name: 'db', labels: { l: 'm' } },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

/** A set `a` whose Pods are all ready. */
async function createReady(api: Api, replicas: number, spec: object = {}): Promise<void> {
  await api.create(api.apps('statefulsets'), statefulSet('a', { replicas, ...spec }));
  await serveUntil(api, async () => show((await status(api)).readyReplicas) === String(replicas));
}

async function status(api: Api): Promise<Loose> {
  return (await api.get(api.apps('statefulsets/a'))).body.status ?? {};
}

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

/** Deletes a Pod and waits until another one has its name. */
async function replacePod(api: Api, name: string): Promise<Loose> {
  const before = (await api.delete(api.core(`pods/${name}`))).body;
  const after = await eventually(
    () => api.get(api.core(`pods/${name}`)),
    ({ status: code, body }) => code === 200 && show(body.metadata?.uid) !== show(before.metadata?.uid),
  );
  return after.body;
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

async function revisions(api: Api): Promise<Loose[]> {
  const { body } = await api.get(api.apps('controllerrevisions'));
  return [...list(body.items)].sort((one, other) => Number(show(one.revision)) - Number(show(other.revision)));
}

/** Names of revisions by the order they came: r1, r2… */
function byRevision(known: readonly Loose[], name: unknown): string {
  return `r${1 + known.findIndex(({ metadata }) => show(metadata?.name) === show(name))}`;
}

export const statefulSetCases: readonly ContractCase[] = [
  contractCase(
    'statefulset: OrderedReady makes one Pod after the other, each when the one before is ready',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a', { replicas: 2 }));
      await awaitPods(api, ['a-0']);
      const first = await awaitStatus(api, api.apps('statefulsets/a'), { replicas: 1 });
      await setReady(api, 'a-0');
      await awaitPods(api, ['a-0', 'a-1']);
      const second = await awaitStatus(api, api.apps('statefulsets/a'), { replicas: 2 });
      return [first, second].map(({ replicas, readyReplicas = 0, currentReplicas, updatedReplicas }) => [
        replicas,
        readyReplicas,
        currentReplicas,
        updatedReplicas,
      ]);
    },
    [
      [1, 0, 1, 1],
      [2, 1, 2, 2],
    ],
  ),
  contractCase(
    'statefulset: Parallel makes all Pods at once, and the status is complete',
    async (api) => {
      await createReady(api, 3, parallel);
      const { currentRevision, updateRevision, ...rest } = await awaitStatus(api, api.apps('statefulsets/a'), {
        availableReplicas: 3,
      });
      return { rest, same: show(currentRevision) === show(updateRevision) };
    },
    {
      rest: {
        observedGeneration: 1,
        replicas: 3,
        readyReplicas: 3,
        currentReplicas: 3,
        updatedReplicas: 3,
        collisionCount: 0,
        availableReplicas: 3,
      },
      same: true,
    },
  ),
  contractCase(
    'statefulset: a Pod has the name, host name, labels, owner and claim of its ordinal',
    async (api) => {
      const template = { ...podTemplate('a'), metadata: { labels: { app: 'a' }, annotations: { n: 'o' } } };
      await api.create(api.apps('statefulsets'), statefulSet('a', { template, volumeClaimTemplates: [claim] }));
      const [pod] = await awaitPods(api, ['a-0']);
      const { labels, annotations, generateName, ownerReferences } = pod?.metadata ?? {};
      const { hostname, subdomain, volumes } = pod?.spec ?? {};
      return { labels, annotations, generateName, ownerReferences, hostname, subdomain, volumes };
    },
    {
      labels: {
        app: 'a',
        'apps.kubernetes.io/pod-index': '0',
        'controller-revision-hash': 'a-85979fb9d6',
        'statefulset.kubernetes.io/pod-name': 'a-0',
      },
      annotations: { n: 'o' },
      generateName: 'a-',
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          name: 'a',
          uid: 'UID',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      hostname: 'a-0',
      subdomain: 'a',
      volumes: [{ name: 'db', persistentVolumeClaim: { claimName: 'db-a-0' } }],
    },
  ),
  contractCase(
    'statefulset: the revision is named by the hash of the template and holds it',
    async (api) => {
      await api.create(api.apps('statefulsets'), {
        ...statefulSet('a'),
        metadata: { name: 'a', annotations: { n: 'o' } },
      });
      await awaitPods(api, ['a-0']);
      const [revision] = await revisions(api);
      const { name, labels, annotations, ownerReferences } = revision?.metadata ?? {};
      return {
        name,
        labels,
        annotations,
        owner: list(ownerReferences)[0]?.name,
        data: revision?.data,
        number: revision?.revision,
      };
    },
    {
      name: 'a-668c49dcf5',
      labels: { app: 'a', 'controller.kubernetes.io/hash': '668c49dcf5' },
      annotations: { n: 'o' },
      owner: 'a',
      data: {
        spec: {
          template: {
            $patch: 'replace',
            metadata: { labels: { app: 'a' } },
            spec: {
              containers: [
                {
                  name: 'main',
                  image: 'example.test/app:1',
                  imagePullPolicy: 'IfNotPresent',
                  resources: {},
                  terminationMessagePath: '/dev/termination-log',
                  terminationMessagePolicy: 'File',
                },
              ],
              dnsPolicy: 'ClusterFirst',
              restartPolicy: 'Always',
              schedulerName: 'default-scheduler',
              securityContext: {},
              terminationGracePeriodSeconds: 0,
            },
          },
        },
      },
      number: 1,
    },
  ),
  contractCase(
    'statefulset: a claim has the labels of its template and of the selector',
    async (api) => {
      await api.create(api.apps('statefulsets'), statefulSet('a', { volumeClaimTemplates: [claim] }));
      await awaitPods(api, ['a-0']);
      const { body } = await api.get(api.core('persistentvolumeclaims/db-a-0'));
      return { labels: body.metadata?.labels, owners: list(body.metadata?.ownerReferences).length, spec: body.spec };
    },
    { labels: { app: 'a', l: 'm' }, owners: 0, spec: { ...claim.spec, volumeMode: 'Filesystem' } },
  ),
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
    'statefulset: scaling down removes the highest ordinals, one by one and highest first when ordered',
    async (api) => {
      await createReady(api, 3);
      const watch = await api.watch(`${api.core('pods')}?resourceVersion=0`);
      await api.patch(api.apps('statefulsets/a/scale'), 'merge', { spec: { replicas: 1 } });
      await awaitPods(api, ['a-0']);
      await awaitStatus(api, api.apps('statefulsets/a'), { replicas: 1, currentReplicas: 1 });
      await watch.until(({ type, object }) => type === 'DELETED' && show(object.metadata?.name) === 'a-1');
      return watch.events.filter(({ type }) => type === 'DELETED').map(({ object }) => object.metadata?.name);
    },
    ['a-2', 'a-1'],
  ),
  contractCase(
    'statefulset: scaled to zero it has no Pods and a status of zeros',
    async (api) => {
      await createReady(api, 2, parallel);
      await api.patch(api.apps('statefulsets/a'), 'merge', { spec: { replicas: 0 } });
      await awaitPods(api, []);
      const { currentRevision, updateRevision, ...rest } = await awaitStatus(api, api.apps('statefulsets/a'), {
        replicas: 0,
        observedGeneration: 2,
      });
      return { rest, revisions: [typeof currentRevision, typeof updateRevision] };
    },
    {
      rest: { observedGeneration: 2, replicas: 0, collisionCount: 0, availableReplicas: 0 },
      revisions: ['string', 'string'],
    },
  ),
  contractCase(
    'statefulset: a deleted Pod comes back under its name with another uid',
    async (api) => {
      await createReady(api, 1);
      const pod = await replacePod(api, 'a-0');
      return pod.metadata?.labels?.['apps.kubernetes.io/pod-index'];
    },
    '0',
  ),
  contractCase(
    'statefulset: a failed Pod is replaced',
    async (api) => {
      await createReady(api, 1);
      const [before] = await awaitPods(api, ['a-0']);
      await api.patch(api.core('pods/a-0/status'), 'merge', { status: { phase: 'Failed' } });
      const after = await eventually(
        () => api.get(api.core('pods/a-0')),
        ({ status: code, body }) => code === 200 && show(body.metadata?.uid) !== show(before?.metadata?.uid),
      );
      return after.body.status?.phase;
    },
    'Pending',
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
    'statefulset: ordinals begin where spec.ordinals says',
    async (api) => {
      await api.create(
        api.apps('statefulsets'),
        statefulSet('a', { ...parallel, replicas: 2, ordinals: { start: 5 } }),
      );
      const pods = await awaitPods(api, ['a-5', 'a-6']);
      return pods.map(({ metadata }) => metadata?.labels?.['apps.kubernetes.io/pod-index']);
    },
    ['5', '6'],
  ),
  contractCase(
    'statefulset: with minReadySeconds a ready Pod is available only later',
    async (api) => {
      await createReady(api, 1, { minReadySeconds: 2 });
      const early = (await status(api)).availableReplicas;
      await awaitStatus(api, api.apps('statefulsets/a'), { availableReplicas: 1 });
      return early;
    },
    0,
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
  contractCase(
    'statefulset: whenScaled Delete gives the claim of a removed Pod to that Pod, whenDeleted Delete all claims to the set',
    async (api) => {
      const persistentVolumeClaimRetentionPolicy = { whenDeleted: 'Delete', whenScaled: 'Delete' };
      await createReady(api, 2, { ...parallel, volumeClaimTemplates: [claim], persistentVolumeClaimRetentionPolicy });
      const ownersOf = async (name: string) => {
        const { body } = await api.get(api.core(`persistentvolumeclaims/${name}`));
        return list(body.metadata?.ownerReferences).map(({ kind, name: owner, controller, blockOwnerDeletion }) => [
          kind,
          owner,
          controller ?? null,
          blockOwnerDeletion ?? null,
        ]);
      };
      const kept = await eventually(
        () => ownersOf('db-a-0'),
        (owners) => owners.length === 1,
      );
      await api.patch(api.apps('statefulsets/a/scale'), 'merge', { spec: { replicas: 1 } });
      await awaitPods(api, ['a-0']);
      const gone = await eventually(
        () => api.get(api.core('persistentvolumeclaims/db-a-1')),
        ({ status: code, body }) => code === 404 || body.metadata?.deletionTimestamp !== undefined,
      );
      return { kept, gone: gone.status === 404 || gone.body.metadata?.deletionTimestamp !== undefined };
    },
    { kept: [['StatefulSet', 'a', true, true]], gone: true },
  ),
  contractCase(
    'statefulset: deleted with orphan its Pods stay, and a new set of the name adopts them',
    async (api) => {
      await createReady(api, 1);
      const [before] = await awaitPods(api, ['a-0']);
      await api.delete(`${api.apps('statefulsets/a')}?propagationPolicy=Orphan`);
      await eventually(
        () => api.get(api.apps('statefulsets/a')),
        ({ status: code }) => code === 404,
      );
      const [orphan] = await awaitPods(api, ['a-0']);
      const made = await api.create(api.apps('statefulsets'), statefulSet('a'));
      const adopted = await eventually(
        () => api.get(api.core('pods/a-0')),
        ({ body }) => show(list(body.metadata?.ownerReferences)[0]?.uid) === show(made.metadata?.uid),
      );
      return {
        owners: list(orphan?.metadata?.ownerReferences).length,
        same: show(adopted.body.metadata?.uid) === show(before?.metadata?.uid),
      };
    },
    { owners: 0, same: true },
  ),
  contractCase(
    'statefulset: deleted in the foreground it ends after its Pods',
    async (api) => {
      await createReady(api, 2, parallel);
      const sets = await api.watch(`${api.apps('statefulsets')}?resourceVersion=0`);
      await api.patch(api.core('pods/a-0'), 'merge', { metadata: { finalizers: ['example.test/wait'] } });
      await api.delete(api.apps('statefulsets/a'), { propagationPolicy: 'Foreground' });
      await eventually(
        () => api.get(api.core('pods')),
        ({ body }) => names(body).join() === 'a-0',
      );
      const waiting = verdict(await api.get(api.apps('statefulsets/a')));
      await api.patch(api.core('pods/a-0'), 'merge', { metadata: { finalizers: null } });
      await sets.until(({ type }) => type === 'DELETED');
      return { waiting, pods: names((await api.get(api.core('pods'))).body) };
    },
    { waiting: '200', pods: [] },
  ),
];
