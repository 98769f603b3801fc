import type { ConfigMap } from '../shared/rendered-objects.ts';
import type { RuleConfigMap } from './config-maps.ts';
import { trimEndOf } from '../../../base/trim-end.ts';

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
