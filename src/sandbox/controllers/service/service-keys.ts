/** Which Services to look at again after a change of a Pod or of a Service. */
import { keyOf } from '../../../api/meta.ts';
import type { SandboxApi } from '../../api.ts';
import type { Watch } from '../context.ts';
import type { KeyQueue } from '../key-queue.ts';
import { isSelected } from '../owners.ts';
import { pods, readAll, services } from '../resources.ts';
import type { Pod } from '../shapes.ts';

/** Adds the key of every Service that changes, and of those that select or selected a Pod that changes. */
export function observeServices(api: SandboxApi, watch: Watch, queue: KeyQueue): void {
  const lastKeys = new Map<string, readonly string[]>();
  watch(services, (service) => queue.add(keyOf(service)));
  watch(pods, (pod, gone) => {
    const key = keyOf(pod);
    const selecting = listSelecting(api, pod);
    for (const service of new Set([...(lastKeys.get(key) ?? []), ...selecting])) queue.add(service);
    if (gone) lastKeys.delete(key);
    else lastKeys.set(key, selecting);
  });
}

function listSelecting(api: SandboxApi, pod: Pod): string[] {
  return readAll(api, services, { namespace: pod.metadata.namespace ?? '' })
    .filter(({ spec }) => spec.selector !== undefined && Object.keys(spec.selector).length > 0)
    .filter(({ spec }) => isSelected({ matchLabels: spec.selector ?? {} }, pod.metadata.labels))
    .map(keyOf);
}
