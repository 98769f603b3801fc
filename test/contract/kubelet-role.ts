/** The case plays the kubelet: neither kube-controller-manager alone nor the sandbox without machines runs Pods. */
import type { Api } from './api.ts';
import type { Loose } from './case.ts';
import { list, names, show, text } from './case.ts';
import { eventually } from './crds.ts';

/** Waits until Pods of these names, and no others, are there and none is being deleted; returns them in that order. */
export async function awaitPods(api: Api, wanted: readonly string[]): Promise<Loose[]> {
  const { body } = await eventually(
    () => api.get(api.core('pods')),
    ({ body: found }) => {
      const isGoing = list(found.items).some(({ metadata }) => metadata?.deletionTimestamp !== undefined);
      return !isGoing && names(found).join() === [...wanted].sort().join();
    },
  );
  return [...list(body.items)];
}

/** Gives a Pod an address and the condition Ready. */
export async function setReady(api: Api, name: string, ready = true): Promise<void> {
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: time }];
  // Names of a ReplicaSet's Pods end at random, now and then in a number that is too large for a byte.
  const ip = `10.1.0.${1 + (Number(/\d+$/.exec(name)?.[0] ?? 0) % 250)}`;
  const status = { phase: 'Running', podIP: ip, podIPs: [{ ip }], conditions };
  const answer = await api.patch(api.core(`pods/${name}/status`), 'strategic', { status });
  if (answer.status !== 200) throw new Error(`Cannot make Pod ${name} ready: ${answer.text}`);
}

/** Waits until the object's status has the given fields; returns the whole status. */
export async function awaitStatus(api: Api, path: string, fields: Readonly<Record<string, unknown>>): Promise<Loose> {
  const { body } = await eventually(
    () => api.get(path),
    ({ body: one }) => Object.entries(fields).every(([key, value]) => show(one.status?.[key]) === show(value)),
  );
  return body.status ?? {};
}

/** Makes each Pod ready as soon as it is there, until `isDone` says so. */
export async function serveUntil(api: Api, isDone: () => Promise<boolean>): Promise<void> {
  const served = new Set<string>();
  const serve = async (): Promise<{ done: boolean; pods: unknown }> => {
    const { body } = await api.get(api.core('pods'));
    for (const { metadata } of list(body.items)) {
      const uid = text(metadata?.uid);
      if (served.has(uid) || metadata?.deletionTimestamp !== undefined) continue;
      served.add(uid);
      await setReady(api, text(metadata?.name)).catch(() => served.delete(uid));
    }
    const pods = list(body.items).map(({ metadata, status }) => [metadata?.name, status?.conditions]);
    return { done: await isDone(), pods };
  };
  await eventually(serve, ({ done }) => done);
}
