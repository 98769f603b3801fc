import type { Registry } from '../registry/registry.ts';
import type { Resource } from '../registry/resource.ts';

/** A group with its versions, the preferred one first. */
export interface Group {
  readonly name: string;
  readonly versions: readonly string[];
}

/** Groups in order of appearance; "" is the core group. */
export function listGroups(registry: Registry): Group[] {
  const groups = new Map<string, Set<string>>();
  for (const { group, version } of servedResources(registry)) {
    const versions = groups.get(group) ?? new Set();
    groups.set(group, versions.add(version));
  }
  return [...groups].map(([name, versions]) => ({ name, versions: [...versions].sort(compareVersions) }));
}

export function servedResources(registry: Registry): Resource[] {
  return registry.all().filter(({ verbs }) => verbs.length > 0);
}

export function resourcesIn(registry: Registry, group: string, version: string): Resource[] {
  return servedResources(registry)
    .filter((one) => one.group === group && one.version === version)
    .sort((left, right) => (left.plural < right.plural ? -1 : 1));
}

const form = /^v(\d+)(?:(alpha|beta)(\d+))?$/;
const stability: Readonly<Record<string, number>> = { alpha: 1, beta: 2 };

/** Newest stable version first: v2, v1, v1beta1, v1alpha1, then all others by name (apimachinery, pkg/version). */
function compareVersions(left: string, right: string): number {
  const ranks = [left, right].map((text) => {
    const [, major, stage, minor] = form.exec(text) ?? [];
    if (major === undefined) return undefined;
    return [stage === undefined ? 3 : (stability[stage] ?? 0), Number(major), Number(minor ?? 0)];
  });
  const [first, second] = ranks;
  if (first === undefined || second === undefined)
    return first === second ? (left < right ? -1 : 1) : first === undefined ? 1 : -1;
  const at = first.findIndex((part, index) => part !== second[index]);
  return at < 0 ? 0 : (second[at] ?? 0) - (first[at] ?? 0);
}
