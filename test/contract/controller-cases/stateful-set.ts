import { verdict } from '../api.ts';
import type { ContractCase } from '../case.ts';
import { contractCase, list, names, show } from '../case.ts';
import { eventually } from '../crds.ts';
import { awaitPods, awaitStatus, setReady } from '../kubelet-role.ts';
import { podTemplate, statefulSet } from '../manifests.ts';
import { parallel, createReady, status, replacePod, revisions } from './stateful-set-state.ts';

const claim = {
  metadata: { name: 'db', labels: { l: 'm' } },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

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
