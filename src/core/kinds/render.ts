import { complete } from '../../base/interruptible.ts';
import type { KubernetesObject } from '../../api/meta.ts';
import { TerminalError } from '../../base/errors.ts';
import { AssetStore } from '../assets/store.ts';
import type { AssetObjects } from '../assets/store.ts';
import type { Desired } from '../desired/steps.ts';
import type { OperatorSettings } from '../settings.ts';
import type { InstancesOf, WorkloadKind, WorkloadObject, WorkloadSources } from './kind.ts';
import { workloadKinds } from './registry.ts';

/** What is known in the place of a cluster: workloads by their kind, what they may select, and what that refers to. */
export interface RenderInput {
  readonly instancesOf: InstancesOf;
  readonly sources: WorkloadSources;
  readonly assets: AssetObjects;
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

/** Renders the workloads of all kinds, each for itself: one that cannot be rendered touches no other. */
export function renderWorkloads(input: RenderInput, settings: OperatorSettings): RenderedWorkload[] {
  const assets = new AssetStore(input.assets);
  return workloadKinds.flatMap((kind) =>
    input.instancesOf(kind).map((instance): RenderedWorkload => {
      try {
        const match = complete(kind.createMatcher()(instance, settings, input.sources));
        const desired = complete(match.render(assets));
        return { kind, instance, desired, failures: desired.failures };
      } catch (error) {
        if (!(error instanceof TerminalError)) throw error;
        return { kind, instance, desired: undefined, failures: [error] };
      }
    }),
  );
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
