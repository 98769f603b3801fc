/** The Deployment controller: a ReplicaSet for each template, rolled over step by step. */
import { keyOf, splitKey } from '../../../api/meta.ts';
import type { ApiObject, SandboxApi } from '../../api.ts';
import { renderTime } from '../../rest/backend.ts';
import { claimObjects } from '../claim-objects.ts';
import type { ControllerContext, Running } from '../context.ts';
import { startController } from '../context.ts';
import { EventRecorder } from '../event-recorder.ts';
import { controllerOf, isTerminating, renderControllerReference } from '../owners.ts';
import type { NewObject } from '../resources.ts';
import { deployments, nameOf, read, replicaSets } from '../resources.ts';
import { hashRevision } from '../revision-hash.ts';
import { sameJson } from '../same-json.ts';
import type { Deployment, ReplicaSet } from '../shapes.ts';
import { planRollout } from './rollout.ts';
import { renderDeploymentStatus } from './status.ts';

const hashLabel = 'pod-template-hash';
const revisionAnnotation = 'deployment.kubernetes.io/revision';

export function startDeploymentController(context: ControllerContext): Running {
  const { api, clock } = context;
  const events = new EventRecorder(api, clock, 'deployment-controller');
  return startController(context, {
    name: 'deployment',
    observe: (watch, queue) => {
      watch(deployments, (deployment) => queue.add(keyOf(deployment)));
      watch(replicaSets, (set) => {
        const owner = controllerOf(set);
        if (owner?.kind === 'Deployment') queue.add(`${set.metadata.namespace ?? ''}/${owner.name}`);
      });
    },
    sync: (key) => {
      const deployment = read(api, deployments, splitKey(key));
      if (deployment === undefined) return;
      const sets = claimObjects(api, replicaSets, { owner: deployment });
      if (!isTerminating(deployment)) rollOut(context, { deployment, sets, events });
      report(context, key);
    },
  });
}

interface Members {
  readonly deployment: Deployment;
  readonly sets: readonly ReplicaSet[];
  readonly events: EventRecorder;
}

function rollOut({ api }: ControllerContext, { deployment, sets, events }: Members): void {
  const known = findCurrent(deployment, sets);
  if (known === undefined && deployment.spec.paused === true) return;
  const current = known ?? createSet(api, deployment, sets);
  const sizes = new Map(sets.map(({ metadata, spec }) => [metadata.name ?? '', spec.replicas]));
  const recordScaling = (name: string, to: number): void => {
    const from = sizes.get(name) ?? 0;
    sizes.set(name, to);
    if (from === to) return;
    const message = `Scaled ${to > from ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`;
    events.record(deployment, { type: 'Normal', reason: 'ScalingReplicaSet', message });
  };
  recordScaling(current.metadata.name ?? '', current.spec.replicas);
  const old = sets.filter(({ metadata }) => metadata.uid !== current.metadata.uid);
  publishRevision(api, deployment, current, old);
  for (const [setName, replicas] of planRollout({ deployment, current, old })) {
    const id = { namespace: deployment.metadata.namespace ?? '', name: setName };
    api.patch(replicaSets, id, { kind: 'merge', body: { spec: { replicas } } });
    recordScaling(setName, replicas);
  }
  deleteOldSets(api, deployment, old);
}

function findCurrent(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return sets.find(({ spec }) => sameJson(withoutHash(spec.template), withoutHash(deployment.spec.template)));
}

function withoutHash({ metadata, spec }: Deployment['spec']['template']): object {
  const { [hashLabel]: _hash, ...labels } = metadata?.labels ?? {};
  return { metadata: { ...metadata, labels }, spec };
}

/** Creates the set of the present template in the size that the rollout gives it first. */
function createSet(api: SandboxApi, deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet {
  const empty = renderSet(deployment, sets, 0) as unknown as ReplicaSet;
  const size = planRollout({ deployment, current: empty, old: sets }).get(empty.metadata.name ?? '') ?? 0;
  return api.create(replicaSets, renderSet(deployment, sets, size)) as ReplicaSet;
}

function renderSet(deployment: Deployment, sets: readonly ReplicaSet[], replicas: number): NewObject {
  const { name = '', namespace = '' } = deployment.metadata;
  const { template, selector, minReadySeconds } = deployment.spec;
  const hash = hashRevision(template, 0);
  const labels = { ...template.metadata?.labels, [hashLabel]: hash };
  const revision = String(1 + Math.max(0, ...sets.map(revisionOf)));
  return {
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: { [revisionAnnotation]: revision },
      ownerReferences: [renderControllerReference(deployment)],
    },
    spec: {
      replicas,
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
    },
  };
}

function revisionOf({ metadata }: ApiObject): number {
  return Number(metadata.annotations?.[revisionAnnotation] ?? 0);
}

/** A template that comes back makes its old set the newest again. */
function publishRevision(
  api: SandboxApi,
  deployment: Deployment,
  current: ReplicaSet,
  old: readonly ReplicaSet[],
): void {
  const newest = Math.max(0, ...old.map(revisionOf));
  const revision = revisionOf(current) > newest ? revisionOf(current) : newest + 1;
  const body = { metadata: { annotations: { [revisionAnnotation]: String(revision) } } };
  if (revisionOf(current) !== revision) api.patch(replicaSets, nameOf(current), { kind: 'merge', body });
  if (revisionOf(deployment) !== revision) api.patch(deployments, nameOf(deployment), { kind: 'merge', body });
}

function deleteOldSets(api: SandboxApi, deployment: Deployment, old: readonly ReplicaSet[]): void {
  const empty = old.filter(({ spec, status }) => spec.replicas === 0 && (status?.replicas ?? 0) === 0);
  const excess = empty.length - (deployment.spec.revisionHistoryLimit ?? 10);
  const oldest = [...empty].sort((one, other) => revisionOf(one) - revisionOf(other));
  for (const set of oldest.slice(0, Math.max(0, excess))) api.delete(replicaSets, nameOf(set));
}

function report({ api, clock }: ControllerContext, key: string): void {
  const deployment = read(api, deployments, splitKey(key));
  if (deployment === undefined) return;
  const sets = claimObjects(api, replicaSets, { owner: deployment });
  const current = findCurrent(deployment, sets);
  const status = renderDeploymentStatus({ deployment, current, sets, time: renderTime(clock) });
  if (!sameJson(deployment.status, status)) api.updateStatus(deployments, { ...deployment, status } as ApiObject);
}
