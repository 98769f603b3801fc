import type { KubernetesObject, ResourceType } from '../../api/meta.ts';
import type { KubernetesClient } from '../../kubernetes/client/client.ts';
import { isAbsent } from '../../kubernetes/client/errors.ts';

/** Keeps a workload until its bindings are removed from the objects it selected (docs/reference/operator-runtime.md 2.9). */
export const statusFinalizer = 'monitoring.coreos.com/status-cleanup';

export function hasFinalizer({ metadata }: KubernetesObject): boolean {
  return metadata.finalizers?.includes(statusFinalizer) === true;
}

export interface FinalizerDeps {
  readonly client: KubernetesClient;
  readonly fence: () => void;
}

/** Adds or removes the finalizer; others' finalizers survive, because the patch is refused when the object has changed. */
export async function setFinalizer(
  deps: FinalizerDeps,
  { type, object }: { readonly type: ResourceType; readonly object: KubernetesObject },
  wanted: boolean,
): Promise<void> {
  if (hasFinalizer(object) === wanted) return;
  const { namespace = '', name = '', resourceVersion, finalizers = [] } = object.metadata;
  const rest = finalizers.filter((one) => one !== statusFinalizer);
  const body = { metadata: { resourceVersion, finalizers: wanted ? [...rest, statusFinalizer] : rest } };
  deps.fence();
  try {
    await deps.client.patch(type, { namespace, name }, { kind: 'merge', body });
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}
