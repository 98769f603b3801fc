/**
 * Fields of the spec that the API server lets change in place; any other one makes the operator delete the set and make it anew
 * (docs/reference/operator-runtime.md 3.6).
 */
const changeable: Readonly<Record<string, readonly string[]>> = {
  StatefulSet: [
    ...['replicas', 'template', 'updateStrategy', 'minReadySeconds', 'revisionHistoryLimit', 'ordinals'],
    'persistentVolumeClaimRetentionPolicy',
  ],
  DaemonSet: ['template', 'updateStrategy', 'minReadySeconds', 'revisionHistoryLimit'],
};

/** Whether the path is the field, or inside of it. */
export const isPathIn = (path: string, field: string): boolean =>
  path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);

/** Whether the field of a set's spec can be changed in place. */
export const isChangeable = (kind: string, field: string): boolean => changeable[kind]?.includes(field) === true;

/** The paths that cannot be changed in place, of those in which a set is to change. */
export function listImmutablePaths(kind: string, paths: readonly string[]): string[] {
  const free = (changeable[kind] ?? []).map((field) => `spec.${field}`);
  return paths.filter((path) => path.startsWith('spec.') && !free.some((field) => isPathIn(path, field)));
}
