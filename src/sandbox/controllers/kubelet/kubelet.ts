/** The kubelets of all Nodes in one: Pods get an address, run, become ready and end. No container ever runs. */
import { keyOf, splitKey } from '../../../api/meta.ts';
import type { ApiObject } from '../../api.ts';
import { renderTime } from '../../rest/backend.ts';
import type { ControllerContext, Running } from '../context.ts';
import { startController } from '../context.ts';
import { EventRecorder } from '../event-recorder.ts';
import type { KeyQueue } from '../key-queue.ts';
import { isTerminating } from '../owners.ts';
import { isFinished } from '../pod-state.ts';
import { nameOf, nodes, pods, read } from '../resources.ts';
import { sameJson } from '../same-json.ts';
import type { Node, Pod } from '../shapes.ts';
import { Addresses } from './addresses.ts';
import type { Stage } from './pod-status.ts';
import { renderPodStatus } from './pod-status.ts';
import { findMissing } from './references.ts';

export interface KubeletOptions {
  /** From the moment a Pod can start until it runs and, its probes willing, is ready. */
  readonly startMs: number;
  /** From the deletion of a running Pod to its end, unless its grace period is shorter. */
  readonly stopMs: number;
  /** How often a Pod looks again for what it misses. */
  readonly lookAgainMs: number;
}

/** "false" on a Pod keeps it running but not ready, and takes its readiness away. */
const readyAnnotation = 'sandbox.stoker.dev/ready';
/** A container image whose name or tag holds this word never becomes ready. */
const neverReady = 'never-ready';

export function startKubelet(context: ControllerContext, options: KubeletOptions): Running {
  const kubelet = new Kubelet(context, options);
  return startController(context, {
    name: 'kubelet',
    sync: (key, queue) => kubelet.sync(key, queue),
    observe: (watch, queue) =>
      watch(pods, (pod, gone) => {
        if (gone) kubelet.forget(pod);
        else if ((pod.spec.nodeName ?? '') !== '') queue.add(keyOf(pod));
      }),
  });
}

class Kubelet {
  readonly #context: ControllerContext;
  readonly #options: KubeletOptions;
  readonly #events: EventRecorder;
  readonly #addresses = new Addresses();
  /** When each Pod may change its stage, by uid: monotonic milliseconds. */
  readonly #startAt = new Map<string, number>();
  readonly #endAt = new Map<string, number>();

  constructor(context: ControllerContext, options: KubeletOptions) {
    this.#context = context;
    this.#options = options;
    this.#events = new EventRecorder(context.api, context.clock, 'kubelet');
  }

  sync(key: string, queue: KeyQueue): void {
    const pod = read(this.#context.api, pods, splitKey(key));
    if (pod?.spec.nodeName === undefined || pod.spec.nodeName === '' || isFinished(pod)) return;
    const waitMs = isTerminating(pod) ? this.#end(pod) : this.#run(pod);
    if (waitMs !== undefined) queue.addAfter(key, waitMs);
  }

  forget({ metadata: { uid = '' } }: Pod): void {
    this.#addresses.release(uid);
    this.#startAt.delete(uid);
    this.#endAt.delete(uid);
  }

  /** Returns how long to wait for the next step, if there is one. */
  #end(pod: Pod): number | undefined {
    const { uid = '', deletionGracePeriodSeconds = 0 } = pod.metadata;
    const waitMs = this.#remaining(this.#endAt, uid, Math.min(deletionGracePeriodSeconds * 1000, this.#options.stopMs));
    if (waitMs > 0) return waitMs;
    this.#context.api.delete(pods, nameOf(pod), { gracePeriodSeconds: 0, preconditions: { uid } });
    return undefined;
  }

  #run(pod: Pod): number | undefined {
    const { uid = '' } = pod.metadata;
    const missing = pod.status?.phase === 'Running' ? undefined : findMissing(this.#context.api, pod);
    if (missing !== undefined) {
      const { reason, waiting, message } = missing;
      this.#report(pod, { state: 'waiting', waiting: { reason: waiting, message } });
      this.#events.record(pod, { type: 'Warning', reason, message });
      return this.#options.lookAgainMs;
    }
    const waitMs = pod.status?.phase === 'Running' ? 0 : this.#remaining(this.#startAt, uid, this.#options.startMs);
    if (waitMs > 0) this.#report(pod, { state: 'waiting', waiting: { reason: 'ContainerCreating' } });
    else this.#report(pod, { state: isHeldBack(pod) ? 'running' : 'ready' });
    return waitMs > 0 ? waitMs : undefined;
  }

  /** Milliseconds left of `ms`, counted from the first time it was asked for this Pod. */
  #remaining(deadlines: Map<string, number>, uid: string, ms: number): number {
    const now = this.#context.clock.monotonic();
    const at = deadlines.get(uid) ?? now + ms;
    deadlines.set(uid, at);
    return Math.max(0, at - now);
  }

  #report(pod: Pod, { state, waiting }: Pick<Stage, 'state' | 'waiting'>): void {
    const { api, clock } = this.#context;
    const time = renderTime(clock);
    const node = read(api, nodes, { namespace: '', name: pod.spec.nodeName ?? '' });
    const hostIP = addressOf(node);
    const podIP = state === 'waiting' ? undefined : this.#addressOf(pod, hostIP);
    const status = renderPodStatus(pod, {
      state,
      time,
      hostIP,
      ...(podIP === undefined ? {} : { podIP }),
      ...(waiting === undefined ? {} : { waiting }),
    });
    if (!sameJson(status, pod.status)) api.updateStatus(pods, { ...pod, status } as ApiObject);
  }

  #addressOf(pod: Pod, hostIP: string): string {
    if (pod.spec.hostNetwork === true) return hostIP;
    const network = Number(hostIP.split('.').at(-1) ?? 0);
    return this.#addresses.take(pod.metadata.uid ?? '', network, pod.status?.podIP);
  }
}

function addressOf(node: Node | undefined): string {
  return node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '192.0.2.254';
}

function isHeldBack({ metadata, spec }: Pod): boolean {
  const images = spec.containers.map(({ image = '' }) => image);
  return metadata.annotations?.[readyAnnotation] === 'false' || images.some((image) => image.includes(neverReady));
}
