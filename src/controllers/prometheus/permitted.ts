import type { Verdict } from '../../core/status/conditions.ts';
import type { MissingAccess } from '../workload/missing-access.ts';
import { choicesOf } from './choices.ts';
import type { Instance, InstanceKind } from './kind.ts';

/** Objects that workloads choose, by their plural. */
const chosen = {
  servicemonitors: 'ServiceMonitor',
  podmonitors: 'PodMonitor',
  probes: 'Probe',
  scrapeconfigs: 'ScrapeConfig',
  prometheusrules: 'PrometheusRule',
} as const;

const isChosen = (resource: string): resource is keyof typeof chosen => Object.hasOwn(chosen, resource);

/** Instances of the other kind do not suffer from what is about this kind's resource. */
function isOfOtherKind({ role }: InstanceKind, resource: string): boolean {
  return resource === (role === 'server' ? 'prometheusagents' : 'prometheuses');
}

function concerns(
  { resource, namespace, isOfWorkloads }: MissingAccess,
  kind: InstanceKind,
  instance: Instance,
): boolean {
  if (!isOfWorkloads || isOfOtherKind(kind, resource)) return false;
  const choices = choicesOf(instance.spec);
  const relevant = isChosen(resource) ? [choices[chosen[resource]]] : Object.values(choices);
  const used = relevant.filter(({ selector }) => selector !== undefined);
  if (isChosen(resource) && used.length === 0) return false;
  if (namespace === '' || namespace === instance.metadata.namespace) return true;
  return used.some(({ namespaceSelector }) => namespaceSelector !== undefined);
}

/** What the condition Permitted says of a workload: undefined, which is no condition, while nothing that it needs is missing. */
export function judgeAccess(
  kind: InstanceKind,
  instance: Instance,
  missing: readonly MissingAccess[],
): Verdict | undefined {
  const lines = missing.filter((one) => concerns(one, kind, instance)).map(({ message }) => message);
  if (lines.length === 0) return undefined;
  return {
    status: 'False',
    reason: 'PermissionMissing',
    message: `RBAC does not let the operator: ${lines.join('; ')}. Apply its Role or ClusterRole again`,
  };
}
