/** Lets a deleted PersistentVolumeClaim go once no Pod uses it: takes away the finalizer the API server gave it. */
import { keyOf, splitKey } from '../../api/meta.ts';
import type { ControllerContext, Running } from './context.ts';
import { startController } from './context.ts';
import { isTerminating } from './owners.ts';
import { isScheduled } from './pod-node.ts';
import { isFinished } from './pod-state.ts';
import { claims, nameOf, pods, read, readAll } from './resources.ts';
import type { Claim, Pod } from './shapes.ts';

const finalizer = 'kubernetes.io/pvc-protection';

export function startClaimProtection(context: ControllerContext): Running {
  const { api } = context;
  return startController(context, {
    name: 'claim-protection',
    observe: (watch, queue) => {
      watch(claims, (claim, gone) => {
        if (!gone && isTerminating(claim)) queue.add(keyOf(claim));
      });
      watch(pods, (pod, gone) => {
        if (!gone && !isFinished(pod)) return;
        for (const name of claimNames(pod)) queue.add(`${pod.metadata.namespace ?? ''}/${name}`);
      });
    },
    sync: (key) => {
      const claim = read(api, claims, splitKey(key));
      if (claim === undefined || !isTerminating(claim) || isUsed(context, claim)) return;
      const { finalizers = [], uid } = claim.metadata;
      if (!finalizers.includes(finalizer)) return;
      const left = finalizers.filter((one) => one !== finalizer);
      api.patch(claims, nameOf(claim), { kind: 'merge', body: { metadata: { uid, finalizers: left } } });
    },
  });
}

/** A Pod that is on no machine yet holds nothing: kubelets start none whose claim is being deleted, as upstream. */
export function isUsed({ api }: ControllerContext, { metadata }: Claim): boolean {
  const others = readAll(api, pods, { namespace: metadata.namespace ?? '' });
  return others.some((pod) => isScheduled(pod) && !isFinished(pod) && claimNames(pod).includes(metadata.name ?? ''));
}

function claimNames({ spec }: Pod): string[] {
  return (spec.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) =>
    claim === undefined ? [] : [claim.claimName],
  );
}
