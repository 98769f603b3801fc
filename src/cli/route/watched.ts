import type { KubernetesObject } from '../../api/meta.ts';
import { alertmanagerConfigType } from '../../api/alertmanager-config.ts';
import type { RouteFlags } from './route-request.ts';

const split = (text: string | undefined): readonly string[] =>
  text === undefined ? [] : text.split(',').map((name) => name.trim());

/** Whether an operator with these flags reads an object: AlertmanagerConfigs have a flag of their own. */
export function isWatched(
  { kind, metadata }: KubernetesObject,
  { namespaces, denyNamespaces, alertmanagerConfigNamespaces }: RouteFlags,
): boolean {
  const { namespace } = metadata;
  if (namespace === undefined) return true;
  if (split(denyNamespaces).includes(namespace)) return false;
  const own = kind === alertmanagerConfigType.kind ? split(alertmanagerConfigNamespaces) : [];
  const allowed = own.length > 0 ? own : kind === alertmanagerConfigType.kind ? split(namespaces) : [];
  return allowed.length === 0 || allowed.includes(namespace);
}
