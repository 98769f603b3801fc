import { reviseConfigMap } from '../shared/revision.ts';
import type { ConfigMap } from '../shared/objects.ts';
import type { RuleConfigMap } from './config-maps.ts';
import { trimEndOf } from '../../../base/trim-end.ts';

/** What to do to the rule ConfigMaps of a workload: first create and update, then remove, so that no rule is missing. */
export interface RuleConfigMapPlan {
  readonly create: readonly ConfigMap[];
  /** Made for PUT: with the live object's resourceVersion and foreign labels. */
  readonly update: readonly ConfigMap[];
  readonly remove: readonly ConfigMap[];
}

/**
 * Compares the ConfigMaps as they should be with the live ones that carry the workload's label. What equals stays
 * untouched. Only names of ours are removed: somebody else's ConfigMap may carry the label too.
 */
export function planRuleConfigMaps(desired: readonly RuleConfigMap[], live: readonly ConfigMap[]): RuleConfigMapPlan {
  const create: ConfigMap[] = [];
  const update: ConfigMap[] = [];
  for (const { object } of desired) {
    const found = live.find(({ metadata }) => metadata.name === object.metadata.name);
    if (found === undefined) create.push(object);
    else {
      const revision = reviseConfigMap(found, object);
      if (revision.differences.length > 0) update.push(revision.object);
    }
  }
  return { create, update, remove: listSurplus(desired, live) };
}

/** The live ConfigMaps that are named like ours and not wanted any more. Metadata is all that is looked at. */
export function listSurplus<T extends Pick<ConfigMap, 'metadata'>>(
  desired: readonly RuleConfigMap[],
  live: readonly T[],
): T[] {
  const wanted = new Set(desired.map(({ object }) => object.metadata.name));
  const pattern = trimEndOf(desired[0]?.object.metadata.name ?? '', '0123456789');
  return live.filter(({ metadata: { name = '' } }) => {
    const isOurs = pattern !== '' && name.startsWith(pattern) && /^\d+$/.test(name.slice(pattern.length));
    return isOurs && !wanted.has(name);
  });
}
