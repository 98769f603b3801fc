import type { KubernetesObject } from '../../api/meta.ts';
import { listSets } from '../desired/steps.ts';
import { listGoverningServices, renderWorkloads } from '../kinds/render.ts';
import type { RenderInput } from '../kinds/render.ts';
import type { OperatorSettings } from '../settings.ts';

/**
 * What the operator would make of the workloads among manifests and monitors may select: StatefulSets, DaemonSets and
 * governing Services. Workloads that cannot be rendered give nothing.
 */
export function listOperatorObjects(given: RenderInput, settings: OperatorSettings): KubernetesObject[] {
  return [
    ...listGoverningServices(given, settings),
    ...renderWorkloads(given, settings).flatMap(({ desired }) =>
      desired === undefined ? [] : listSets(desired.steps),
    ),
  ];
}
