/** The ReplicaSet controller: as many Pods of its template as it says. */
import { keyOf, splitKey } from '../../../api/meta.ts';
import type { ApiObject } from '../../api.ts';
import { claimObjects } from '../claim-objects.ts';
import type { ControllerContext, Running } from '../context.ts';
import { startController } from '../context.ts';
import { EventRecorder } from '../event-recorder.ts';
import { controllerOf, isTerminating } from '../owners.ts';
import { isActive, isAvailable, isReady, nextAvailable } from '../pod-state.ts';
import { renderPod } from '../render-pod.ts';
import { nameOf, pods, read, replicaSets } from '../resources.ts';
import { sameJson } from '../same-json.ts';
import type { Pod, ReplicaSet } from '../shapes.ts';

export function startReplicaSetController(context: ControllerContext): Running {
  const { api, clock } = context;
  const events = new EventRecorder(api, clock, 'replicaset-controller');
  return startController(context, {
    name: 'replicaset',
    observe: (watch, queue) => {
      watch(replicaSets, (set) => queue.add(keyOf(set)));
      watch(pods, (pod) => {
        const owner = controllerOf(pod);
        if (owner?.kind === 'ReplicaSet') queue.add(`${pod.metadata.namespace ?? ''}/${owner.name}`);
      });
    },
    sync: (key, queue) => {
      const set = read(api, replicaSets, splitKey(key));
      if (set === undefined) return;
      const members = claimObjects(api, pods, { owner: set });
      const active = members.filter(isActive);
      if (!isTerminating(set)) scale(context, { set, active, events });
      report(context, set, members);
      const checkAgainMs = nextAvailable(active, set.spec.minReadySeconds ?? 0, clock.now());
      if (checkAgainMs !== undefined) queue.addAfter(key, checkAgainMs);
    },
  });
}

interface Members {
  readonly set: ReplicaSet;
  readonly active: readonly Pod[];
  readonly events: EventRecorder;
}

function scale({ api }: ControllerContext, { set, active, events }: Members): void {
  const { name = '' } = set.metadata;
  for (let count = active.length; count < set.spec.replicas; count += 1) {
    const pod = api.create(pods, renderPod(set, set.spec.template, { generateName: `${name}-` }));
    events.record(set, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${pod.metadata.name ?? ''}`,
    });
  }
  const excess = Math.max(0, active.length - set.spec.replicas);
  for (const pod of [...active].sort(byWorth).slice(0, excess)) {
    const { uid = '', name: podName = '' } = pod.metadata;
    api.delete(pods, nameOf(pod), { preconditions: { uid } });
    events.record(set, { type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${podName}` });
  }
}

/** What goes first: Pods without a node, then those not ready, then the youngest. */
function byWorth(one: Pod, other: Pod): number {
  const worth = (pod: Pod): number => ((pod.spec.nodeName ?? '') === '' ? 0 : 1) + (isReady(pod) ? 1 : 0);
  const age = (pod: Pod): number => Date.parse(pod.metadata.creationTimestamp ?? '') || 0;
  return worth(one) - worth(other) || age(other) - age(one);
}

/** The counts are those of before this turn, as in Kubernetes: created Pods are counted when they are seen. */
function report({ api, clock }: ControllerContext, set: ReplicaSet, members: readonly Pod[]): void {
  const active = members.filter(isActive);
  const { template, minReadySeconds = 0 } = set.spec;
  const wanted = Object.entries(template.metadata?.labels ?? {});
  const isLabelled = ({ metadata }: Pod) => wanted.every(([key, value]) => metadata.labels?.[key] === value);
  const count = (accepts: (pod: Pod) => boolean): number => active.filter(accepts).length;
  const counts = {
    fullyLabeledReplicas: count(isLabelled),
    readyReplicas: count(isReady),
    availableReplicas: count((pod) => isAvailable(pod, minReadySeconds, clock.now())),
  };
  const status = {
    replicas: active.length,
    ...Object.fromEntries(Object.entries(counts).filter(([, value]) => value > 0)),
    terminatingReplicas: members.filter(isTerminating).length,
    observedGeneration: set.metadata.generation ?? 0,
  };
  const stored = read(api, replicaSets, nameOf(set));
  if (stored !== undefined && !sameJson(stored.status, status)) {
    api.updateStatus(replicaSets, { ...stored, status } as ApiObject);
  }
}
