import { equalJson } from '../../base/json.ts';
import type { GuardStep } from '../desired/guard-steps.ts';
import type { Step } from '../desired/steps.ts';
import type { Guard } from '../render/shared/guard.ts';
import { allowPorts } from '../render/shared/network-policy.ts';
import type { NetworkPolicy, PodTemplate, StatefulSet, StatefulSetSpec } from '../render/shared/rendered-objects.ts';
import { isChangeable } from '../render/shared/immutable-fields.ts';
import type { SetObject } from './effect.ts';

/** A set that waits: as it is wanted, and as it is. */
export interface WaitingSet {
  readonly desired: SetObject;
  readonly live: SetObject;
}

const isFree = (field: string): boolean => field !== 'template' && isChangeable('StatefulSet', field);

/** All of the wanted set that its pods do not notice, and of the live one what they would. */
function keepPods(desired: StatefulSet, live: StatefulSet): StatefulSet {
  const taken = Object.entries(desired.spec).filter(([field]) => isFree(field));
  const kept = Object.entries(live.spec).filter(([field]) => !isFree(field));
  return { ...desired, spec: Object.fromEntries([...taken, ...kept]) as unknown as StatefulSetSpec };
}

/**
 * The steps while some sets wait: those keep their pods, and nothing is removed that the pods mount. Where the new pods would
 * mount more than the old ones, all that is written waits, too: running pods would be told of files that they have not got.
 */
export function holdSteps(steps: readonly Step[], waiting: readonly WaitingSet[]): Step[] {
  const byName = new Map(waiting.map((one) => [one.desired.metadata.name, one]));
  const isBlind = waiting.some(({ desired, live }) => mountsMore(desired.spec.template, live.spec.template));
  return steps.flatMap((step): Step[] => {
    if (step.kind === 'write') return isBlind ? [] : [step];
    if (step.kind === 'prune') return [];
    if (step.kind === 'guards') return [holdGuards(step, waiting)];
    if (step.kind === 'daemon-set') return byName.has(step.name) ? [] : [step];
    if (step.kind !== 'stateful-set') return [step];
    const found = byName.get(step.object.metadata.name);
    return found === undefined
      ? [step]
      : [{ kind: 'stateful-set', object: keepPods(step.object, found.live as StatefulSet), held: true }];
  });
}

/**
 * Pods that wait keep the ports that they have. Where they have other labels than the new ones would, what guards them is left as it is.
 */
function holdGuards(step: GuardStep, waiting: readonly WaitingSet[]): GuardStep {
  const isMoving = waiting.some(({ desired, live }) => !equalJson(desired.spec.selector, live.spec.selector));
  if (isMoving) return { ...step, objects: [], settled: [] };
  const templates = waiting.map(({ live }) => live.spec.template);
  const objects = step.objects.map((one): Guard => (isPolicy(one) ? allowPorts(one, templates) : one));
  return { ...step, objects };
}

const isPolicy = (guard: Guard): guard is NetworkPolicy => guard.kind === 'NetworkPolicy';

/** Whether a Secret or ConfigMap is mounted that was not so far. */
export function mountsMore(desired: PodTemplate, live: PodTemplate): boolean {
  const before = new Set(listSources(live));
  return listSources(desired).some((source) => !before.has(source));
}

function listSources({ spec }: PodTemplate): string[] {
  return (spec.volumes ?? []).flatMap(({ secret, configMap, projected }) => {
    const all = [{ secret: secret && { name: secret.secretName }, configMap }, ...(projected?.sources ?? [])];
    return all.flatMap((one) => [
      ...(one.secret?.name === undefined ? [] : [`Secret/${one.secret.name}`]),
      ...(one.configMap?.name === undefined ? [] : [`ConfigMap/${one.configMap.name}`]),
    ]);
  });
}

const versionLabel = 'app.kubernetes.io/version';

/** The version that the pods of waiting sets run, where it is not the wanted one. */
export function findRunningVersion(waiting: readonly WaitingSet[]): string | undefined {
  const versionOf = ({ spec }: SetObject): string | undefined => spec.template.metadata.labels?.[versionLabel];
  return waiting.flatMap(({ desired, live }) => {
    const running = versionOf(live);
    return running === undefined || running === versionOf(desired) ? [] : [running];
  })[0];
}
