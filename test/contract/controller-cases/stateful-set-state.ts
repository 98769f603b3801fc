/** What cases about StatefulSets make and look at: the set `a`, its Pods and its revisions. */
import type { Api } from '../api.ts';
import type { Loose } from '../case.ts';
import { list, show } from '../case.ts';
import { eventually } from '../crds.ts';
import { serveUntil } from '../kubelet-role.ts';
import { statefulSet } from '../manifests.ts';

export const parallel = { podManagementPolicy: 'Parallel' };

/** A set `a` whose Pods are all ready. */
export async function createReady(api: Api, replicas: number, spec: object = {}): Promise<void> {
  await api.create(api.apps('statefulsets'), statefulSet('a', { replicas, ...spec }));
  await serveUntil(api, async () => show((await status(api)).readyReplicas) === String(replicas));
}

export async function status(api: Api): Promise<Loose> {
  return (await api.get(api.apps('statefulsets/a'))).body.status ?? {};
}

/** Deletes a Pod and waits until another one has its name. */
export async function replacePod(api: Api, name: string): Promise<Loose> {
  const before = (await api.delete(api.core(`pods/${name}`))).body;
  const after = await eventually(
    () => api.get(api.core(`pods/${name}`)),
    ({ status: code, body }) => code === 200 && show(body.metadata?.uid) !== show(before.metadata?.uid),
  );
  return after.body;
}

export async function revisions(api: Api): Promise<Loose[]> {
  const { body } = await api.get(api.apps('controllerrevisions'));
  return [...list(body.items)].sort((one, other) => Number(show(one.revision)) - Number(show(other.revision)));
}
