/** The StatefulSet controller: reads, lets `planStatefulSet` decide, carries it out. */
import { splitKey, keyOf } from '../../../api/meta.ts';
import type { ApiObject } from '../../api.ts';
import { claimObjects } from '../claim-objects.ts';
import type { ControllerContext, Running } from '../context.ts';
import { startController } from '../context.ts';
import { EventRecorder } from '../event-recorder.ts';
import type { KeyQueue } from '../key-queue.ts';
import { controllerOf, isSelected } from '../owners.ts';
import { claims, nameOf, pods, read, readAll, statefulSets } from '../resources.ts';
import type { RevisionHistory } from '../revisions.ts';
import { syncRevisions, truncateHistory } from '../revisions.ts';
import type { Pod, StatefulSet } from '../shapes.ts';
import { sameJson } from '../same-json.ts';
import { createMissingClaims, syncClaimOwners } from './claims.ts';
import { ordinalOf, renderStatefulPod, revisionOf } from './identity.ts';
import type { StatefulSetPlan } from './stateful-set-plan.ts';
import { planStatefulSet } from './stateful-set-plan.ts';

export function startStatefulSetController(context: ControllerContext): Running {
  const events = new EventRecorder(context.api, context.clock, 'statefulset-controller');
  return startController(context, {
    name: 'statefulset',
    sync: (key, queue) => new Sync(context, events).run(key, queue),
    observe: (watch, queue) => {
      watch(statefulSets, (set) => queue.add(keyOf(set)));
      watch(pods, (pod) => {
        for (const key of ownersOf(context, pod)) queue.add(key);
      });
      watch(claims, (claim, gone) => {
        if (gone) for (const set of inNamespaceOf(context, claim)) queue.add(keyOf(set));
      });
    },
  });
}

function ownersOf(context: ControllerContext, pod: Pod): string[] {
  const owner = controllerOf(pod);
  if (owner?.kind === 'StatefulSet') return [`${pod.metadata.namespace ?? ''}/${owner.name}`];
  if (owner !== undefined) return [];
  const fits = inNamespaceOf(context, pod).filter((set) => isSelected(set.spec.selector, pod.metadata.labels));
  return fits.map(keyOf);
}

function inNamespaceOf({ api }: ControllerContext, { metadata }: ApiObject): StatefulSet[] {
  return readAll(api, statefulSets, { namespace: metadata.namespace ?? '' });
}

class Sync {
  readonly #context: ControllerContext;
  readonly #events: EventRecorder;

  constructor(context: ControllerContext, events: EventRecorder) {
    this.#context = context;
    this.#events = events;
  }

  run(key: string, queue: KeyQueue): void {
    const { api, clock } = this.#context;
    const set = read(api, statefulSets, splitKey(key));
    if (set === undefined) return;
    const members = claimObjects(api, pods, { owner: set, isMember: (pod) => ordinalOf(set, pod) >= 0 });
    const history = syncRevisions(api, set, set.status?.collisionCount ?? 0);
    const updateRevision = history.update.metadata.name ?? '';
    const known = history.all.find(({ metadata }) => metadata.name === set.status?.currentRevision);
    const currentRevision = known?.metadata.name ?? updateRevision;
    const { collisionCount } = history;
    const now = clock.now();
    const plan = planStatefulSet({ set, pods: members, currentRevision, updateRevision, collisionCount, now });
    syncClaimOwners(api, set, members, plan.condemned);
    this.#carryOut(set, plan, history);
    this.#report(set, plan);
    const live = [currentRevision, updateRevision, plan.status.currentRevision ?? '', ...members.map(revisionOf)];
    truncateHistory(api, set, { all: history.all, inUse: new Set(live) });
    if (plan.checkAgainMs !== undefined) queue.addAfter(key, plan.checkAgainMs);
  }

  #carryOut(set: StatefulSet, plan: StatefulSetPlan, { all }: RevisionHistory): void {
    const { api } = this.#context;
    const { name = '' } = set.metadata;
    for (const pod of plan.remove) {
      const { uid = '' } = pod.metadata;
      api.delete(pods, nameOf(pod), { preconditions: { uid } });
      this.#tell(set, 'SuccessfulDelete', `delete Pod ${pod.metadata.name ?? ''} in StatefulSet ${name} successful`);
    }
    for (const identity of plan.create) {
      const revision = all.find(({ metadata }) => metadata.name === identity.revision);
      const template = revision?.data.spec.template ?? set.spec.template;
      for (const claim of createMissingClaims(api, set, identity.ordinal)) {
        this.#tell(set, 'SuccessfulCreate', `create Claim ${claim} in StatefulSet ${name} successful`);
      }
      const pod = api.create(pods, renderStatefulPod(set, template, identity));
      this.#tell(set, 'SuccessfulCreate', `create Pod ${pod.metadata.name ?? ''} in StatefulSet ${name} successful`);
    }
  }

  #report(set: StatefulSet, { status }: StatefulSetPlan): void {
    const stored = read(this.#context.api, statefulSets, nameOf(set));
    if (stored === undefined || sameJson(withoutZeros(stored.status ?? {}), withoutZeros(status))) return;
    this.#context.api.updateStatus(statefulSets, { ...stored, status: withoutZeros(status) } as ApiObject);
  }

  #tell(set: StatefulSet, reason: string, message: string): void {
    this.#events.record(set, { type: 'Normal', reason, message });
  }
}

/** Counts that are omitted when they are 0; the other three are always written. */
function withoutZeros(status: object): object {
  const always = ['replicas', 'availableReplicas', 'collisionCount'];
  return Object.fromEntries(Object.entries(status).filter(([key, value]) => value !== 0 || always.includes(key)));
}
