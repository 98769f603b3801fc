/** The status a kubelet writes for a Pod in each stage of its life. Pure. */
import type { Condition } from '../../../api/meta.ts';
import type { Container, Pod, PodStatus } from '../shapes.ts';

export interface Stage {
  /** Waiting for something, or running; running is ready or not. */
  readonly state: 'waiting' | 'running' | 'ready';
  readonly waiting?: { readonly reason: string; readonly message?: string };
  readonly podIP?: string;
  readonly hostIP: string;
  /** RFC 3339, whole seconds. */
  readonly time: string;
}

/** The Pod's status in this stage; times of what has not changed are kept. */
export function renderPodStatus(pod: Pod, stage: Stage): PodStatus {
  const { time, hostIP, podIP } = stage;
  const runs = stage.state !== 'waiting';
  const ready = stage.state === 'ready';
  const conditionOf = (type: string, holds: boolean): PodCondition => renderCondition(pod, { type, holds, time });
  const kept = (pod.status?.conditions ?? []).filter(({ type }) => !ownConditions.includes(type));
  const statusOf = (container: Container) => renderContainerStatus(pod, container, stage);
  const { initContainers = [] } = pod.spec;
  return {
    ...pod.status,
    phase: runs ? 'Running' : 'Pending',
    conditions: [
      ...kept,
      conditionOf('PodReadyToStartContainers', runs),
      conditionOf('Initialized', runs || initContainers.length === 0),
      conditionOf('ContainersReady', ready),
      conditionOf('Ready', ready),
    ],
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(podIP === undefined ? {} : { podIP, podIPs: [{ ip: podIP }] }),
    startTime: pod.status?.startTime ?? time,
    ...(initContainers.length === 0 ? {} : { initContainerStatuses: initContainers.map(statusOf) }),
    containerStatuses: pod.spec.containers.map(statusOf),
  };
}

const ownConditions: readonly string[] = ['PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'Ready'];

interface PodCondition extends Condition {
  readonly lastProbeTime: null;
}

interface Fact {
  readonly type: string;
  readonly holds: boolean;
  readonly time: string;
}

/** With the null that the server stores, so that a status that is there already is seen to be the same. */
function renderCondition(pod: Pod, { type, holds, time }: Fact): PodCondition {
  const status = holds ? 'True' : 'False';
  const known = pod.status?.conditions?.find((condition) => condition.type === type);
  const unready = !holds && type.endsWith('Ready') ? { reason: 'ContainersNotReady' } : {};
  const lastTransitionTime = known?.status === status ? (known.lastTransitionTime ?? time) : time;
  return { type, status, lastProbeTime: null, lastTransitionTime, ...unready };
}

function renderContainerStatus(pod: Pod, container: Container, stage: Stage): object {
  const { name, image = '' } = container;
  const head = { name, image, restartCount: 0, lastState: {} };
  if (stage.state === 'waiting') {
    const waiting = stage.waiting ?? { reason: 'ContainerCreating' };
    return { ...head, imageID: '', ready: false, started: false, state: { waiting } };
  }
  const startedAt = findStart(pod, name) ?? stage.time;
  const isDone = pod.spec.initContainers?.includes(container) === true && container.restartPolicy !== 'Always';
  const terminated = { exitCode: 0, reason: 'Completed', startedAt, finishedAt: startedAt };
  return {
    ...head,
    imageID: `sandbox://${image}`,
    containerID: `sandbox://${pod.metadata.uid ?? ''}/${name}`,
    ready: isDone || stage.state === 'ready',
    started: !isDone,
    state: isDone ? { terminated } : { running: { startedAt } },
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly state?: {
    readonly running?: { readonly startedAt?: string };
    readonly terminated?: { readonly startedAt?: string };
  };
}

/** Since when the container runs, as the Pod's status says. */
function findStart({ status }: Pod, name: string): string | undefined {
  const lists = [status?.['containerStatuses'], status?.['initContainerStatuses']] as (ContainerStatus[] | undefined)[];
  const state = lists.flatMap((list) => list ?? []).find((one) => one.name === name)?.state;
  return state?.running?.startedAt ?? state?.terminated?.startedAt;
}
