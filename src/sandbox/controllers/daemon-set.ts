/** The DaemonSet controller: a Pod of the present template on every Node that the template's nodeSelector wants. */
import { keyOf, splitKey } from '../../api/meta.ts';
import type { ApiObject, SandboxApi } from '../api.ts';
import { claimObjects } from './claim-objects.ts';
import type { ControllerContext, Running } from './context.ts';
import { startController } from './context.ts';
import { scaleValue } from './deployment/rollout.ts';
import { EventRecorder } from './event-recorder.ts';
import { controllerOf, isTerminating } from './owners.ts';
import { nodeOf, renderNodeAffinity } from './pod-node.ts';
import { isAvailable, isFinished, isReady, nextAvailable } from './pod-state.ts';
import { renderPod } from './render-pod.ts';
import { daemonSets, nameOf, nodes, pods, read, readAll } from './resources.ts';
import type { RevisionHistory } from './revisions.ts';
import { syncRevisions, truncateHistory } from './revisions.ts';
import { sameJson } from './same-json.ts';
import type { DaemonSet, Node, Pod } from './shapes.ts';

const hashLabel = 'controller-revision-hash';

export function startDaemonSetController(context: ControllerContext): Running {
  const { api, clock } = context;
  const events = new EventRecorder(api, clock, 'daemonset-controller');
  return startController(context, {
    name: 'daemonset',
    observe: (watch, queue) => {
      watch(daemonSets, (set) => queue.add(keyOf(set)));
      watch(pods, (pod) => {
        const owner = controllerOf(pod);
        if (owner?.kind === 'DaemonSet') queue.add(`${pod.metadata.namespace ?? ''}/${owner.name}`);
      });
      watch(nodes, () => {
        for (const set of readAll(api, daemonSets)) queue.add(keyOf(set));
      });
    },
    sync: (key, queue) => {
      const set = read(api, daemonSets, splitKey(key));
      if (set === undefined) return;
      const facts = gather(context, set);
      if (!isTerminating(set)) place(context, facts, events);
      report(context, facts);
      truncateHistory(api, set, { all: facts.history.all, inUse: revisionsInUse(facts) });
      const checkAgainMs = nextAvailable(facts.members, set.spec.minReadySeconds ?? 0, clock.now());
      if (checkAgainMs !== undefined) queue.addAfter(key, checkAgainMs);
    },
  });
}

interface DaemonSetFacts {
  readonly set: DaemonSet;
  readonly members: readonly Pod[];
  /** The Nodes that should have a Pod. */
  readonly targets: readonly Node[];
  readonly history: RevisionHistory;
  readonly hash: string;
}

function gather({ api }: ControllerContext, set: DaemonSet): DaemonSetFacts {
  const wanted = Object.entries(set.spec.template.spec.nodeSelector ?? {});
  const targets = readAll(api, nodes).filter(({ metadata }) =>
    wanted.every(([key, value]) => metadata.labels?.[key] === value),
  );
  const history = syncRevisions(api, set, 0);
  const hash = history.update.metadata.labels?.['controller.kubernetes.io/hash'] ?? '';
  return { set, members: claimObjects(api, pods, { owner: set }), targets, history, hash };
}

function place({ api, clock }: ControllerContext, facts: DaemonSetFacts, events: EventRecorder): void {
  const { set, members, targets } = facts;
  const isWanted = (pod: Pod) => !isFinished(pod) && targets.some(({ metadata }) => metadata.name === nodeOf(pod));
  const outdated = listOutdated(facts, clock.now());
  for (const pod of members) {
    if (isTerminating(pod) || (isWanted(pod) && !outdated.includes(pod))) continue;
    api.delete(pods, nameOf(pod), { preconditions: { uid: pod.metadata.uid ?? '' } });
    events.record(set, {
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${pod.metadata.name ?? ''}`,
    });
  }
  cover(api, facts, events);
}

/** Creates the Pods of Nodes that have none. */
function cover(api: SandboxApi, { set, members, targets, hash }: DaemonSetFacts, events: EventRecorder): void {
  const { name = '' } = set.metadata;
  const covered = new Set(members.filter((pod) => !isFinished(pod)).map(nodeOf));
  for (const { metadata } of targets) {
    if (covered.has(metadata.name ?? '')) continue;
    const rendered = renderPod(set, set.spec.template, { generateName: `${name}-`, labels: { [hashLabel]: hash } });
    const spec = { ...rendered.spec, affinity: renderNodeAffinity(metadata.name ?? '') };
    const pod = api.create(pods, { ...rendered, spec } as ApiObject);
    events.record(set, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${pod.metadata.name ?? ''}`,
    });
  }
}

/** Pods of former templates that may go now: as many as maxUnavailable lets be missing. */
function listOutdated({ set, members, targets, hash }: DaemonSetFacts, now: number): Pod[] {
  const { type = 'RollingUpdate', rollingUpdate } = set.spec.updateStrategy ?? {};
  if (type !== 'RollingUpdate') return [];
  const isUp = (pod: Pod) => !isTerminating(pod) && isAvailable(pod, set.spec.minReadySeconds ?? 0, now);
  const old = members.filter((pod) => !isTerminating(pod) && pod.metadata.labels?.[hashLabel] !== hash);
  const limit = Math.max(1, scaleValue(rollingUpdate?.maxUnavailable ?? 1, targets.length, Math.ceil));
  const missing = targets.length - members.filter(isUp).length;
  const down = old.filter((pod) => !isUp(pod));
  return [...down, ...old.filter(isUp).slice(0, Math.max(0, limit - missing))];
}

function revisionsInUse({ set, members, history }: DaemonSetFacts): Set<string> {
  const hashes = members.map(({ metadata }) => `${set.metadata.name ?? ''}-${metadata.labels?.[hashLabel] ?? ''}`);
  return new Set([history.update.metadata.name ?? '', ...hashes]);
}

function report({ api, clock }: ControllerContext, { set, members, targets, hash }: DaemonSetFacts): void {
  const live = targets.flatMap(({ metadata }) => {
    const pod = members.find((one) => !isTerminating(one) && nodeOf(one) === metadata.name);
    return pod === undefined ? [] : [pod];
  });
  const available = live.filter((pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, clock.now())).length;
  const targetNames = targets.map(({ metadata }) => metadata.name);
  const optional = {
    updatedNumberScheduled: live.filter(({ metadata }) => metadata.labels?.[hashLabel] === hash).length,
    numberAvailable: available,
    numberUnavailable: targets.length - available,
  };
  const status = {
    currentNumberScheduled: live.length,
    numberMisscheduled: members.filter((pod) => !isTerminating(pod) && !targetNames.includes(nodeOf(pod))).length,
    desiredNumberScheduled: targets.length,
    numberReady: live.filter(isReady).length,
    observedGeneration: set.metadata.generation ?? 0,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value > 0)),
  };
  const stored = read(api, daemonSets, nameOf(set));
  if (stored === undefined || sameJson(stored.status, status)) return;
  api.updateStatus(daemonSets, { ...stored, status } as ApiObject);
}
