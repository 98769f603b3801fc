/** Empties Namespaces that are being deleted, and then lets them go. */
import type { ResourceType } from '../../api/meta.ts';
import type { ControllerContext, Running } from './context.ts';
import { startController } from './context.ts';
import { isTerminating } from './owners.ts';
import { nameOf, namespaces, read } from './resources.ts';

/** How often the contents are counted again while finalizers or Pods' grace periods keep some of them. */
const lookAgainMs = 200;

export function startNamespaceController(context: ControllerContext): Running {
  const { api } = context;
  return startController(context, {
    name: 'namespace',
    observe: (watch, queue) =>
      watch(namespaces, (namespace, gone) => {
        if (!gone && isTerminating(namespace)) queue.add(namespace.metadata.name ?? '');
      }),
    sync: (name, queue) => {
      const namespace = read(api, namespaces, { namespace: '', name });
      if (namespace === undefined || !isTerminating(namespace)) return;
      if (emptyNamespace(context, name) > 0) queue.addAfter(name, lookAgainMs);
      else if (namespace.spec?.finalizers?.includes('kubernetes') === true) api.finalizeNamespace(name);
    },
  });
}

/** Deletes everything in the namespace that is not being deleted yet; returns how many objects are left. */
function emptyNamespace({ api }: ControllerContext, namespace: string): number {
  const seen = new Set<string>();
  let left = 0;
  for (const type of api.resources()) {
    if (!type.namespaced || isAlias(type, seen)) continue;
    for (const object of api.list(type, { namespace }).items) {
      if (!isTerminating(object)) api.delete(type, nameOf(object), { propagationPolicy: 'Background' });
      if (api.get(type, nameOf(object)) !== undefined) left += 1;
    }
  }
  return left;
}

/** Events are served by two groups; one of them is enough. */
function isAlias({ group, plural }: ResourceType, seen: Set<string>): boolean {
  const key = group === 'events.k8s.io' ? 'events.' : `${plural}.${group}`;
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}
