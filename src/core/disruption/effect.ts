import { isPathIn, listImmutablePaths } from '../render/shared/immutable-fields.ts';
import type { DaemonSet, StatefulSet } from '../render/shared/rendered-objects.ts';

export type SetObject = StatefulSet | DaemonSet;

/**
 * What writing a set does to pods that run: `restart`: its controller rolls them; `recreate`: the set is deleted with all of them
 * and made anew; `wait`: they keep the old template until somebody deletes them (OnDelete); `none`: they do not notice.
 */
export type Effect = 'none' | 'wait' | 'restart' | 'recreate';

export const isStateful = (set: SetObject): set is StatefulSet => set.kind === 'StatefulSet';

export const isOnDelete = (set: SetObject): boolean => isStateful(set) && set.spec.updateStrategy?.type === 'OnDelete';

/**
 * What happens to the pods of a set when the paths that differ are written. A size of volumes that grows must not be among them.
 * @param to as it is to be.
 */
export function judgeEffect(to: SetObject, paths: readonly string[]): Effect {
  if (listImmutablePaths(to.kind ?? '', paths).length > 0) return 'recreate';
  if (!paths.some((path) => isPathIn(path, 'spec.template'))) return 'none';
  return isOnDelete(to) ? 'wait' : 'restart';
}
