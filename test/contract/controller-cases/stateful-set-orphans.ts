/** StatefulSets that are made anew around their Pods. */
import type { Api } from '../api.ts';
import type { ContractCase, Loose } from '../case.ts';
import { contractCase, list, show } from '../case.ts';
import { eventually } from '../crds.ts';
import { awaitPods, awaitStatus } from '../kubelet-role.ts';
import { claimTemplate, podTemplate, statefulSet } from '../manifests.ts';
import { createReady, parallel, revisions } from './stateful-set-state.ts';

const podNames = ['a-0', 'a-1'];

/** Deletes the set and leaves its Pods; resolves with them. */
async function orphan(api: Api): Promise<Loose[]> {
  await api.delete(`${api.apps('statefulsets/a')}?propagationPolicy=Orphan`);
  await eventually(
    () => api.get(api.apps('statefulsets/a')),
    ({ status }) => status === 404,
  );
  return awaitPods(api, podNames);
}

const ownersOf = ({ metadata }: Loose): unknown[] =>
  list(metadata?.ownerReferences).map(({ kind, name, uid, controller }) => [kind, name, controller, show(uid)]);

/** Its Pods once all have an owner. */
async function awaitAdoption(api: Api): Promise<readonly Loose[]> {
  const { body } = await eventually(
    () => api.get(api.core('pods')),
    ({ body: found }) => list(found.items).every((pod) => ownersOf(pod).length > 0),
  );
  return list(body.items);
}

const uidsOf = (pods: readonly Loose[]): string => pods.map(({ metadata }) => show(metadata?.uid)).join();

const hashesOf = (pods: readonly Loose[]): string =>
  pods.map(({ metadata }) => show(metadata?.labels?.['controller-revision-hash'])).join();

export const statefulSetOrphanCases: readonly ContractCase[] = [
  contractCase(
    'statefulset: orphan deletion leaves its Pods, its claims and its revisions without an owner',
    async (api) => {
      await createReady(api, 2, { ...parallel, volumeClaimTemplates: [claimTemplate('db')] });
      const before = uidsOf(await awaitPods(api, podNames));
      const pods = await orphan(api);
      const claims = (await api.get(api.core('persistentvolumeclaims'))).body;
      return {
        same: uidsOf(pods) === before,
        owners: [pods.map(ownersOf), list(claims.items).map(ownersOf), (await revisions(api)).map(ownersOf)],
        phases: pods.map(({ status }) => status?.phase),
      };
    },
    { same: true, owners: [[[], []], [[], []], [[]]], phases: ['Running', 'Running'] },
  ),
  contractCase(
    'statefulset: one that is made anew with other claim templates adopts the Pods that run, and restarts none',
    async (api) => {
      await createReady(api, 2, { ...parallel, volumeClaimTemplates: [claimTemplate('db')] });
      const before = uidsOf(await orphan(api));
      const [template] = [claimTemplate('db')];
      const larger = { ...template, spec: { ...template.spec, resources: { requests: { storage: '2Gi' } } } };
      const made = await api.create(
        api.apps('statefulsets'),
        statefulSet('a', { replicas: 2, ...parallel, volumeClaimTemplates: [larger] }),
      );
      const pods = await awaitAdoption(api);
      // Its observedGeneration may be that of the set before, and stay so: kube-controller-manager never counts it down.
      const { replicas, readyReplicas, updatedReplicas } = await awaitStatus(api, api.apps('statefulsets/a'), {
        readyReplicas: 2,
        updatedReplicas: 2,
      });
      const uid = show(made.metadata?.uid);
      return {
        same: uidsOf(pods) === before,
        owned: pods.every((pod) => JSON.stringify(ownersOf(pod)) === JSON.stringify([['StatefulSet', 'a', true, uid]])),
        status: [replicas, readyReplicas, updatedReplicas],
        revisions: (await revisions(api)).length,
        adopted: (await revisions(api)).every((one) => show(list(one.metadata?.ownerReferences)[0]?.uid) === uid),
      };
    },
    { same: true, owned: true, status: [2, 2, 2], revisions: 1, adopted: true },
  ),
  contractCase(
    'statefulset: one that is made anew with another template adopts the Pods, then replaces the one of the highest ordinal',
    async (api) => {
      await createReady(api, 2, parallel);
      const before = await orphan(api);
      const template = podTemplate('a', { containers: [{ name: 'main', image: 'example.test/app:2' }] });
      await api.create(api.apps('statefulsets'), statefulSet('a', { replicas: 2, ...parallel, template }));
      const [first, second] = (
        await eventually(
          () => api.get(api.core('pods')),
          ({ body }) => {
            const pods = list(body.items);
            const [, last] = pods;
            const isNew = show(last?.metadata?.uid) !== show(before[1]?.metadata?.uid);
            return pods.length === 2 && isNew && pods.every((pod) => ownersOf(pod).length === 1);
          },
        )
      ).body.items as unknown as Loose[];
      return {
        kept: show(first?.metadata?.uid) === show(before[0]?.metadata?.uid),
        hashes: hashesOf([first ?? {}]) === hashesOf(before.slice(0, 1)),
        replaced: hashesOf([second ?? {}]) !== hashesOf(before.slice(1)),
        revisions: (await revisions(api)).length,
      };
    },
    { kept: true, hashes: true, replaced: true, revisions: 2 },
  ),
  contractCase(
    'statefulset: one that is made anew adopts no Pod that another controller owns',
    async (api) => {
      await createReady(api, 2, parallel);
      const [first] = await orphan(api);
      const owner = await api.create(api.core('configmaps'), { metadata: { name: 'other' } });
      const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'other', uid: owner.metadata?.uid };
      await api.patch(api.core('pods/a-0'), 'merge', {
        metadata: { ownerReferences: [{ ...reference, controller: true }] },
      });
      await api.create(api.apps('statefulsets'), statefulSet('a', { replicas: 2, ...parallel }));
      await eventually(
        () => api.get(api.core('pods/a-1')),
        ({ body }) => ownersOf(body).length === 1,
      );
      const { body } = await api.get(api.core('pods/a-0'));
      return {
        kind: list(body.metadata?.ownerReferences).map(({ kind }) => kind),
        same: show(body.metadata?.uid) === show(first?.metadata?.uid),
      };
    },
    { kind: ['ConfigMap'], same: true },
  ),
];
