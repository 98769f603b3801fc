import { complete } from '../../base/interruptible.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { TerminalError } from '../../base/errors.ts';
import { AssetStore } from '../assets/store.ts';
import type { AssetObjects } from '../assets/store.ts';
import type { Desired } from '../desired/steps.ts';
import type { StatefulSet } from '../render/shared/rendered-objects.ts';
import type { OperatorSettings } from '../settings.ts';
import type { InstancesOf, WorkloadKind, WorkloadMatch, WorkloadObject, WorkloadSources } from './kind.ts';
import { workloadKinds } from './registry.ts';

/** Workloads by their kind, and what they may select, in the place of a cluster. */
export interface MatchInput {
  readonly instancesOf: InstancesOf;
  readonly sources: WorkloadSources;
}

/** What is known in the place of a cluster: also what the matched objects refer to. */
export interface RenderInput extends MatchInput {
  readonly assets: AssetObjects;
}

/** A workload whose objects are known, before what they refer to was read. */
export interface MatchedWorkload {
  readonly kind: WorkloadKind;
  readonly instance: WorkloadObject;
  /** Why nothing at all can be rendered, in its place. */
  readonly match: WorkloadMatch | TerminalError;
}

/** What came of one workload. */
export interface RenderedWorkload {
  readonly kind: WorkloadKind;
  readonly instance: WorkloadObject;
  /** Undefined when nothing at all can be rendered; the failures say why. */
  readonly desired: Desired | undefined;
  /** Why not all of it is there. */
  readonly failures: readonly TerminalError[];
}

/** What the workloads of all kinds choose, each for itself. */
export function matchWorkloads({ instancesOf, sources }: MatchInput, settings: OperatorSettings): MatchedWorkload[] {
  return workloadKinds.flatMap((kind) =>
    instancesOf(kind).map((instance): MatchedWorkload => {
      const match = orFailure(() => complete(kind.createMatcher()(instance, settings, sources)));
      return { kind, instance, match };
    }),
  );
}

/**
 * Renders one workload: when it cannot be rendered that touches no other.
 * @param live StatefulSets of its namespace, where there are any
 */
export function renderMatched(
  { kind, instance, match }: MatchedWorkload,
  assets: AssetStore,
  live: readonly StatefulSet[] = [],
): RenderedWorkload {
  const desired = match instanceof TerminalError ? match : orFailure(() => complete(match.render(assets, live)));
  return desired instanceof TerminalError
    ? { kind, instance, desired: undefined, failures: [desired] }
    : { kind, instance, desired, failures: desired.failures };
}

function orFailure<T>(make: () => T): T | TerminalError {
  try {
    return make();
  } catch (error) {
    if (error instanceof TerminalError) return error;
    throw error;
  }
}

/** Renders the workloads of all kinds, each for itself: one that cannot be rendered touches no other. */
export function renderWorkloads(input: RenderInput, settings: OperatorSettings): RenderedWorkload[] {
  const assets = new AssetStore(input.assets);
  return matchWorkloads(input, settings).map((matched) => renderMatched(matched, assets));
}

/** The governing Services of workloads of all kinds, at most one of each kind a namespace. */
export function listGoverningServices(
  { instancesOf }: Pick<RenderInput, 'instancesOf'>,
  settings: OperatorSettings,
): KubernetesObject[] {
  return workloadKinds.flatMap((kind) =>
    groupByNamespace(instancesOf(kind)).flatMap((inside) => kind.renderGoverningService(inside, settings) ?? []),
  );
}

function groupByNamespace<T extends KubernetesObject>(objects: readonly T[]): T[][] {
  const groups = new Map<string | undefined, T[]>();
  for (const object of objects) {
    const group = groups.get(object.metadata.namespace);
    if (group === undefined) groups.set(object.metadata.namespace, [object]);
    else group.push(object);
  }
  return [...groups.values()];
}
