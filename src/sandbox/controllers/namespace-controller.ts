/** Empties Namespaces that are being deleted, says what holds them, and lets them go when nothing does. */
import type { ResourceType } from '../../api/meta.ts';
import type { ApiObject } from '../api.ts';
import { renderTime } from '../rest/backend.ts';
import type { ControllerContext, Running } from './context.ts';
import { startController } from './context.ts';
import type { Leftover } from './namespace-conditions.ts';
import { renderConditions } from './namespace-conditions.ts';
import { isTerminating } from './owners.ts';
import { nameOf, namespaces, read } from './resources.ts';
import { sameJson } from './same-json.ts';
import type { Namespace } from './shapes.ts';
import { namespaceLookMs } from '../limits.ts';

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
      const left = emptyNamespace(context, name);
      if (left.length > 0) {
        report(context, namespace, left);
        queue.addAfter(name, namespaceLookMs);
      } else if (namespace.spec?.finalizers?.includes('kubernetes') === true) api.finalizeNamespace(name);
    },
  });
}

/** Deletes everything in the namespace that is not being deleted yet; returns what is there after that. */
function emptyNamespace({ api }: ControllerContext, namespace: string): Leftover[] {
  const seen = new Set<string>();
  const left: Leftover[] = [];
  for (const type of api.resources()) {
    if (!type.namespaced || isAlias(type, seen)) continue;
    for (const object of api.list(type, { namespace }).items) {
      if (!isTerminating(object)) api.delete(type, nameOf(object), { propagationPolicy: 'Background' });
      const after = api.get(type, nameOf(object));
      if (after !== undefined) left.push({ type, object: after });
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

function report({ api, clock }: ControllerContext, namespace: Namespace, left: readonly Leftover[]): void {
  const conditions = renderConditions(namespace, left, renderTime(clock));
  if (sameJson(conditions, namespace.status?.conditions)) return;
  const status = { ...namespace.status, conditions };
  api.updateStatus(namespaces, { ...namespace, status } as ApiObject);
}
